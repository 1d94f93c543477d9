package org.lamplighter.core.evidence.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.testkit.SeededRandom;

final class ShareTest {
    private final Share share = new Share(
            new ShareRule(ShareSetId.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 2, 3, 2),
            SealBinding.copyOf(new byte[32]).words(),
            SecretBytes.copyOf(SeededRandom.of(61).bytes(32)));

    @Test
    void text_isThatOfTheSpecification() {
        assertThat(share.text())
                .startsWith(
                        "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence abandon abandon abandon abandon\nwords ")
                .endsWith("\n");
        assertThat(share.text().lines().skip(4).findFirst().orElseThrow().split(" "))
                .hasSize(25);
    }

    @Test
    void share_isReadAsWritten() throws Exception {
        Share read = Share.parse(share.text().toCharArray());

        assertThat(read.rule()).isEqualTo(share.rule());
        assertThat(read.evidence()).isEqualTo(share.evidence());
        assertThat(read.value().matches(share.value())).isTrue();
        assertThat(read.text()).isEqualTo(share.text());
    }

    @Test
    void share_typedFromPaper_isReadInAnyLayout() throws Exception {
        String words = share.text().lines().skip(4).findFirst().orElseThrow().substring(6);
        String typed = "  lamplighter-share/v1 \r\n\r\nset  0102030405060708\r\n share 2 of 3, any 2 open\t\r\n"
                + "evidence abandon\r\n ABANDON  abandon abandon\r\n"
                + "words\r\n" + words.toUpperCase(Locale.ROOT).replace(" ", "\n  ") + "\n\n";

        assertThat(Share.parse(typed.toCharArray()).text()).isEqualTo(share.text());
    }

    @Test
    void mistypedWord_isNamed() {
        String words = share.text().lines().skip(4).findFirst().orElseThrow().substring(6);
        String fifth = words.split(" ", -1)[4];

        assertThatThrownBy(() ->
                        Share.parse(share.text().replace(fifth, fifth + "q").toCharArray()))
                .isInstanceOfSatisfying(MnemonicException.class, e -> {
                    assertThat(e.reason()).isEqualTo(MnemonicException.Reason.UNKNOWN_WORD);
                    assertThat(e.position()).isEqualTo(5);
                });
    }

    @Test
    void evidenceWords_areTheFirstBitsOfTheBinding_andAMistypedOneIsNamed() {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xe0;
        bytes[5] = (byte) 0x1f;
        // 11 ones, 22 zeros, 7 + 4 bits: 00000000000 and, from bit 33, 0000000 0001: the low bits belong to no word.
        assertThat(SealBinding.copyOf(bytes).words()).hasToString("zoo abandon abandon ability");
        String text = share.text().replace("evidence abandon abandon", "evidence abandon abandom");
        assertThatThrownBy(() -> Share.parse(text.toCharArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("word 2 of the line evidence");
    }

    @Test
    void wordsThatAreNotAll_orNotThese_areRefused() {
        String text = share.text().strip();
        String without = text.substring(0, text.lastIndexOf(' '));
        assertReason(MnemonicException.Reason.WORD_COUNT, without);
        assertReason(MnemonicException.Reason.WORD_COUNT, text + " zoo");
        assertReason(
                MnemonicException.Reason.CHECKSUM,
                "lamplighter-share/v1\nset 0102030405060708\n" + "share 2 of 3, any 2 open\n"
                        + "evidence abandon abandon abandon abandon\nwords "
                        + "zoo ".repeat(24));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lamplighter-share/v2\nset 0102030405060708\nshare 2 of 3, any 2 open\nwords x",
                "lamplighter-share/v1",
                "lamplighter-share/v1\nset 0102030405060708",
                "lamplighter-share/v1\nset 010203040506070\nshare 2 of 3, any 2 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 0 of 3, any 2 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 4 of 3, any 2 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 1 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 4 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 17, any 2 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 02 of 3, any 2 open\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nwords",
                "lamplighter-share/v1\nset 0102030405060708\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence able able able",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence able able able\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence a a a a\nwords x",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence able able able able",
                "lamplighter-share/v1\nset 0102030405060708\nshare 2 of 3, any 2 open\nevidence able able able able\nwords",
                "lamplighter-share/v1\nshare 2 of 3, any 2 open\nset 0102030405060708\nevidence able able able able\nwords x"
            })
    void textThatIsNoShare_isRefused(String text) {
        assertThatThrownBy(() -> Share.parse(text.toCharArray())).isInstanceOf(MalformedException.class);
    }

    @Test
    void overlongText_isRefused() {
        assertThatThrownBy(() -> Share.parse(new char[5_000])).isInstanceOf(MalformedException.class);
    }

    @Test
    void anyText_isReadOrRefused_andNeverBreaksTheReader() {
        SeededRandom random = SeededRandom.of(62);
        byte[] valid = share.text().getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = valid.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(random.nextBoolean() ? changed.length : 110)] = (byte) random.nextInt(128);
            }
            char[] text =
                    new String(changed, 0, random.nextInt(changed.length + 1), StandardCharsets.UTF_8).toCharArray();
            try {
                Share read = Share.parse(text);
                assertThat(Share.parse(read.text().toCharArray()).text()).isEqualTo(read.text());
            } catch (MalformedException | MnemonicException e) {
                // Refused, which is what most of them deserve.
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void toString_showsNothing() {
        assertThat(share.toString()).isEqualTo("Share[REDACTED]");
    }

    private static void assertReason(MnemonicException.Reason reason, String text) {
        assertThatThrownBy(() -> Share.parse(text.toCharArray()))
                .isInstanceOfSatisfying(
                        MnemonicException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
