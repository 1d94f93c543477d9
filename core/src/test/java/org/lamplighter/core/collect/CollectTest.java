package org.lamplighter.core.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class CollectTest {
    private static final long TIME = 1_795_521_600;

    private final SeededRandom random = SeededRandom.of(71);
    private final NewsroomId newsroom = NewsroomId.copyOf(random.bytes(32));
    private final SigningKey ada = SigningKey.generate(random);
    private final StationKey station = StationKey.generate(random);
    private final ChunkId chunk = ChunkId.copyOf(random.bytes(16));
    private final Digest hash = Digest.copyOf(random.bytes(32));

    @Test
    void request_isReadAsItWasSigned() throws Exception {
        byte[] bytes = CollectRequest.sign(newsroom, ada, TIME, 99);
        assertThat(bytes).hasSize(145).hasSize(CollectRequest.BYTES);
        assertThat(CollectRequest.verify(bytes, newsroom)).isEqualTo(new CollectRequest(ada.verifyingKey(), TIME, 99));
    }

    @Test
    void request_anyBitFlipped_isRefused() {
        byte[] bytes = CollectRequest.sign(newsroom, ada, TIME, 99);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> CollectRequest.verify(changed, newsroom))
                    .as("bit %d", bit)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void request_toAnotherNewsroomOrUnderAnotherTag_isRefused() {
        NewsroomId other = NewsroomId.copyOf(random.bytes(32));
        byte[] bytes = CollectRequest.sign(newsroom, ada, TIME, 99);
        assertRefused(Reason.WRONG_SIGNER, () -> CollectRequest.verify(bytes, other));

        byte[] signed = Arrays.copyOf(bytes, 81);
        byte[] otherTag = new ByteWriter()
                .bytes(signed)
                .bytes(ada.sign("ll-j-slots", signed))
                .toByteArray();
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                otherTag,
                attack -> CollectRequest.verify(attack, newsroom),
                // The planted fault: the tag is not looked at.
                attack -> ada.verifyingKey()
                        .verifies("ll-j-slots", signed, Arrays.copyOfRange(attack, 81, attack.length)));
    }

    @Test
    void response_ofAnyNumberOfChunks_isReadAsItWasWritten() throws Exception {
        for (int count : new int[] {0, 1, 255, 256}) {
            CollectResponse response = response(40, count);
            byte[] bytes = response.toByteArray();
            assertThat(bytes).hasSize(15_371).hasSize(CollectResponse.BYTES);
            assertThat(CollectResponse.parse(bytes, 40)).isEqualTo(response);
        }
        assertThatThrownBy(() -> response(40, 257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void response_thatGoesBackOrInCircles_isRefused() {
        CollectResponse known = response(40, 3);
        byte[] bytes = known.toByteArray();
        // The planted fault: a collector that takes any list asks the same again for ever.
        assertAttackRefused(
                Reason.NOT_CANONICAL,
                bytes,
                attack -> CollectResponse.parse(attack, known.next()),
                attack -> CollectResponse.parse(attack, 0));
        byte[] empty = response(40, 0).toByteArray();
        assertRefused(Reason.NOT_CANONICAL, () -> CollectResponse.parse(empty, 41));
        assertRefused(Reason.NOT_CANONICAL, () -> CollectResponse.parse(empty, 39));
    }

    @Test
    void response_ofOtherShape_isRefusedForItsOwnReason() {
        byte[] bytes = response(40, 2).toByteArray();
        assertRefused(Reason.TRUNCATED, () -> CollectResponse.parse(Arrays.copyOf(bytes, 15_370), 40));
        assertRefused(Reason.TRAILING_BYTES, () -> CollectResponse.parse(Arrays.copyOf(bytes, 15_372), 40));
        assertRefused(Reason.UNKNOWN_VERSION, () -> CollectResponse.parse(with(bytes, 0, 2), 40));
        assertRefused(Reason.TOO_LARGE, () -> CollectResponse.parse(with(bytes, 1, 2), 40));
        assertRefused(Reason.NOT_CANONICAL, () -> CollectResponse.parse(with(bytes, 2, 1), 40));
        assertRefused(Reason.NOT_CANONICAL, () -> CollectResponse.parse(with(bytes, 15_370, 1), 40));
        assertRefused(Reason.BAD_FIELD, () -> CollectResponse.parse(with(bytes, 3, 0x80), 40));
        assertRefused(Reason.BAD_FIELD, () -> CollectResponse.parse(with(bytes, 11 + 24, 0x7f), 40));
    }

    @Test
    void receipt_isForOneChunkOfOneNewsroomAndDay() throws Exception {
        byte[] bytes = ChunkReceipt.sign(station, newsroom, chunk, hash, 20_871).toByteArray();
        assertThat(bytes).hasSize(68).hasSize(ChunkReceipt.BYTES);
        assertThat(receipt(bytes).day()).isEqualTo(20_871);
        assertThat(receipt(bytes).toByteArray()).isEqualTo(bytes);

        Digest otherBytes = Digest.copyOf(random.bytes(32));
        // The planted fault: a receipt that does not name the bytes is a receipt for anything.
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                bytes,
                attack -> ChunkReceipt.verify(attack, station.verifyingKey(), newsroom, chunk, otherBytes),
                this::receipt);
        assertRefused(
                Reason.BAD_SIGNATURE,
                () -> ChunkReceipt.verify(
                        bytes, station.verifyingKey(), newsroom, ChunkId.copyOf(random.bytes(16)), hash));
        assertRefused(
                Reason.BAD_SIGNATURE,
                () -> ChunkReceipt.verify(
                        bytes, station.verifyingKey(), NewsroomId.copyOf(random.bytes(32)), chunk, hash));
        assertRefused(
                Reason.BAD_SIGNATURE, () -> ChunkReceipt.verify(bytes, ada.verifyingKey(), newsroom, chunk, hash));
        assertRefused(Reason.BAD_SIGNATURE, () -> receipt(with(bytes, 3, bytes[3] + 1)));
        assertRefused(Reason.TRUNCATED, () -> receipt(Arrays.copyOf(bytes, 67)));
        assertRefused(Reason.TRAILING_BYTES, () -> receipt(Arrays.copyOf(bytes, 69)));
    }

    @Test
    void malleability_ofRequestResponseAndReceipt_isNone() {
        Malleability.check(CollectRequest.sign(newsroom, ada, TIME, 99), MalformedException.class, 2_000, 72, bytes -> {
            CollectRequest read = CollectRequest.verify(bytes, newsroom);
            return CollectRequest.sign(newsroom, ada, read.time(), read.after());
        });
        Malleability.check(
                response(40, 5).toByteArray(),
                MalformedException.class,
                4_000,
                73,
                bytes -> CollectResponse.parse(bytes, 40).toByteArray());
        Malleability.check(
                ChunkReceipt.sign(station, newsroom, chunk, hash, 1).toByteArray(),
                MalformedException.class,
                2_000,
                74,
                bytes -> receipt(bytes).toByteArray());
    }

    private ChunkReceipt receipt(byte[] bytes) throws MalformedException {
        return ChunkReceipt.verify(bytes, station.verifyingKey(), newsroom, chunk, hash);
    }

    private CollectResponse response(long after, int count) {
        List<CollectResponse.Entry> entries = new ArrayList<>();
        long sequence = after;
        for (int i = 0; i < count; i++) {
            sequence += 1 + random.nextInt(5);
            entries.add(new CollectResponse.Entry(
                    sequence,
                    ChunkId.copyOf(random.bytes(16)),
                    1 + random.nextInt(4_000_000),
                    Digest.copyOf(random.bytes(32))));
        }
        return new CollectResponse(sequence, entries);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
