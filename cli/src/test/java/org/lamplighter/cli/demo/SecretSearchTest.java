package org.lamplighter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretSearchTest {
    private static final String WORD = "quartz-heron-4417";

    @TempDir
    Path folder;

    @Test
    void plantedWord_isFoundInEveryEncodingAndAcrossWindows() throws Exception {
        byte[] utf8 = WORD.getBytes(StandardCharsets.UTF_8);
        List<byte[]> leaks = List.of(
                utf8,
                WORD.getBytes(StandardCharsets.UTF_16LE),
                HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII),
                Base64.getEncoder().encode(("x" + WORD + "yy").getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encode(("xy" + WORD + "yy").getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encode((WORD + "yy").getBytes(StandardCharsets.UTF_8)));
        for (byte[] leak : leaks) {
            byte[] content = new byte[(1 << 22) + 100];
            System.arraycopy(leak, 0, content, (1 << 22) - 5, leak.length);
            Files.write(folder.resolve("file"), content);

            assertThat(SecretSearch.forWords(List.of(WORD)).findIn(folder)).isNotEmpty();
        }
    }

    @Test
    void fileWithoutTheWord_givesNothing() throws Exception {
        Files.writeString(folder.resolve("file"), "quartz-heron-4418");

        assertThat(SecretSearch.forWords(List.of(WORD)).findIn(folder)).isEmpty();
    }
}
