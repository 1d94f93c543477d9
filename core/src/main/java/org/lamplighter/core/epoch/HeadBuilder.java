package org.lamplighter.core.epoch;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;

/** Signs heads, each chained to the one before (docs/spec/04-mailbox.md 4.7, 4.8). For stations. Stateless. */
public final class HeadBuilder {
    private HeadBuilder() {}

    /**
     * The head of the epoch after {@code previous}. A station signs one head an epoch and keeps it: a second one with other
     * contents is a fork, of which clients will accuse it.
     */
    public static SignedHead sign(HeadContents contents, Chain previous, StationKey station) {
        if (contents.epoch() != previous.epoch() + 1) {
            throw new IllegalArgumentException("epochs follow each other without gaps");
        }
        String text = contents.coreText();
        Chain chain = previous.next(core(text));
        byte[] note = station.signNote(text + "chain " + chain.value().hex() + "\n", contents.origin());
        return new SignedHead(note, chain);
    }

    /** {@code core_e = SHA-256(head text before the chain line)}. */
    static Digest core(String coreText) {
        return Digest.copyOf(Sha256.digest(coreText.getBytes(StandardCharsets.UTF_8)));
    }
}
