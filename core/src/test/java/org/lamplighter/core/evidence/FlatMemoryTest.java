package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.testkit.Vectors;

/** That sealing and opening keep a few chunks and no more, in a virtual machine of its own that has no room for more. */
final class FlatMemoryTest {
    private static final String ENOUGH = "-Xmx24m";

    /** Less than two chunks and what Java needs for itself: the limit counts. */
    private static final String TOO_LITTLE = "-Xmx8m";

    @TempDir
    Path folder;

    @Test
    void sealingAndOpening_keepAFewChunks() throws Exception {
        assertThat(run(ENOUGH)).isEqualTo("2 parts 537001984\nOpened[size=41943040]\n");
    }

    @Test
    void sealing_failsWhereAFewChunksDoNotFit() throws Exception {
        assertThat(run(TOO_LITTLE)).contains("OutOfMemoryError");
    }

    private String run(String limit) throws Exception {
        Path target = Vectors.root().resolve("core/target");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        limit,
                        "-cp",
                        target.resolve("classes") + File.pathSeparator + target.resolve("test-classes"),
                        FlatMemory.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
