package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.primitive.Ed25519;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;

/** The chain of signatures from the root to the keys of journalists, and welcome bundles that must or must not be accepted. */
final class EnrolmentVectors {
    private EnrolmentVectors() {}

    static void run(Fields file, Tally tally) {
        tally.vector("fpf_on_newsroom", () -> {
            SigningKey fpf = signingKey(file.child("fpf"), "seed");
            byte[] newsroom =
                    signingKey(file.child("newsroom"), "seed").verifyingKey().toByteArray();
            expectSignature(file.child("fpf_on_newsroom"), fpf, "fpf-sig-nr", newsroom);
        });
        tally.vectors(file, "journalists", journalist -> journalist(file, journalist));
        tally.vectors(file, "welcome_cases", vector -> {
            VerifyingKey fpf = VerifyingKey.parse(file.child("fpf").hex("vk"));
            boolean accepted;
            try {
                PocWelcome.verify(fpf, vector.child("welcome"));
                accepted = true;
            } catch (MalformedException e) {
                accepted = false;
            }
            Mismatch.unless(accepted == vector.flag("must_accept"), vector.text("name") + ": the verdict differs");
        });
    }

    private static void journalist(Fields file, Fields journalist) throws Mismatch, MalformedException {
        SigningKey key = signingKey(journalist, "sig_seed");
        byte[] vk = key.verifyingKey().toByteArray();
        FetchSecretKey fetch = PocKeys.readFetch(journalist);
        PocKeys.Apke reply = PocKeys.Apke.read(journalist.child("reply_apke"));
        journalist.expect(
                "long_term_file_bytes",
                join(journalist.hex("sig_seed"), fetch.toSecretBytes().reveal(), apkeFileBytes(reply)));
        Fields enrolment = journalist.child("enrollment");
        byte[] longTerm = join(reply.publicKey(), fetch.publicKey().toByteArray());
        expectSignature(enrolment, key, "j-sig-ltk", longTerm);
        Fields request = enrolment.child("request_json").child("enrollment");
        request.expect("bundle", longTerm);
        request.expect("selfsig", enrolment.hex("signature"));
        Mismatch.unlessEqual("keys", request.child("keys").item(0).hex(), vk);
        Mismatch.unlessEqual(
                "keys", request.child("keys").item(1).hex(), fetch.publicKey().toByteArray());
        Mismatch.unlessEqual("keys", request.child("keys").item(2).hex(), reply.publicKey());
        expectSignature(
                journalist.child("newsroom_signature"), signingKey(file.child("newsroom"), "seed"), "nr-sig", vk);
        for (Fields bundle : journalist.list("ephemeral_bundles")) {
            bundle(bundle, key);
        }
    }

    private static void bundle(Fields bundle, SigningKey key) throws Mismatch, MalformedException {
        PocKeys.Bundle secret = PocKeys.Bundle.read(bundle.child("secret"));
        byte[] xWing = secret.xWing().publicKey().toByteArray();
        bundle.expect(
                "secret_file_bytes",
                join(apkeFileBytes(secret.apke()), bundle.child("secret").hex("xwing_sk"), xWing));
        expectSignature(bundle, key, "j-sig-eph", join(secret.apke().publicKey(), xWing));
        Fields published = bundle.child("public_json");
        published.item(0).expect("apke_pk", secret.apke().publicKey());
        published.item(0).expect("metadata_pk", xWing);
        Mismatch.unlessEqual("public_json", published.item(1).hex(), bundle.hex("signature"));
    }

    /** X25519 secret key, ML-KEM decapsulation key, ML-KEM encapsulation key: as the proof of concept's files hold them. */
    private static byte[] apkeFileBytes(PocKeys.Apke apke) {
        return join(
                apke.x25519().secretKey().reveal(),
                apke.mlKem().toExpanded().reveal(),
                apke.mlKem().publicKey().toByteArray());
    }

    private static SigningKey signingKey(Fields fields, String seedName) throws Mismatch {
        SecretBytes seed = fields.secret(seedName);
        SigningKey key = SigningKey.fromSeed(seed);
        fields.expect("vk", key.verifyingKey().toByteArray());
        return key;
    }

    private static void expectSignature(Fields fields, SigningKey key, String tag, byte[] message)
            throws Mismatch, MalformedException {
        fields.expect("signed_message", message);
        fields.expect("signed_preimage", Ed25519.preimage(tag, message));
        fields.expect("signature", key.sign(tag, message));
        Mismatch.unless(
                VerifyingKey.parse(key.verifyingKey().toByteArray()).verifies(tag, message, fields.hex("signature")),
                "signature does not verify");
    }
}
