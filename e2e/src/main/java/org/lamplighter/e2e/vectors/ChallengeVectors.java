package org.lamplighter.e2e.vectors;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/** Challenges of the proof of concept, made as its server makes them and solved as its clients should solve them. */
final class ChallengeVectors {
    private ChallengeVectors() {}

    static void run(Fields file, Tally tally) {
        tally.vectors(file, "sets", set -> {
            List<PocChallenge> challenges = response(set);
            if (set.has("recipients")) {
                Map<String, FetchSecretKey> keys = solved(set, challenges);
                stored(set, keys, challenges);
            } else {
                adversarial(set, challenges);
            }
        });
    }

    private static List<PocChallenge> response(Fields set) throws Mismatch {
        Fields response = set.child("response_json");
        List<PocChallenge> challenges = new ArrayList<>();
        for (Fields message : response.list("messages")) {
            challenges.add(new PocChallenge(ByteString.of(message.hex("enc_id")), ByteString.of(message.hex("pmgdh"))));
        }
        Mismatch.unless(response.number("count") == challenges.size(), "count differs");
        Mismatch.unless(set.number("total") == challenges.size(), "total differs");
        for (PocChallenge challenge : challenges) {
            Mismatch.unless(challenge.encryptedId().toByteArray().length == 44, "an enc_id has another length");
        }
        return challenges;
    }

    /** What each recipient finds, in order; gives the recipients' keys. */
    private static Map<String, FetchSecretKey> solved(Fields set, List<PocChallenge> challenges)
            throws Mismatch, MalformedException {
        Map<String, FetchSecretKey> keys = new HashMap<>();
        for (Fields recipient : set.list("recipients")) {
            FetchSecretKey key = FetchSecretKey.parse(recipient.secret("fetch_sk"));
            keys.put(recipient.text("kind") + recipient.number("index"), key);
            List<byte[]> found = PocChallenge.solve(challenges, key);
            List<Fields> expected = recipient.list("expected_message_ids_in_order");
            Mismatch.unless(found.size() == expected.size(), "another number of messages is found");
            for (int i = 0; i < found.size(); i++) {
                Mismatch.unlessEqual(
                        "expected_message_ids_in_order", uuid(expected.get(i).text()), found.get(i));
            }
        }
        return keys;
    }

    private static void stored(Fields set, Map<String, FetchSecretKey> keys, List<PocChallenge> challenges)
            throws Mismatch, MalformedException {
        List<Fields> stored = set.list("stored");
        for (int i = 0; i < stored.size(); i++) {
            Fields message = stored.get(i);
            FetchSecretKey to = keys.get(
                    message.child("to").text("kind") + message.child("to").number("index"));
            if (to == null) {
                throw new Mismatch("the recipient of a stored message is missing");
            }
            PocChallenge.expectHint(message, to.publicKey());
            message.expect("message_id_bytes", uuid(message.text("message_id")));
            Mismatch.unless(message.has("server") == i < challenges.size(), "server is missing, or too much");
            if (message.has("server")) {
                answered(message, challenges.get(i));
            }
        }
    }

    private static void answered(Fields message, PocChallenge challenge) throws Mismatch, MalformedException {
        Fields server = message.child("server");
        Scalar r = Scalar.fromWideBytes(server.hex("r_wide_seed"));
        server.expect("r", r.encode());
        server.expect(
                "aead_key_is_encoded_Z_pow_r",
                RistrettoElement.decode(message.hex("Z")).multiply(r).encode());
        PocChallenge answer = PocChallenge.answer(
                message.hex("X"), message.hex("Z"), r, server.hex("nonce"), message.hex("message_id_bytes"));
        server.expect("Q", answer.q().toByteArray());
        server.expect("enc_id", answer.encryptedId().toByteArray());
        Mismatch.unless(answer.equals(challenge), "response_json differs");
    }

    /** A set that must solve for nobody, though it solves for everybody who does not look at Q. */
    private static void adversarial(Fields set, List<PocChallenge> challenges) throws Mismatch {
        for (int i = 1; i <= 3; i++) {
            byte[] seed = new byte[FetchSecretKey.SEED_BYTES];
            seed[0] = (byte) i;
            FetchSecretKey key = FetchSecretKey.fromSeed(SecretBytes.takeOver(seed));
            Mismatch.unless(PocChallenge.solve(challenges, key).isEmpty(), "the identity element is taken for a hint");
            Mismatch.unless(
                    PocChallenge.solveWithoutIdentityCheck(challenges, key).isEmpty()
                            != set.flag("poc_solves_it_for_every_recipient"),
                    "poc_solves_it_for_every_recipient differs");
        }
    }

    private static byte[] uuid(String text) throws Mismatch {
        try {
            UUID uuid = UUID.fromString(text);
            Mismatch.unless(uuid.toString().equals(text), "a message id is not a UUID");
            byte[] bytes = new byte[16];
            ByteBuffer.wrap(bytes).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Mismatch("a message id is not a UUID");
        }
    }
}
