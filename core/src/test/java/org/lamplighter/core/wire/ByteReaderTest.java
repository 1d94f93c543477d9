package org.lamplighter.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException.Reason;

final class ByteReaderTest {
    @Test
    void everyField_isReadAsWritten() throws Exception {
        byte[] bytes = new ByteWriter()
                .u8(255)
                .u16(65_535)
                .u32(0xffff_ffffL)
                .u64(Long.MAX_VALUE)
                .text16("grüße")
                .text32("")
                .padTo(40)
                .toByteArray();
        ByteReader reader = ByteReader.of(bytes, "test");

        assertThat(reader.u8()).isEqualTo(255);
        assertThat(reader.u16()).isEqualTo(65_535);
        assertThat(reader.u32()).isEqualTo(0xffff_ffffL);
        assertThat(reader.u64()).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.text16(10)).isEqualTo("grüße");
        assertThat(reader.text32(0)).isEmpty();
        reader.zerosToEnd();
        reader.end();
    }

    @Test
    void shortLongAndOddInput_isRefusedForItsOwnReason() {
        assertReason(Reason.TRUNCATED, () -> ByteReader.of(new byte[3], "t").u32());
        assertReason(
                Reason.TRAILING_BYTES, () -> ByteReader.of(new byte[1], "t").end());
        assertReason(
                Reason.UNKNOWN_VERSION, () -> ByteReader.of(new byte[1], "t").version(1));
        assertReason(
                Reason.NOT_CANONICAL,
                () -> ByteReader.of(new byte[] {0, 1}, "t").zerosToEnd());
        assertReason(
                Reason.TOO_LARGE, () -> ByteReader.of(new byte[] {0, 5}, "t").text16(4));
        assertReason(
                Reason.BAD_FIELD,
                () -> ByteReader.of(new byte[] {0, 1, (byte) 0xff}, "t").text16(4));
        assertReason(
                Reason.BAD_FIELD,
                () -> ByteReader.of(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}, "t").u64());
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
