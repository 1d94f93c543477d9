package org.lamplighter.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Attacks on envelopes, one test each, most of which the protocol's proof of concept falls to. Beside each stands the same check on
 * a reader with the fault, where the attack succeeds.
 */
final class EnvelopeAttacksTest {
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(seeded(1, 32));
    private static final byte[] MESSAGE = seeded(2, Envelope.STRUCTURED_BYTES);

    private final Party source = Party.of(1);
    private final Party journalist = Party.of(2);
    private final byte[] envelope = Envelope.seal(
                    source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3))
            .envelope();

    private Optional<OpenedEnvelope> open(byte[] bytes) {
        return Envelope.open(journalist.opening(), NEWSROOM, bytes);
    }

    @Test
    void attack_truncatedEnvelope_doesNotOpenAndThrowsNothing() {
        for (int length = 0; length < Envelope.BYTES; length += length < 64 || length > 8100 ? 1 : 97) {
            assertThat(open(Arrays.copyOf(envelope, length))).isEmpty();
        }
        assertThat(open(Arrays.copyOf(envelope, Envelope.BYTES + 1))).isEmpty();
        assertThat(open(envelope)).isPresent();
        for (int length : new int[] {0, 1, 1088, 1119, 1135}) {
            assertThat(SdApke.authDec(
                            journalist.apke(),
                            journalist.fetch().publicKey(),
                            source.apke().publicKey(),
                            NEWSROOM.toByteArray(),
                            Arrays.copyOf(envelope, length)))
                    .isEmpty();
            assertThat(SdPke.dec(journalist.pke(), Arrays.copyOf(envelope, length)))
                    .isEmpty();
        }
    }

    /** The planted fault: a reader that takes the parts without looking at the length, as the proof of concept does. */
    @Test
    void attack_truncatedEnvelope_breaksAReaderThatDoesNotLookAtTheLength() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> SdPke.dec(journalist.pke(), partsWithoutLengthCheck(Arrays.copyOf(envelope, 5000)))))
                .isInstanceOf(RuntimeException.class);
    }

    private static byte[] partsWithoutLengthCheck(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Envelope.CT_APKE_BYTES, bytes.length);
    }

    /**
     * Whoever can make a new metadata ciphertext, which is anybody, names the sender's genuine X25519 key with an ML-KEM key of its
     * own. If this opened, the answer would be encrypted for the attacker's key.
     */
    @Test
    void attack_sendersMlKemKeySwapped_doesNotOpen() {
        assertThat(open(envelope)).isPresent();
        assertThat(open(Hostile.join(ctApke(), swappedMetadata()))).isEmpty();
    }

    /** The planted fault: the proof of concept's info, {@code c2 || recipient fetch key}. The same swap opens. */
    @Test
    void attack_sendersMlKemKeySwapped_opensWhenInfoLacksTheKey() throws MalformedException {
        ShortInfo faulty = new ShortInfo(journalist);
        byte[] ctApke = faulty.authEnc(source, plaintext(source), 7);
        ApkePublicKey swapped = ApkePublicKey.parse(
                SdPke.dec(journalist.pke(), swappedMetadata()).orElseThrow());

        assertThat(swapped).isNotEqualTo(source.apke().publicKey());
        assertThat(faulty.authDec(swapped, ctApke)).hasValue(plaintext(source));
    }

    private byte[] ctApke() {
        return Arrays.copyOf(envelope, Envelope.CT_APKE_BYTES);
    }

    private byte[] swappedMetadata() {
        byte[] key = source.apke().publicKey().toByteArray();
        byte[] attackers = Party.of(66).apke().publicKey().toByteArray();
        System.arraycopy(attackers, X25519.BYTES, key, X25519.BYTES, MlKem768.PUBLIC_KEY_BYTES);
        return SdPke.enc(journalist.pke().publicKey(), key, Party.randomness(8));
    }

    private static byte[] plaintext(Party sender) {
        return Hostile.plaintext(
                sender.fetch().publicKey().toByteArray(),
                sender.pke().publicKey().toByteArray());
    }

    @Test
    void attack_identityAsEnclosedFetchKey_doesNotOpen() {
        byte[] hostile = Hostile.plaintext(
                new byte[FetchPublicKey.BYTES], source.pke().publicKey().toByteArray());

        assertThat(open(hostile(hostile))).isEmpty();
        assertOpensForAReaderThatDoesNotCheckKeys(hostile);
    }

    @Test
    void attack_enclosedFetchKeyNotCanonical_doesNotOpen() {
        // p as a field element, a negative one, and 2^255 - 1: no encodings of any element.
        byte[] p = new byte[32];
        Arrays.fill(p, (byte) 0xff);
        p[0] = (byte) 0xed;
        p[31] = 0x7f;
        byte[] negative = new byte[32];
        negative[0] = 1;
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        for (byte[] key : new byte[][] {p, negative, ones}) {
            byte[] hostile = Hostile.plaintext(key, source.pke().publicKey().toByteArray());
            assertThat(open(hostile(hostile))).isEmpty();
            assertOpensForAReaderThatDoesNotCheckKeys(hostile);
        }
    }

    @Test
    void attack_enclosedPkeKeyNotCanonical_doesNotOpen() {
        byte[] mlKem = Hostile.withCoefficientQ(source.pke().publicKey().toByteArray(), 0);
        byte[] topBit = source.pke().publicKey().toByteArray();
        topBit[PkePublicKey.BYTES - 1] |= (byte) 0x80;
        byte[] lowOrder = Arrays.copyOf(source.pke().publicKey().toByteArray(), MlKem768.PUBLIC_KEY_BYTES);
        for (byte[] key : new byte[][] {mlKem, topBit, Arrays.copyOf(lowOrder, PkePublicKey.BYTES)}) {
            byte[] hostile = Hostile.plaintext(source.fetch().publicKey().toByteArray(), key);
            assertThat(open(hostile(hostile))).isEmpty();
            assertOpensForAReaderThatDoesNotCheckKeys(hostile);
        }
    }

    /** A plaintext from the genuine sender, authenticated, so that only the check of the enclosed keys can refuse it. */
    private byte[] hostile(byte[] plaintext) {
        SealingRandomness randomness = Party.randomness(9);
        return Hostile.join(
                SdApke.authEnc(
                        source.apke(),
                        journalist.apke().publicKey(),
                        journalist.fetch().publicKey(),
                        NEWSROOM.toByteArray(),
                        plaintext,
                        randomness),
                SdPke.enc(
                        journalist.pke().publicKey(), source.apke().publicKey().toByteArray(), randomness));
    }

    /** The planted fault: the same envelope, opened without parsing what is enclosed. */
    private void assertOpensForAReaderThatDoesNotCheckKeys(byte[] hostile) {
        byte[] bytes = hostile(hostile);
        assertThat(SdPke.dec(journalist.pke(), Arrays.copyOfRange(bytes, Envelope.CT_APKE_BYTES, Envelope.BYTES)))
                .hasValue(source.apke().publicKey().toByteArray());
        assertThat(SdApke.authDec(
                        journalist.apke(),
                        journalist.fetch().publicKey(),
                        source.apke().publicKey(),
                        NEWSROOM.toByteArray(),
                        Arrays.copyOf(bytes, Envelope.CT_APKE_BYTES)))
                .hasValue(hostile);
    }

    @Test
    void attack_sendersApkeKeyNotCanonical_doesNotOpen() {
        byte[] genuine = source.apke().publicKey().toByteArray();
        byte[] topBit = genuine.clone();
        topBit[31] |= (byte) 0x80;
        byte[] lowOrder = genuine.clone();
        Arrays.fill(lowOrder, 0, 32, (byte) 0);
        byte[] mlKem = Hostile.withCoefficientQ(genuine, X25519.BYTES);
        for (byte[] key : new byte[][] {topBit, lowOrder, mlKem}) {
            byte[] metadata = SdPke.enc(journalist.pke().publicKey(), key, Party.randomness(10));
            assertThat(open(Hostile.join(ctApke(), metadata))).isEmpty();
            // The planted fault: opened without parsing, the metadata yields a key with a second spelling, or of low
            // order.
            assertThat(SdPke.dec(journalist.pke(), metadata)).hasValue(key);
        }
    }

    /** X25519 ignores the top bit of a public key; the KEM's context does not, so the changed envelope is another one. */
    @Test
    void attack_topBitOfEncapsulatedKeySet_doesNotOpen() {
        for (int at : new int[] {1119, 6943}) {
            byte[] changed = envelope.clone();
            changed[at] |= (byte) 0x80;
            assertThat(changed).isNotEqualTo(envelope);
            assertThat(open(changed)).isEmpty();
            // The planted fault: a reader that reduces the key before it uses it. The changed envelope opens.
            changed[at] &= 0x7f;
            assertThat(open(changed)).isPresent();
        }
    }

    /** An encapsulated key of low order makes the Diffie-Hellman result zero, known to anybody. */
    @Test
    void attack_allZeroDiffieHellman_doesNotOpen() {
        for (int at : new int[] {1088, 6912}) {
            byte[] changed = envelope.clone();
            Arrays.fill(changed, at, at + 32, (byte) 0);
            assertThat(open(changed)).isEmpty();
            assertThat(X25519.agree(seeded(1, 32), Arrays.copyOfRange(changed, at, at + 32)))
                    .isEmpty();
        }
    }

    @Test
    void attack_metadataNamesAnotherSender_doesNotOpen() {
        byte[] metadata = SdPke.enc(
                journalist.pke().publicKey(), Party.of(5).apke().publicKey().toByteArray(), Party.randomness(11));

        assertThat(open(Hostile.join(ctApke(), metadata))).isEmpty();
    }

    @Test
    void attack_messageRelayedWithAnotherRecipientsFetchKey_doesNotOpen() {
        SealedEnvelope sealed = Envelope.seal(
                source.sender(),
                new RecipientKeys(
                        journalist.apke().publicKey(),
                        journalist.pke().publicKey(),
                        Party.of(5).fetch().publicKey()),
                NEWSROOM,
                MESSAGE,
                Party.randomness(12));

        assertThat(open(sealed.envelope())).isEmpty();
    }

    /** Parts of envelopes that no honest program makes. */
    private static final class Hostile {
        static byte[] join(byte[] ctApke, byte[] ctPke) {
            return new ByteWriter().bytes(ctApke).bytes(ctPke).toByteArray();
        }

        static byte[] plaintext(byte[] fetchKey, byte[] pkeKey) {
            return new ByteWriter().bytes(fetchKey).bytes(pkeKey).bytes(MESSAGE).toByteArray();
        }

        /** The ML-KEM key at {@code at} with its first coefficient replaced by q. */
        static byte[] withCoefficientQ(byte[] key, int at) {
            byte[] changed = key.clone();
            changed[at] = 0x01;
            changed[at + 1] = (byte) ((changed[at + 1] & 0xf0) | 0x0d);
            return changed;
        }
    }

    /** SD-APKE with the proof of concept's info. */
    private record ShortInfo(Party recipient) {
        private static final byte[] PSK_ID = "SD-pskAPKE".getBytes(StandardCharsets.US_ASCII);

        byte[] authEnc(Party sender, byte[] plaintext, long seed) {
            try (Encapsulation psk = recipient.apke().publicKey().mlKem().encapsulate(seeded(seed, 32))) {
                Hpke.Sealed sealed = hpke(psk.ciphertext(), psk.sharedSecret())
                        .seal(
                                seeded(seed + 1, 32),
                                sender.apke().x25519(),
                                recipient.apke().publicKey().x25519(),
                                plaintext);
                return new ByteWriter()
                        .bytes(psk.ciphertext())
                        .bytes(sealed.enc())
                        .bytes(sealed.ciphertext())
                        .toByteArray();
            }
        }

        Optional<byte[]> authDec(ApkePublicKey sender, byte[] ciphertext) {
            byte[] c2 = Arrays.copyOf(ciphertext, 1088);
            return hpke(c2, recipient.apke().mlKem().decapsulate(c2))
                    .open(
                            Arrays.copyOfRange(ciphertext, 1088, 1120),
                            recipient.apke().x25519(),
                            sender.x25519(),
                            Arrays.copyOfRange(ciphertext, 1120, ciphertext.length));
        }

        private Hpke.AuthPsk hpke(byte[] c2, SecretBytes psk) {
            byte[] info = new ByteWriter()
                    .bytes(c2)
                    .bytes(recipient.fetch().publicKey().toByteArray())
                    .toByteArray();
            return new Hpke.AuthPsk(info, NEWSROOM.toByteArray(), psk, PSK_ID);
        }
    }
}
