package org.lamplighter.core.message;

import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;

/**
 * Somebody who sends and receives. A source receives with the key with which it sends; a journalist with another, the
 * prekey of a slot.
 */
record Party(FetchSecretKey fetch, ApkeSecretKey sending, ApkeSecretKey receiving, PkeSecretKey pke) {
    static Party source(SeededRandom random) {
        ApkeSecretKey apke = apke(random);
        return new Party(FetchSecretKey.generate(random), apke, apke, pke(random));
    }

    static Party journalist(SeededRandom random) {
        return new Party(FetchSecretKey.generate(random), apke(random), apke(random), pke(random));
    }

    SenderKeys sender() {
        return new SenderKeys(sending, fetch.publicKey(), pke.publicKey());
    }

    RecipientKeys recipient() {
        return new RecipientKeys(receiving.publicKey(), pke.publicKey(), fetch.publicKey());
    }

    OpeningKeys opening() {
        return new OpeningKeys(receiving, pke, fetch.publicKey());
    }

    private static ApkeSecretKey apke(SeededRandom random) {
        return ApkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(ApkeSecretKey.SEED_BYTES)));
    }

    private static PkeSecretKey pke(SeededRandom random) {
        return PkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(PkeSecretKey.SEED_BYTES)));
    }
}
