package org.lamplighter.core.envelope;

import org.lamplighter.core.primitive.Hex;
import org.lamplighter.core.secret.SecretBytes;

/** Somebody with a full set of keys, for tests. */
record Party(FetchSecretKey fetch, ApkeSecretKey apke, PkeSecretKey pke) {
    static Party of(long seed) {
        return new Party(
                FetchSecretKey.fromSeed(secret(seed * 10 + 1, FetchSecretKey.SEED_BYTES)),
                ApkeSecretKey.fromSeed(secret(seed * 10 + 2, ApkeSecretKey.SEED_BYTES)),
                PkeSecretKey.fromSeed(secret(seed * 10 + 3, PkeSecretKey.SEED_BYTES)));
    }

    static SecretBytes secret(long seed, int length) {
        return SecretBytes.takeOver(Hex.seeded(seed, length));
    }

    static SealingRandomness randomness(long seed) {
        return SealingRandomness.of(secret(seed, SealingRandomness.BYTES));
    }

    SenderKeys sender() {
        return new SenderKeys(apke, fetch.publicKey(), pke.publicKey());
    }

    RecipientKeys recipient() {
        return new RecipientKeys(apke.publicKey(), pke.publicKey(), fetch.publicKey());
    }

    OpeningKeys opening() {
        return new OpeningKeys(apke, pke, fetch.publicKey());
    }
}
