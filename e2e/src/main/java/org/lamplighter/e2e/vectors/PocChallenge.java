package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;

/**
 * Challenges as the proof of concept makes and solves them: the encoded element r(Z) is the key as it is, the nonce is random and
 * sent in front. Only for comparing; the product's hints are docs/spec 4.5.
 *
 * @param encryptedId {@code nonce 12 || AEAD ciphertext 32}
 * @param q Q, 32 bytes
 */
record PocChallenge(ByteString encryptedId, ByteString q) {
    private static final byte[] NO_AAD = new byte[0];

    /** The server's half: answers the hint (X, Z) of a stored message. */
    static PocChallenge answer(byte[] x, byte[] z, Scalar r, byte[] nonce, byte[] messageId) throws MalformedException {
        byte[] key = RistrettoElement.decodeNonIdentity(z).multiply(r).encode();
        byte[] ciphertext = Aead.CHACHA20_POLY1305.seal(key, nonce, NO_AAD, messageId);
        return new PocChallenge(
                ByteString.of(join(nonce, ciphertext)),
                ByteString.of(RistrettoElement.decodeNonIdentity(x).multiply(r).encode()));
    }

    /** The recipient's half: the ids of all challenges that this key solves, in order. Q = identity is ignored. */
    static List<byte[]> solve(List<PocChallenge> challenges, FetchSecretKey key) {
        return solve(challenges, key, RistrettoElement::decodeNonIdentity);
    }

    /** As {@link #solve}, with the fault of the proof of concept: Q = identity, whose multiples everybody knows, is tried too. */
    static List<byte[]> solveWithoutIdentityCheck(List<PocChallenge> challenges, FetchSecretKey key) {
        return solve(challenges, key, RistrettoElement::decode);
    }

    @FunctionalInterface
    private interface Decoder {
        RistrettoElement decode(byte[] bytes) throws MalformedException;
    }

    private static List<byte[]> solve(List<PocChallenge> challenges, FetchSecretKey key, Decoder decoder) {
        List<byte[]> ids = new ArrayList<>();
        for (PocChallenge challenge : challenges) {
            challenge.id(key, decoder).ifPresent(ids::add);
        }
        return ids;
    }

    private Optional<byte[]> id(FetchSecretKey key, Decoder decoder) {
        byte[] encrypted = encryptedId.toByteArray();
        try {
            byte[] shared =
                    decoder.decode(q.toByteArray()).multiply(key.scalar()).encode();
            return Aead.CHACHA20_POLY1305.open(
                    shared,
                    Arrays.copyOf(encrypted, Aead.NONCE_BYTES),
                    NO_AAD,
                    Arrays.copyOfRange(encrypted, Aead.NONCE_BYTES, encrypted.length));
        } catch (MalformedException e) {
            // Not a challenge that an honest server makes: as if it were somebody else's.
            return Optional.empty();
        }
    }

    /** Compares x, X and Z of a hint made to {@code recipient}. */
    static void expectHint(Fields hint, FetchPublicKey recipient) throws Mismatch, MalformedException {
        Scalar x = Scalar.decode(hint.hex("x"));
        hint.expect("X", RistrettoElement.multiplyBase(x).encode());
        hint.expect("Z", recipient.element().multiply(x).encode());
    }
}
