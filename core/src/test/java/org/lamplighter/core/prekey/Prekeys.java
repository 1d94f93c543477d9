package org.lamplighter.core.prekey;

import java.util.List;
import java.util.stream.LongStream;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;

/** Public prekeys whose secrets are thrown away. */
final class Prekeys {
    private Prekeys() {}

    static List<Prekey> from(long firstSlot, SeededRandom random) {
        return LongStream.range(firstSlot, firstSlot + PrekeyUpload.COUNT)
                .mapToObj(slot -> one(slot, random))
                .toList();
    }

    static Prekey one(long slot, SeededRandom random) {
        try (SecretBytes apkeSeed = SecretBytes.generate(ApkeSecretKey.SEED_BYTES, random);
                SecretBytes pkeSeed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random);
                ApkeSecretKey apke = ApkeSecretKey.fromSeed(apkeSeed);
                PkeSecretKey pke = PkeSecretKey.fromSeed(pkeSeed)) {
            return new Prekey(slot, apke.publicKey(), pke.publicKey());
        }
    }
}
