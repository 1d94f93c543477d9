package org.lamplighter.core.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class SignedNoteTest {
    private static final String TEXT = "lamplighter-test/v1\nname Ada Example\nnumber 7\n";

    private final SigningKey signer = SigningKey.generate(SeededRandom.of(1));
    private final NoteKey key = new NoteKey("harbour-courier/newsroom", signer.verifyingKey());
    private final byte[] note = SignedNote.sign(TEXT, key.name(), signer);

    @Test
    void verify_whatSignMade_givesTheText() throws Exception {
        assertThat(SignedNote.verify(note, key, "note")).isEqualTo(TEXT);
        assertThat(new String(note, UTF_8)).startsWith(TEXT + "\n\u2014 harbour-courier/newsroom ");
    }

    @Test
    void everyBitFlipped_isRefused() {
        for (int bit = 0; bit < 8 * note.length; bit++) {
            byte[] changed = note.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> SignedNote.verify(changed, key, "note"))
                    .as("bit %d", bit)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void malleability_acceptedNote_isTheOneEncoding() {
        Malleability.check(
                note,
                MalformedException.class,
                3_000,
                2,
                bytes -> SignedNote.sign(SignedNote.verify(bytes, key, "note"), key.name(), signer));
    }

    @Test
    void verify_noteOfAnotherKeyOrName_isRefused() {
        SigningKey other = SigningKey.generate(SeededRandom.of(3));
        assertRefused(Reason.WRONG_SIGNER, () -> verify(SignedNote.sign(TEXT, key.name(), other)));
        assertRefused(Reason.WRONG_SIGNER, () -> verify(SignedNote.sign(TEXT, "harbour-courier/station", signer)));
    }

    @Test
    void verify_signatureOfAnotherKeyUnderOurKeyId_isRefused() throws Exception {
        SigningKey other = SigningKey.generate(SeededRandom.of(4));
        byte[] forged = other.signNote(TEXT.getBytes(UTF_8));
        byte[] bytes = withSignature(TEXT, forged);
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                bytes,
                this::verify,
                // The planted fault: whoever names our key id is believed.
                planted -> new String(planted, UTF_8).contains(keyIdInBase64()));
    }

    @Test
    void verify_taggedSignatureOfTheSameBytes_isRefused() {
        // A tagged signature begins with the length of its tag, below 32; it can never sign a note's text.
        byte[] tagged = signer.sign("ll-chunk", TEXT.getBytes(UTF_8));
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                withSignature(TEXT, tagged),
                this::verify,
                planted -> signer.verifyingKey().verifies("ll-chunk", TEXT.getBytes(UTF_8), tagged));
    }

    @Test
    void verify_otherShapes_areRefusedForTheirOwnReason() {
        String good = new String(note, UTF_8);
        assertRefused(Reason.TRUNCATED, () -> verify(new byte[0]));
        assertRefused(Reason.TRUNCATED, () -> verify(TEXT.getBytes(UTF_8)));
        assertRefused(Reason.TRUNCATED, () -> verify((TEXT + "\n").getBytes(UTF_8)));
        assertRefused(Reason.TRUNCATED, () -> verify((TEXT + "\n\n").getBytes(UTF_8)));
        assertRefused(Reason.TRUNCATED, () -> verify("\n\n".getBytes(UTF_8)));
        assertRefused(
                Reason.TRUNCATED,
                () -> verify(good.substring(0, good.length() - 1).getBytes(UTF_8)));
        assertRefused(Reason.BAD_FIELD, () -> verify((good + good.substring(TEXT.length() + 1)).getBytes(UTF_8)));
        assertRefused(
                Reason.BAD_FIELD, () -> verify(good.replace("\u2014 ", "- ").getBytes(UTF_8)));
        assertRefused(
                Reason.BAD_FIELD,
                () -> verify(good.replace("number 7", "number\t7").getBytes(UTF_8)));
        assertRefused(Reason.BAD_FIELD, () -> verify(good.replace("\n", "\r\n").getBytes(UTF_8)));
        byte[] notUtf8 = note.clone();
        notUtf8[5] = (byte) 0xff;
        assertRefused(Reason.BAD_FIELD, () -> verify(notUtf8));
        assertRefused(Reason.TOO_LARGE, () -> verify(new byte[SignedNote.MAX_BYTES + 1]));
        assertRefused(
                Reason.BAD_FIELD,
                () -> verify(good.replace("newsroom ", "newsroom  ").getBytes(UTF_8)));
    }

    @Test
    void verify_signatureWithItsOrderAdded_isRefused() {
        // S + l is the same signature to a verifier that does not look; it would make a second note of one text.
        byte[] signature = signer.signNote(TEXT.getBytes(UTF_8));
        byte[] malleated = signature.clone();
        int carry = 0;
        byte[] order = littleEndianOrder();
        for (int i = 0; i < 32; i++) {
            int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
            malleated[32 + i] = (byte) sum;
            carry = sum >> 8;
        }
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                withSignature(TEXT, malleated),
                this::verify,
                // The planted fault: S is reduced before it is looked at.
                planted -> signer.verifyingKey().verifiesNote(TEXT.getBytes(UTF_8), signature));
    }

    private Object verify(byte[] bytes) throws MalformedException {
        return SignedNote.verify(bytes, key, "note");
    }

    private byte[] withSignature(String text, byte[] signature) {
        byte[] named = Arrays.copyOf(key.id(), 68);
        System.arraycopy(signature, 0, named, 4, 64);
        return (text + "\n\u2014 " + key.name() + " " + Base64.getEncoder().encodeToString(named) + "\n")
                .getBytes(UTF_8);
    }

    private String keyIdInBase64() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(key.id(), 3));
    }

    /** 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1). */
    private static byte[] littleEndianOrder() {
        byte[] big = BigInteger.TWO
                .pow(252)
                .add(new BigInteger("27742317777372353535851937790883648493"))
                .toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }
}
