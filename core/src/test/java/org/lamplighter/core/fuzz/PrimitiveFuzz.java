package org.lamplighter.core.fuzz;

import java.util.List;
import org.lamplighter.core.primitive.Ed25519;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.primitive.X25519KeyPair;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.primitive.ristretto.EncodedProduct;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Points, scalars and keys. */
final class PrimitiveFuzz {
    private PrimitiveFuzz() {}

    static List<FuzzTarget> targets() {
        SeededRandom random = SeededRandom.of(62);
        byte[] mlKem = MlKem768.SecretKey.fromSeed(random.bytes(MlKem768.SEED_BYTES))
                .publicKey()
                .toByteArray();
        byte[] xWing = XWing.SecretKey.fromSeed(random.bytes(32)).publicKey().toByteArray();
        byte[] point = RistrettoElement.fromUniformBytes(random.bytes(64)).encode();
        return List.of(
                FuzzTarget.canonical(
                                "ristretto-element",
                                40,
                                input -> RistrettoElement.decode(input).encode())
                        .refusing(MalformedException.class)
                        .seeded(point)
                        .seeded(new byte[32]),
                FuzzTarget.canonical(
                                "ristretto-non-identity",
                                40,
                                input -> RistrettoElement.decodeNonIdentity(input)
                                        .encode())
                        .refusing(MalformedException.class)
                        .seeded(point)
                        .seeded(new byte[32]),
                FuzzTarget.canonical("ristretto-product", 40, input -> EncodedProduct.of(one(), input))
                        .refusing(MalformedException.class)
                        .seeded(point)
                        .seeded(new byte[32]),
                FuzzTarget.canonical("ristretto-scalar", 40, PrimitiveFuzz::scalar)
                        .refusing(MalformedException.class)
                        .seeded(new byte[32]),
                FuzzTarget.of("x25519-key", 40, PrimitiveFuzz::x25519)
                        .refusing(MalformedException.class)
                        .seeded(X25519KeyPair.of(random.bytes(32)).publicKey())
                        .seeded(new byte[32]),
                FuzzTarget.of("ed25519-key", 40, input -> {
                            FuzzTarget.require(
                                    !Ed25519.Verifier.parse(input).verifies(new byte[1], new byte[64]),
                                    "a signature of zeros verifies");
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(Ed25519.verifyingKey(random.bytes(32))),
                FuzzTarget.of("ml-kem-key", 256, input -> {
                            byte[] key = Patch.apply(mlKem, input);
                            FuzzTarget.requireSame(MlKem768.PublicKey.parse(key).toByteArray(), key);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {0, 0, 2, -1, -1}),
                FuzzTarget.of("x-wing-key", 256, input -> {
                            byte[] key = Patch.apply(xWing, input);
                            FuzzTarget.requireSame(XWing.PublicKey.parse(key).toByteArray(), key);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]));
    }

    private static Scalar one() throws MalformedException {
        byte[] encoding = new byte[Scalar.BYTES];
        encoding[0] = 1;
        return Scalar.decode(encoding);
    }

    private static byte[] scalar(byte[] input) throws MalformedException {
        try (Scalar scalar = Scalar.decode(input)) {
            return scalar.encode();
        }
    }

    private static boolean x25519(byte[] input) throws MalformedException {
        X25519.checkPublicKey(input);
        return true;
    }
}
