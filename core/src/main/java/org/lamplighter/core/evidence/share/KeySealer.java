package org.lamplighter.core.evidence.share;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.envelope.SharePke;
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

    /** Makes the binding of a set. */
    @FunctionalInterface
    interface Binder {
        SealBinding bind(ShareSetId setId, int threshold, int holders, List<Digest> commitments);
    }

    /**
     * Seals {@code keys}, at least one, for {@code recipients}, 2 to 16 different ones, any {@code threshold} of whom open. The
     * secret that is shared is made here and gone when this returns. The caller keeps the keys, and takes them out of the
     * files with {@link org.lamplighter.core.evidence.FileEntry#lock}. The keys stand in the order of the files' parts: what
     * is sealed is bound to their commitments.
     */
    public static SealedKeys seal(
            List<PartKey> keys, int threshold, List<ShareRecipient> recipients, SecureRandom random) {
        return seal(keys, threshold, recipients, random, SealBinding::of);
    }

    static SealedKeys seal(
            List<PartKey> keys, int threshold, List<ShareRecipient> recipients, SecureRandom random, Binder binder) {
        if (!SealedKeys.isRule(threshold, recipients.size())) {
            throw new IllegalArgumentException(threshold + " of " + recipients.size() + " is no rule");
        }
        byte[] set = new byte[ShareSetId.LENGTH];
        random.nextBytes(set);
        ShareSetId setId = ShareSetId.copyOf(set);
        SealBinding binding = binder.bind(
                setId,
                threshold,
                recipients.size(),
                keys.stream().map(PartKey::commitment).toList());
        byte[] salt = new byte[SealedKeys.SALT_BYTES];
        random.nextBytes(salt);
        try (SecretBytes secret = SecretBytes.generate(Share.LENGTH, random)) {
            Digest secretHash = Digest.copyOf(secret.apply(bytes -> Sha256.digest(salt, bytes)));
            List<Holder> holders =
                    holders(secret, new ShareRule(setId, 1, recipients.size(), threshold), binding, recipients, random);
            byte[] sealed = SealedPartKeys.seal(secret, setId, binding, keys);
            return new SealedKeys(setId, threshold, salt, secretHash, holders, sealed);
        }
    }

    private static List<Holder> holders(
            SecretBytes secret,
            ShareRule first,
            SealBinding binding,
            List<ShareRecipient> recipients,
            SecureRandom random) {
        List<SecretBytes> shares = Shamir.split(secret, first.threshold(), first.count(), random);
        List<Holder> holders = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            ShareRecipient recipient = recipients.get(i);
            byte[] context = first.withIndex(i + 1).context(binding);
            try (SecretBytes share = shares.get(i)) {
                holders.add(new Holder(
                        Share.hash(context, share),
                        recipient.kind(),
                        recipient.id(),
                        share.apply(bytes -> SharePke.enc(recipient.key(), context, bytes, random))));
            }
        }
        return holders;
    }
}
