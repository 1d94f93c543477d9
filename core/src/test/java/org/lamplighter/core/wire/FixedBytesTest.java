package org.lamplighter.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException.Reason;

final class FixedBytesTest {
    @Test
    void equality_isByClassAndContent() {
        assertThat(Digest.copyOf(new byte[32]))
                .isEqualTo(Digest.copyOf(new byte[32]))
                .hasSameHashCodeAs(Digest.copyOf(new byte[32]))
                .isNotEqualTo(NewsroomId.copyOf(new byte[32]));
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(Digest.copyOf(other)).isNotEqualTo(Digest.copyOf(new byte[32]));
    }

    @Test
    void bytes_areCopiedInAndOut() {
        byte[] bytes = new byte[8];
        JournalistId id = JournalistId.copyOf(bytes);
        bytes[0] = 1;
        id.toByteArray()[1] = 1;
        assertThat(id.hex()).isEqualTo("0000000000000000");
    }

    @Test
    void hex_readsWhatItWrote_andNothingElse() throws Exception {
        String hex = "00112233445566778899aabbccddeeff";
        assertThat(MessageId.parseHex(hex, "id").hex()).isEqualTo(hex);
        for (String bad : new String[] {
            hex.toUpperCase(java.util.Locale.ROOT), hex + "00", hex.substring(2), "", " " + hex.substring(1)
        }) {
            assertThatThrownBy(() -> MessageId.parseHex(bad, "id")).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void wrongLength_isAFaultOfTheCaller() {
        assertThatThrownBy(() -> MessageId.copyOf(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void base64_readsTheOneCanonicalForm() throws Exception {
        assertThat(Base64Text.parse("/+8=", 2, "field")).containsExactly(0xff, 0xef);
        assertReason(Reason.NOT_CANONICAL, "/+9=", 2); // bits after the end
        assertReason(Reason.BAD_FIELD, "/+8", 2);
        assertReason(Reason.BAD_FIELD, "_-8=", 2); // the alphabet of file names
        assertReason(Reason.NOT_CANONICAL, "////", 2);
        assertReason(Reason.BAD_FIELD, "/+8=\n", 2);
        assertReason(Reason.BAD_FIELD, "", 2);
    }

    private static void assertReason(Reason reason, String text, int length) {
        assertThatThrownBy(() -> Base64Text.parse(text, length, "field"))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
