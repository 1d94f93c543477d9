package org.lamplighter.core.scan;

import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.primitive.Aead;

/** Takes the envelope of a match out of its body file (docs/spec/04-mailbox.md 4.10). Stateless and thread-safe. */
public final class BodyOpener {
    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
    private static final byte[] NO_AAD = {};

    private BodyOpener() {}

    /**
     * The envelope, 8176 bytes, from the body file that {@link Match#bodyFile} names and whose hash the caller has compared with
     * the head. Nothing when the body is not sealed under the key of this match: a station that made the hint and the body at
     * odds, which is reported and never shown as "no message".
     */
    public static Optional<byte[]> open(Match match, byte[] bodyFile) {
        int from = match.offsetInBodyFile();
        if (bodyFile.length < from + EpochLayout.BODY_LENGTH) {
            throw new IllegalArgumentException("not the body file of this epoch");
        }
        byte[] body = Arrays.copyOfRange(bodyFile, from, from + EpochLayout.BODY_LENGTH);
        return match.bodyKey().apply(key -> Aead.CHACHA20_POLY1305.open(key, ZERO_NONCE, NO_AAD, body));
    }
}
