package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

final class PartLayoutTest {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final List<Long> CLASSES =
            List.of(64 * KIB, 256 * KIB, MIB, 4 * MIB, 16 * MIB, 32 * MIB, 64 * MIB, 128 * MIB, 256 * MIB);

    @Test
    void classes_areThoseOfTheSpecification() {
        assertThat(SizeClass.values()).extracting(size -> (long) size.bytes()).containsExactlyElementsOf(CLASSES);
        assertThat(SizeClass.values())
                .extracting(SizeClass::chunkLength)
                .startsWith(65_552, 262_208, 1_048_832)
                .endsWith(4_195_328, 4_195_328, 4_195_328, 4_195_328, 4_195_328, 4_195_328);
        assertThat(SizeClass.MIB_256.chunks()).isEqualTo(64);
        assertThat(SizeClass.MIB_256.segments()).isEqualTo(4096);
    }

    @Test
    void chunkLength_isOneOfFour() {
        assertThat(LongStream.rangeClosed(0, 5_000_000).filter(SizeClass::isChunkLength))
                .containsExactly(65_552L, 262_208L, 1_048_832L, 4_195_328L);
        assertThat(SizeClass.isChunkLength(-1)).isFalse();
        assertThat(SizeClass.isChunkLength((1L << 32) + 65_552)).isFalse();
    }

    @Test
    void sizeClass_atEveryBoundary_isTheLeastThatHolds() {
        for (long boundary : CLASSES) {
            assertThat(SizeClass.least(boundary - 1).bytes()).isEqualTo((int) boundary);
            assertThat(SizeClass.least(boundary).bytes()).isEqualTo((int) boundary);
            if (boundary < 256 * MIB) {
                assertThat((long) SizeClass.least(boundary + 1).bytes()).isGreaterThan(boundary);
            }
        }
        assertThat(SizeClass.least(0)).isEqualTo(SizeClass.KIB_64);
        assertThatThrownBy(() -> SizeClass.least(256 * MIB + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SizeClass.least(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void file_upTo256MiB_isOnePart_aboveOneMoreForEach256MiB() {
        assertThat(PartLayout.ofFile(0)).containsExactly(new PartLayout(0, 0, SizeClass.KIB_64));
        assertThat(PartLayout.ofFile(1)).containsExactly(new PartLayout(0, 1, SizeClass.KIB_64));
        assertThat(PartLayout.ofFile(256 * MIB - 1))
                .containsExactly(new PartLayout(0, (int) (256 * MIB - 1), SizeClass.MIB_256));
        assertThat(PartLayout.ofFile(256 * MIB))
                .containsExactly(new PartLayout(0, (int) (256 * MIB), SizeClass.MIB_256));
        assertThat(PartLayout.ofFile(256 * MIB + 1))
                .containsExactly(
                        new PartLayout(0, (int) (256 * MIB), SizeClass.MIB_256),
                        new PartLayout(256 * MIB, 1, SizeClass.MIB_256));
        assertThat(PartLayout.count(PartLayout.MAX_FILE_BYTES)).isEqualTo(PartLayout.MAX_PARTS);
        assertThatThrownBy(() -> PartLayout.count(PartLayout.MAX_FILE_BYTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PartLayout.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parts_coverTheFileWithoutGapOrOverlap_andShowOnlyTheClass() {
        SeededRandom random = SeededRandom.of(5);
        for (int round = 0; round < 2_000; round++) {
            long near = CLASSES.get(random.nextInt(CLASSES.size())) * (1 + random.nextInt(12));
            long size = Math.max(0, near + random.nextInt(5) - 2);
            long end = 0;
            for (PartLayout part : PartLayout.ofFile(size)) {
                assertThat(part.offset()).isEqualTo(end);
                end += part.contentLength();
                assertThat(part.sizeClass().segments() * 65_536L)
                        .isEqualTo(part.sizeClass().bytes());
                assertThat(part.sizeClass().chunks() * (long) part.sizeClass().segmentsPerChunk())
                        .isEqualTo(part.sizeClass().segments());
            }
            assertThat(end).isEqualTo(size);
            assertThat(PartLayout.sealedBytes(size))
                    .isEqualTo(PartLayout.ofFile(size).stream()
                            .mapToLong(part -> part.sizeClass().sealedBytes())
                            .sum());
        }
    }
}
