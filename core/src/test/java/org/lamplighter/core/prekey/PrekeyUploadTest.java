package org.lamplighter.core.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.TestNewsroom;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;

final class PrekeyUploadTest {
    private static final long FIRST = 41_500;
    private static final int SIGNATURE_AT = 1 + 32 + 32 + 4 + 2 + 32;
    private static final int KEYS_AT = SIGNATURE_AT + 64;

    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 51);
    private final Person ada = newsroom.person("Ada Example");
    private final Person mallory = newsroom.person("Mallory");
    private final PrekeyUpload upload =
            PrekeyUpload.sign(newsroom.key.id(), ada.signing(), Prekeys.from(FIRST, newsroom.random));
    private final byte[] bytes = upload.toByteArray();

    @Test
    void verify_whatAJournalistSigned_givesItBack() throws Exception {
        assertThat(bytes).hasSize(155_815).hasSize(PrekeyUpload.BYTES);
        PrekeyUpload read = PrekeyUpload.verify(bytes, newsroom.key.id());

        assertThat(read.journalist()).isEqualTo(ada.signing().verifyingKey());
        assertThat(read.firstSlot()).isEqualTo(FIRST);
        assertThat(read.prekeys()).isEqualTo(upload.prekeys());
        assertThat(read.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void everyEntry_verifiesForItsOwnSlotAlone() throws Exception {
        for (long slot = FIRST; slot < FIRST + PrekeyUpload.COUNT; slot++) {
            byte[] entry = upload.entry(slot).toByteArray();
            assertThat(entry).hasSize(2725).hasSize(PrekeyEntry.BYTES);
            assertThat(verifyEntry(entry, slot).orElseThrow().prekey())
                    .isEqualTo(upload.prekeys().get((int) (slot - FIRST)));
            long other = FIRST + (slot - FIRST + 1) % PrekeyUpload.COUNT;
            assertRefused(Reason.WRONG_HASH, () -> verifyEntry(entry, other));
        }
    }

    /** The tree by recursion from the words of docs/spec 1.6, not by levels. */
    @Test
    void root_isThatOfTheSpecification() throws Exception {
        byte[] root = Arrays.copyOfRange(bytes, SIGNATURE_AT - 32, SIGNATURE_AT);
        assertThat(root(0, 64)).isEqualTo(root);
    }

    @Test
    void replayedUpload_forAnotherNewsroom_isRefused() {
        TestNewsroom other = new TestNewsroom("city-paper", 52);
        byte[] readdressed = bytes.clone();
        System.arraycopy(other.key.id().toByteArray(), 0, readdressed, 1, 32);
        assertRefused(Reason.WRONG_SIGNER, () -> PrekeyUpload.verify(bytes, other.key.id()));
        // The planted fault: the signature does not cover the newsroom, so an upload fits everywhere once it is
        // readdressed.
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                readdressed,
                attack -> PrekeyUpload.verify(attack, other.key.id()),
                attack -> signatureOver(attack, newsroom.key.id().toByteArray(), attack));
    }

    @Test
    void replayedUpload_underAnotherJournalist_isRefused() {
        byte[] stolen = bytes.clone();
        System.arraycopy(mallory.signing().verifyingKey().toByteArray(), 0, stolen, 33, 32);
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                stolen,
                this::verify,
                attack ->
                        // The planted fault: whoever is on the roster may have signed.
                        signatureOver(attack, Arrays.copyOfRange(attack, 1, 33), bytes));
    }

    @Test
    void replayedUpload_forOtherSlots_isRefused() {
        byte[] later = bytes.clone();
        later[68]++;
        assertAttackRefused(Reason.BAD_SIGNATURE, later, this::verify, attack -> {
            // The planted fault: leaves and signature do not say for which slot they are.
            byte[] before = attack.clone();
            before[68]--;
            return PrekeyUpload.verify(before, newsroom.key.id());
        });
    }

    @Test
    void signatureUnderAnotherTag_isRefused() {
        byte[] message = Arrays.copyOfRange(bytes, 1, SIGNATURE_AT);
        byte[] otherTag = ada.signing().sign("j-sig-eph", message);
        byte[] attacked = bytes.clone();
        System.arraycopy(otherTag, 0, attacked, SIGNATURE_AT, 64);
        assertAttackRefused(Reason.BAD_SIGNATURE, attacked, this::verify, attack -> {
            // The planted fault: any tag will do.
            if (!ada.signing().verifyingKey().verifies("j-sig-eph", message, otherTag)) {
                throw new MalformedException(Reason.BAD_SIGNATURE, "planted");
            }
            return attack;
        });
    }

    @Test
    void keysThatDifferFromTheSignedRoot_areRefused() {
        Prekey other = Prekeys.one(FIRST + 9, newsroom.random);
        byte[] swapped = bytes.clone();
        System.arraycopy(other.keyBytes(), 0, swapped, KEYS_AT + 9 * Prekey.BYTES, Prekey.BYTES);
        assertAttackRefused(Reason.WRONG_HASH, swapped, this::verify, attack -> {
            // The planted fault: the signature over the root is enough.
            return signatureOver(attack, newsroom.key.id().toByteArray(), attack);
        });
    }

    @Test
    void twoSlotsExchanged_areRefused() {
        byte[] exchanged = bytes.clone();
        System.arraycopy(bytes, KEYS_AT, exchanged, KEYS_AT + Prekey.BYTES, Prekey.BYTES);
        System.arraycopy(bytes, KEYS_AT + Prekey.BYTES, exchanged, KEYS_AT, Prekey.BYTES);
        assertRefused(Reason.WRONG_HASH, () -> verify(exchanged));
    }

    @Test
    void badKeysThoughSigned_areRefused() {
        List<Prekey> honest = upload.prekeys();
        byte[] keys = honest.get(3).keyBytes();
        byte[] zeroX25519 = keys.clone();
        Arrays.fill(zeroX25519, 0, 32, (byte) 0);
        byte[] bigCoefficient = keys.clone();
        Arrays.fill(bigCoefficient, 32, 40, (byte) 0xff);
        byte[] bigCoefficientPke = keys.clone();
        Arrays.fill(bigCoefficientPke, 1216, 1224, (byte) 0xff);
        for (byte[] bad : List.of(zeroX25519, bigCoefficient, bigCoefficientPke)) {
            byte[] attack = signedAround(3, bad);
            assertThatThrownBy(() -> verify(attack)).isInstanceOf(MalformedException.class);
        }
        assertThat(signedAround(3, keys))
                .as("the attack's own machinery is right")
                .isEqualTo(bytes);
    }

    @Test
    void checkHorizon_moreThan192SlotsAhead_isRefused() throws Exception {
        upload.checkHorizon(FIRST + 63 - 192);
        upload.checkHorizon(FIRST + 1000);
        assertRefused(Reason.OUT_OF_DATE, () -> upload.checkHorizon(FIRST + 63 - 193));
    }

    @Test
    void otherShapes_areRefusedForTheirOwnReason() {
        assertRefused(Reason.TRUNCATED, () -> verify(new byte[0]));
        assertRefused(Reason.TRUNCATED, () -> verify(Arrays.copyOf(bytes, bytes.length - 1)));
        assertRefused(Reason.TRAILING_BYTES, () -> verify(Arrays.copyOf(bytes, bytes.length + 1)));
        assertRefused(Reason.UNKNOWN_VERSION, () -> verify(with(0, 2)));
        assertRefused(Reason.WRONG_SIGNER, () -> verify(with(1, bytes[1] ^ 1)));
        assertRefused(Reason.BAD_FIELD, () -> verify(with(70, 63)));
        byte[] last = bytes.clone();
        Arrays.fill(last, 65, 69, (byte) 0xff);
        assertRefused(Reason.BAD_FIELD, () -> verify(last));
        assertThatThrownBy(() -> PrekeyUpload.sign(
                        newsroom.key.id(), ada.signing(), upload.prekeys().subList(0, 63)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void malleability_acceptedUploadOrEntry_isTheOneEncoding() throws Exception {
        Malleability.check(
                bytes,
                MalformedException.class,
                300,
                53,
                input -> PrekeyUpload.verify(input, newsroom.key.id()).toByteArray());
        Malleability.check(
                upload.entry(FIRST + 17).toByteArray(),
                MalformedException.class,
                2_000,
                54,
                input -> verifyEntry(input, FIRST + 17)
                        .map(PrekeyEntry::toByteArray)
                        .orElseGet(() -> new byte[PrekeyEntry.BYTES]));
    }

    private byte[] root(int from, int to) throws Exception {
        if (to - from == 1) {
            byte[] keys = Arrays.copyOfRange(bytes, KEYS_AT + from * Prekey.BYTES, KEYS_AT + (from + 1) * Prekey.BYTES);
            return Sha256.digest(
                    new byte[] {0}, new ByteWriter().u32(FIRST + from).toByteArray(), keys);
        }
        int middle = (from + to) / 2;
        return Sha256.digest(new byte[] {1}, root(from, middle), root(middle, to));
    }

    /** An upload in which the keys of one slot are {@code keys}, whatever they are, with the right root and signature. */
    private byte[] signedAround(int index, byte[] keys) {
        List<byte[]> level = new ArrayList<>();
        byte[] out = bytes.clone();
        System.arraycopy(keys, 0, out, KEYS_AT + index * Prekey.BYTES, Prekey.BYTES);
        for (int i = 0; i < PrekeyUpload.COUNT; i++) {
            level.add(Sha256.digest(
                    new byte[] {0},
                    new ByteWriter().u32(FIRST + i).toByteArray(),
                    Arrays.copyOfRange(out, KEYS_AT + i * Prekey.BYTES, KEYS_AT + (i + 1) * Prekey.BYTES)));
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(Sha256.digest(new byte[] {1}, level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        System.arraycopy(level.getFirst(), 0, out, SIGNATURE_AT - 32, 32);
        byte[] signature = ada.signing().sign("ll-j-slots", Arrays.copyOfRange(out, 1, SIGNATURE_AT));
        System.arraycopy(signature, 0, out, SIGNATURE_AT, 64);
        return out;
    }

    /** Planted readers verify Ada's signature over newsroom and journalist of their own choice. */
    private Object signatureOver(byte[] attack, byte[] newsroomId, byte[] journalistFrom) throws MalformedException {
        byte[] message = new ByteWriter()
                .bytes(newsroomId)
                .bytes(Arrays.copyOfRange(journalistFrom, 33, 65))
                .bytes(Arrays.copyOfRange(attack, 65, SIGNATURE_AT))
                .toByteArray();
        byte[] signature = Arrays.copyOfRange(attack, SIGNATURE_AT, KEYS_AT);
        if (!ada.signing().verifyingKey().verifies("ll-j-slots", message, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "planted");
        }
        return ByteReader.of(attack, "planted");
    }

    private byte[] with(int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private PrekeyUpload verify(byte[] input) throws MalformedException {
        return PrekeyUpload.verify(input, newsroom.key.id());
    }

    private java.util.Optional<PrekeyEntry> verifyEntry(byte[] entry, long slot) throws MalformedException {
        return PrekeyEntry.verify(entry, newsroom.key.id(), ada.signing().verifyingKey(), slot);
    }
}
