package org.lamplighter.e2e.vectors;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.lamplighter.core.primitive.Ed25519;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;

/** ML-KEM-768, X-Wing, tagged Ed25519 and ristretto255. */
final class PrimitiveVectors {
    private PrimitiveVectors() {}

    static void runMlKem(Fields file, Tally tally) {
        tally.vectors(file, "vectors", vector -> {
            MlKem768.SecretKey key = MlKem768.SecretKey.fromSeed(vector.hex("seed_d_z"));
            vector.expect("dk", key.toExpanded());
            vector.expect("ek", key.publicKey().toByteArray());
            Encapsulation encapsulation =
                    MlKem768.PublicKey.parse(vector.hex("ek")).encapsulate(vector.hex("m"));
            vector.expect("ct", encapsulation.ciphertext());
            vector.expect("ss", encapsulation.sharedSecret());
            Fields rejected = vector.child("implicit_reject");
            for (MlKem768.SecretKey each :
                    new MlKem768.SecretKey[] {key, MlKem768.SecretKey.importExpanded(vector.hex("dk"))}) {
                vector.expect("ss", each.decapsulate(vector.hex("ct")));
                rejected.expect("ss", each.decapsulate(rejected.hex("ct")));
            }
        });
    }

    static void runXWing(Fields file, Tally tally) {
        tally.vectors(file, "vectors", vector -> {
            XWing.SecretKey key = XWing.SecretKey.fromSeed(vector.hex("sk"));
            vector.expect("pk", key.publicKey().toByteArray());
            Encapsulation encapsulation =
                    XWing.PublicKey.parse(vector.hex("pk")).encapsulate(vector.hex("encaps_randomness"));
            vector.expect("ct", encapsulation.ciphertext());
            vector.expect("ss", encapsulation.sharedSecret());
            Fields rejected = vector.child("implicit_reject");
            for (Fields each : new Fields[] {vector, rejected}) {
                each.expect(
                        "ss", key.decapsulate(each.hex("ct")).orElseThrow(() -> new Mismatch("x25519 result is zero")));
            }
        });
    }

    static void runEd25519(Fields file, Tally tally) {
        tally.vectors(file, "vectors", vector -> {
            String tag = vector.text("tag");
            byte[] message = vector.hex("message");
            SigningKey key = SigningKey.fromSeed(vector.secret("seed"));
            vector.expect("vk", key.verifyingKey().toByteArray());
            vector.expect("preimage", Ed25519.preimage(tag, message));
            vector.expect("signature", key.sign(tag, message));
            Mismatch.unless(
                    VerifyingKey.parse(vector.hex("vk")).verifies(tag, message, vector.hex("signature")),
                    "signature does not verify");
        });
    }

    static void runRistretto(Fields file, Tally tally) {
        tally.vectors(file, "vectors", vector -> {
            Scalar a = Scalar.fromWideBytes(vector.hex("a_wide"));
            Scalar b = Scalar.fromWideBytes(vector.hex("b_wide"));
            vector.expect("a", a.encode());
            vector.expect("b", b.encode());
            vector.expect(
                    "A",
                    RistrettoElement.multiplyBase(Scalar.decode(vector.hex("a")))
                            .encode());
            vector.expect("B", RistrettoElement.multiplyBase(b).encode());
            vector.expect(
                    "aB_eq_bA",
                    RistrettoElement.decode(vector.hex("B")).multiply(a).encode());
            vector.expect(
                    "aB_eq_bA",
                    RistrettoElement.decode(vector.hex("A")).multiply(b).encode());
            vector.expect(
                    "from_uniform",
                    RistrettoElement.fromUniformBytes(vector.hex("uniform")).encode());
        });
        tally.vectors(
                file,
                "encodings",
                vector -> expectVerdict(
                        vector, bytes -> RistrettoElement.decode(bytes).encode()));
        tally.vectors(
                file,
                "scalars",
                vector -> expectVerdict(vector, bytes -> Scalar.decode(bytes).encode()));
        tally.vector("placeholder", () -> {
            Fields placeholder = file.child("placeholder");
            placeholder.expect("point", placeholder(placeholder.utf8("seed_ascii")));
        });
    }

    /** The element derived from SHA-512 of {@code seed}, encoded. */
    static byte[] placeholder(byte[] seed) {
        try {
            byte[] uniform = MessageDigest.getInstance("SHA-512").digest(seed);
            return RistrettoElement.fromUniformBytes(uniform).encode();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }

    @FunctionalInterface
    private interface Decoding {
        byte[] reencode(byte[] bytes) throws MalformedException;
    }

    private static void expectVerdict(Fields vector, Decoding decoding) throws Mismatch {
        boolean decodes;
        try {
            vector.expect("bytes", decoding.reencode(vector.hex("bytes")));
            decodes = true;
        } catch (MalformedException e) {
            decodes = false;
        }
        Mismatch.unless(decodes == vector.flag("poc_decodes"), "bytes: the verdict differs");
    }
}
