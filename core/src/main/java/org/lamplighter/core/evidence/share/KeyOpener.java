package org.lamplighter.core.evidence.share;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.share.KeyOpening.BadShare;
import org.lamplighter.core.evidence.share.KeyOpening.Damaged;
import org.lamplighter.core.evidence.share.KeyOpening.Fault;
import org.lamplighter.core.evidence.share.KeyOpening.Opened;
import org.lamplighter.core.evidence.share.KeyOpening.TooFew;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;

/** Opens sealed part keys with shares (docs/spec 7.5). Stateless and thread-safe. */
public final class KeyOpener {
    private KeyOpener() {}

    /**
     * Checks every share against its hash, so that a bad one is named, then the secret against its hash, then opens. The same
     * share twice counts once. The caller keeps the shares.
     *
     * @param binding of the keys under the files of the submission in which they stand
     */
    public static KeyOpening open(SealedKeys keys, SealBinding binding, Collection<Share> shares) {
        SortedMap<Integer, SecretBytes> good = new TreeMap<>();
        for (Share share : shares) {
            Optional<Fault> fault = fault(keys, binding, share);
            if (fault.isPresent()) {
                return new BadShare(share.rule().index(), fault.get());
            }
            good.put(share.rule().index(), share.value());
        }
        if (good.size() < keys.threshold()) {
            return new TooFew(good.size(), keys.threshold());
        }
        while (good.size() > keys.threshold()) {
            good.pollLastEntry();
        }
        try (SecretBytes secret = Shamir.combine(good)) {
            return open(keys, binding, secret);
        }
    }

    private static KeyOpening open(SealedKeys keys, SealBinding binding, SecretBytes secret) {
        byte[] hash = secret.apply(bytes -> Sha256.digest(keys.salt(), bytes));
        if (!MessageDigest.isEqual(hash, keys.secretHash().toByteArray())) {
            return new Damaged();
        }
        Optional<List<PartKey>> opened = SealedPartKeys.open(secret, keys.setId(), binding, keys.sealedPartKeys());
        return opened.<KeyOpening>map(Opened::new).orElseGet(Damaged::new);
    }

    private static Optional<Fault> fault(SealedKeys keys, SealBinding binding, Share share) {
        ShareRule rule = share.rule();
        if (!rule.setId().equals(keys.setId())
                || rule.count() != keys.holders().size()
                || rule.threshold() != keys.threshold()) {
            return Optional.of(Fault.OTHER_SET);
        }
        if (!share.evidence().equals(binding.words())) {
            return Optional.of(Fault.OTHER_EVIDENCE);
        }
        byte[] announced = keys.holders().get(rule.index() - 1).shareHash().toByteArray();
        return MessageDigest.isEqual(share.hash(binding).toByteArray(), announced)
                ? Optional.empty()
                : Optional.of(Fault.WRONG_BYTES);
    }
}
