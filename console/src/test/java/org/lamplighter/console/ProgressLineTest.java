package org.lamplighter.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong millis = new AtomicLong(1_000_000);

    @Test
    void terminal_getsOneLineThatIsWrittenOver() {
        try (ProgressLine line = ProgressLine.of(err, true, () -> Instant.ofEpochMilli(millis.get()))) {
            line.update("mailbox", 0, 10_000_000);
            millis.addAndGet(10);
            line.update("mailbox", 1, 10_000_000);
            millis.addAndGet(9990);
            line.update("mailbox", 5_000_000, 10_000_000);
            line.update("mailbox", 10_000_000, 10_000_000);
        }
        assertThat(shown().split("\r", -1))
                .extracting(String::strip)
                .containsExactly(
                        "",
                        "mailbox: 0 bytes of 10.0 MB",
                        "mailbox: 5.0 MB of 10.0 MB (50 %), about 11 s left",
                        "mailbox: 10.0 MB of 10.0 MB");
        assertThat(shown()).containsOnlyOnce(System.lineSeparator());
    }

    @Test
    void terminal_breakingOff_endsTheLine() {
        try (ProgressLine line = ProgressLine.of(err, true, () -> Instant.ofEpochMilli(millis.get()))) {
            line.update("mailbox", 5, 10);
        }
        assertThat(shown()).endsWith(System.lineSeparator());
    }

    @Test
    void file_getsALineNowAndThen() {
        try (ProgressLine line = ProgressLine.of(err, false, () -> Instant.ofEpochMilli(millis.get()))) {
            for (int second = 0; second <= 20; second++) {
                line.update("mailbox", second * 1000L, 20_000);
                millis.addAndGet(1000);
            }
        }
        assertThat(shown().lines())
                .containsExactly("mailbox: 10.0 kB of 20.0 kB (50 %), about 11 s left", "mailbox: 20.0 kB of 20.0 kB");
    }

    @Test
    void sizes_areRounded() {
        assertThat(Sizes.bytes(1)).isEqualTo("1 byte");
        assertThat(Sizes.bytes(999)).isEqualTo("999 bytes");
        assertThat(Sizes.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Sizes.bytes(16_900_000)).isEqualTo("16.9 MB");
        assertThat(Sizes.bytes(3_000_000_000_000_000L)).isEqualTo("3000.0 TB");
        assertThat(Sizes.seconds(119)).isEqualTo("119 s");
        assertThat(Sizes.seconds(601)).isEqualTo("11 min");
        assertThat(Sizes.seconds(7200)).isEqualTo("2 h");
        assertThat(Sizes.seconds(11_100)).isEqualTo("3 h 5 min");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
