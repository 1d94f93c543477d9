package org.lamplighter.core.evidence.share;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.envelope.SdPke;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;

/** Seals part keys so that any k of n holders open them together, and fewer learn nothing (docs/spec 7). Thread-safe. */
public final class KeySealer {
    private KeySealer() {}

    /**
     * Seals {@code keys}, at least one, for {@code recipients}, 2 to 16 different ones, any {@code threshold} of whom open. The
     * secret that is shared is made here and gone when this returns. The caller keeps the keys, and takes them out of the
     * files with {@link org.lamplighter.core.evidence.FileEntry#lock}.
     */
    public static SealedKeys seal(
            List<PartKey> keys, int threshold, List<ShareRecipient> recipients, SecureRandom random) {
        if (!SealedKeys.isRule(threshold, recipients.size())) {
            throw new IllegalArgumentException(threshold + " of " + recipients.size() + " is no rule");
        }
        byte[] set = new byte[ShareSetId.LENGTH];
        random.nextBytes(set);
        ShareSetId setId = ShareSetId.copyOf(set);
        byte[] salt = new byte[SealedKeys.SALT_BYTES];
        random.nextBytes(salt);
        try (SecretBytes secret = SecretBytes.generate(Share.LENGTH, random)) {
            Digest secretHash = Digest.copyOf(secret.apply(bytes -> Sha256.digest(salt, bytes)));
            List<Holder> holders = holders(secret, setId, threshold, recipients, random);
            byte[] sealed = SealedPartKeys.seal(secret, setId, keys);
            return new SealedKeys(setId, threshold, salt, secretHash, holders, sealed);
        }
    }

    private static List<Holder> holders(
            SecretBytes secret, ShareSetId setId, int threshold, List<ShareRecipient> recipients, SecureRandom random) {
        List<SecretBytes> shares = Shamir.split(secret, threshold, recipients.size(), random);
        List<Holder> holders = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            ShareRecipient recipient = recipients.get(i);
            try (SecretBytes share = shares.get(i)) {
                holders.add(new Holder(
                        Share.hash(setId, i + 1, share),
                        recipient.kind(),
                        recipient.id(),
                        share.apply(bytes -> SdPke.enc(recipient.key(), bytes, random))));
            }
        }
        return holders;
    }
}
