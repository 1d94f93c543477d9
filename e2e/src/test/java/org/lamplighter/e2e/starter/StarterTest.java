package org.lamplighter.e2e.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code lamplighter}, before a Java that says how it was called. */
final class StarterTest {
    @TempDir
    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        Path script = Path.of(System.getProperty("lamplighter.root")).resolve("lamplighter");
        Files.copy(script, home.resolve("lamplighter"));
        Files.createDirectory(home.resolve("lib"));
        Files.createDirectories(home.resolve("java/bin"));
        Files.writeString(home.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");
        java("echo \"[$LC_ALL] $*\"");
    }

    /** A Java that does what the shell is told. */
    private void java(String does) throws IOException {
        Path java = Files.writeString(home.resolve("java/bin/java"), "#!/bin/sh\n" + does + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void java_isStartedWithALocaleThatCanNameEveryFile() throws Exception {
        assertThat(run(Map.of("LC_ALL", "C"))).startsWith("[C.UTF-8] ");
        assertThat(run(Map.of("LANG", "POSIX"))).startsWith("[C.UTF-8] ");
        assertThat(run(Map.of())).startsWith("[C.UTF-8] ");
        // One that can is left alone.
        assertThat(run(Map.of("LANG", "C.UTF-8"))).startsWith("[] ");
    }

    @Test
    void arguments_arePassedOnAsTheyAre() throws Exception {
        assertThat(run(Map.of("LC_ALL", "C"), "send", "--file", "about us.pdf"))
                .contains("org.lamplighter.cli.Main source send --file about us.pdf");
    }

    @Test
    void restoring_isDoneByTheProgramThatHoldsKeys() throws Exception {
        for (String word : List.of("station", "journalist")) {
            assertThat(started(Map.of(), word, "restore", "saved", "--to", "st"))
                    .contains("org.lamplighter.cli.Main backup restore saved --to st");
        }
        assertThat(started(Map.of(), "station", "backup", "st"))
                .contains("org.lamplighter.station.Main station backup st");
    }

    @Test
    void cache_isMadeUnderTheOptionsAndClassPathOfAStation() throws Exception {
        Path cache = makeCache();
        String rehearsal = Files.readString(cache);
        String station = started(Map.of(), "station", "run", "st");
        assertThat(station).contains("-XX:AOTCache=" + cache + " -Xlog:aot*=off,cds*=off -cp ");
        assertThat(rehearsal.replaceFirst("-XX:AOTCacheOutput=\\S+ ", "").replaceFirst("org.lamplighter.*", ""))
                .isEqualTo(station.replaceFirst("-XX:AOTCache=\\S+ -Xlog:\\S+ ", "")
                        .replaceFirst("org.lamplighter.*", ""))
                .contains("lib/a.jar:", "lib/b-1.jar:", "lib/b.jar ");
        try (Stream<Path> made = Files.list(cache.getParent())) {
            assertThat(made).containsExactlyInAnyOrder(cache, cache.resolveSibling("station.aot.of"));
        }
        // The station alone.
        assertThat(started(Map.of(), "source", "new")).doesNotContain("AOT");
    }

    /** Java itself would use it, and run the classes of before. */
    @Test
    void cache_ofOtherJarsIsNotUsed() throws Exception {
        Path cache = makeCache();
        Path jar = home.resolve("lib/b.jar");
        assertThat(started(Map.of(), "station")).contains("AOTCache");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "B");
        // The same length and time, as in a package whose times are those of a commit.
        Files.setLastModifiedTime(jar, time);
        assertThat(started(Map.of(), "station")).doesNotContain("AOT");
        makeCache();
        assertThat(started(Map.of(), "station")).contains("AOTCache");
        Files.createFile(home.resolve("lib/c.jar"));
        assertThat(started(Map.of(), "station")).doesNotContain("AOT");
        makeCache();
        Files.delete(cache.resolveSibling("station.aot.of"));
        assertThat(started(Map.of(), "station")).doesNotContain("AOT");
    }

    /** With a Java that says how it was called into the file that it is to make, and one that says so to everybody from then on. */
    private Path makeCache() throws Exception {
        for (String jar : List.of("b-1.jar", "b.jar", "a.jar")) {
            if (!Files.exists(home.resolve("lib").resolve(jar))) {
                Files.writeString(home.resolve("lib").resolve(jar), "b");
            }
        }
        java("for a; do case $a in -XX:AOTCacheOutput=*) printf '%s ' \"$@\" > \"${a#*=}\" ;; esac; done");
        Path cache = home.toRealPath().resolve("cache/station.aot");
        assertThat(started(Map.of(), "cache")).isEqualTo(cache + "\n");
        java("printf '%s ' \"$@\"");
        return cache;
    }

    @Test
    void cache_thatCannotBeMadeIsSaidAndTheOldOneStays() throws Exception {
        Path cache = Files.createDirectory(home.resolve("cache")).resolve("station.aot");
        Files.writeString(cache, "old");
        java("echo no room; exit 3");
        assertThat(typed(home, "cache"))
                .startsWith("1 no room\nerror: the rehearsal of a station did not end well\nhint: ");
        java("true"); // ends well and has made nothing
        assertThat(typed(home, "cache")).startsWith("1 error: ");
        assertThat(cache).hasContent("old");
        assertThat(typed(home, "cahce")).endsWith("hint: did you mean cache?\n");
    }

    @Test
    void version_isReadOffAJarOrOffThePom() throws Exception {
        Files.createFile(home.resolve("lib/lamplighter-station-7.8.9.jar"));
        assertThat(typed(home, "--version")).isEqualTo("0 lamplighter 7.8.9\n");
        // In a checkout nothing may be built yet.
        assertThat(typed(Path.of(System.getProperty("lamplighter.root")), "--version"))
                .matches("0 lamplighter \\d+\\.\\d+\\.\\d+\n");
    }

    @Test
    void word_thatIsNearlyRightGetsAHint() throws Exception {
        assertThat(typed(home, "surce")).isEqualTo("2 error: no such word: surce\nhint: did you mean source?\n");
        assertThat(typed(home, "jounralist")).endsWith("hint: did you mean journalist?\n");
        assertThat(typed(home, "stations")).endsWith("hint: did you mean station?\n");
        assertThat(typed(home, "news")).endsWith("hint: lamplighter --help names them all\n");
        assertThat(typed(home, "x".repeat(10_000))).endsWith("hint: lamplighter --help names them all\n");
    }

    @Test
    void launcher_isFoundThroughALink() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("lamplighter"), home.resolve("lamplighter"));
        Files.createDirectories(home.resolve("runtime/bin"));
        Files.writeString(home.resolve("runtime/bin/java"), "#!/bin/sh\necho own\n");
        assertThat(home.resolve("runtime/bin/java").toFile().setExecutable(true))
                .isTrue();
        // And its own Java goes before every other.
        assertThat(typed(bin, "station")).isEqualTo("0 own\n");
    }

    /** Exit code and output of the launcher in {@code folder}. */
    private String typed(Path folder, String word) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", folder.resolve("lamplighter").toString(), word);
        builder.environment().put("JAVA_HOME", home.resolve("java").toString());
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + printed;
    }

    private String run(Map<String, String> locale, String... arguments) throws Exception {
        return started(
                locale, Stream.concat(Stream.of("source"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String started(Map<String, String> locale, String... words) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", home.resolve("lamplighter").toString());
        builder.command().addAll(List.of(words));
        builder.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", home.resolve("java").toString());
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
