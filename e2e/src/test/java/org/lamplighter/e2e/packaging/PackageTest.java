package org.lamplighter.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is in the package and the archive, that it runs by itself, and that the same commit gives the same bytes. */
@TestInstance(Lifecycle.PER_CLASS)
final class PackageTest {
    private static final String HOME = "usr/lib/lamplighter/";

    private Path folder = Path.of("");
    private Packages packages = new Packages(folder, "");

    @BeforeAll
    void make(@TempDir Path temporary) throws Exception {
        folder = temporary;
        packages = Packages.make(Packages.SCRIPT, folder.resolve("out"), Map.of());
    }

    @Test
    void archive_runsWithItsOwnJavaWhereNoOtherIs() throws Exception {
        Tool.succeed("tar", "-xzf", packages.archive().toString(), "-C", folder.toString());
        Path launcher = folder.resolve("lamplighter-" + Packages.version() + "-linux-" + architecture())
                .resolve("lamplighter");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("bash", "dirname", "readlink", "locale", "ls")) {
            Path step = Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            assertThat(step.toFile().setExecutable(true)).isTrue();
        }
        for (String word : List.of("source", "journalist", "station")) {
            Tool.Result help = alone(bin, launcher, word, "--help");
            assertThat(help.exit()).as(help.printed()).isZero();
            assertThat(help.printed()).contains("lamplighter " + word);
            assertThat(alone(bin, launcher, word, "--version").printed())
                    .isEqualTo("lamplighter " + Packages.version() + "\n");
        }
        assertThat(alone(bin, launcher, "--version").printed()).isEqualTo("lamplighter " + Packages.version() + "\n");
        // The database needs the library that the archive holds beside the jars.
        Path pub = Packages.ROOT.resolve("e2e/src/test/resources/org/lamplighter/e2e/packaging/newsroom.pub");
        Path made = folder.resolve("station");
        Tool.Result init = alone(bin, launcher, "station", "init", made.toString(), "--newsroom", pub.toString());
        assertThat(init.exit()).as(init.printed()).isZero();
        assertThat(made.resolve("station.sqlite")).isNotEmptyFile();

        // Broken, it is not replaced by one that this machine has: no other one has helped.
        Files.writeString(launcher.resolveSibling("runtime/bin/java"), "#!/bin/sh\nexit 77\n");
        assertThat(alone(bin, launcher, "station", "--help").exit()).isEqualTo(77);
    }

    @Test
    void archive_makesACacheThatItsStationStartsFrom() throws Exception {
        Path place = Files.createDirectory(folder.resolve("cached"));
        Tool.succeed("tar", "-xzf", packages.archive().toString(), "-C", place.toString());
        Path launcher = place.resolve("lamplighter-" + Packages.version() + "-linux-" + architecture())
                .resolve("lamplighter");
        assertThat(sourceOfCommands(launcher)).startsWith("file:");
        Tool.Result made = Tool.run(Map.of(), List.of(launcher.toString(), "cache"));
        assertThat(made.exit()).as(made.printed()).isZero();
        assertThat(sourceOfCommands(launcher)).isEqualTo("shared objects file");

        // A jar that was replaced, at the same length and time: nobody may run the classes of before.
        Path jar = launcher.resolveSibling("lib/lamplighter-station-" + Packages.version() + ".jar");
        Tool.succeed("cp", "-p", jar.toString(), jar + ".new");
        Tool.succeed("mv", jar + ".new", jar.toString());
        assertThat(sourceOfCommands(launcher)).startsWith("file:");

        Files.writeString(launcher.resolveSibling("cache/station.aot"), "damaged");
        assertThat(Tool.run(Map.of(), List.of(launcher.toString(), "station", "--version"))
                        .printed())
                .isEqualTo("lamplighter " + Packages.version() + "\n");
    }

    /** Where Java takes a class from that every command of a station needs. */
    private String sourceOfCommands(Path launcher) throws Exception {
        Path loaded = folder.resolve("loaded");
        Map<String, String> options = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded + ":none");
        Tool.Result started = Tool.run(options, List.of(launcher.toString(), "station", "--version"));
        assertThat(started.exit()).as(started.printed()).isZero();
        String line = "org.lamplighter.station.app.StationCommands source: ";
        return Files.readAllLines(loaded).stream()
                .filter(loading -> loading.startsWith(line))
                .map(loading -> loading.substring(line.length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void debianPackage_holdsWhatItShouldForRootAndTheUser() throws Exception {
        assumeTrue(Tool.exists("dpkg-deb"), "not a Debian machine");
        String listing =
                Tool.succeed("dpkg-deb", "--contents", packages.debian().toString());
        assertThat(listing.lines()).allMatch(line -> line.contains(" root/root "));
        assertThat(listing.lines().filter(line -> line.charAt(0) != 'l'))
                .allMatch(line -> line.startsWith("drwxr-xr-x ")
                        || line.startsWith("-rw-r--r-- ")
                        || line.startsWith("-rwxr-xr-x "));
        Set<String> names = new TreeSet<>();
        listing.lines().forEach(line -> names.add(line.replaceAll("^\\S+ +\\S+ +\\S+ +\\S+ +\\S+ +\\./", "")));
        assertThat(names)
                .contains(
                        "usr/bin/lamplighter -> ../lib/lamplighter/lamplighter",
                        HOME + "cache -> /var/cache/lamplighter",
                        HOME + "lamplighter",
                        HOME + "runtime/bin/java",
                        HOME + "runtime/legal/java.base/LICENSE",
                        HOME + "lib/native/libsqlitejdbc.so",
                        "usr/lib/systemd/system/lamplighter-station.service",
                        "usr/share/lamplighter/torrc.example",
                        "usr/share/man/man1/lamplighter.1.gz",
                        "usr/share/doc/lamplighter/copyright",
                        "usr/share/doc/lamplighter/changelog.gz",
                        "usr/share/doc/lamplighter/operations/install.md");
        // Nothing where an administrator's own files are, and no folder that a removal would take away.
        assertThat(names).noneMatch(name -> name.startsWith("etc/") || name.startsWith("var/"));
        assertThat(names.stream()
                        .filter(name -> name.startsWith(HOME + "lib/") && name.endsWith(".jar"))
                        .map(name -> name.substring((HOME + "lib/").length())))
                .containsExactlyInAnyOrderElementsOf(jars());
        assertThat(names).noneMatch(name -> name.matches(".*(junit|assertj|testkit|archunit).*"));
    }

    @Test
    void sums_areThoseOfTheFiles() throws Exception {
        Tool.succeed("sh", "-c", "cd " + packages.folder() + " && sha256sum --check --strict SHA256SUMS");
    }

    @Test
    void sameCommit_givesTheSameBytesInAnotherPlaceAtAnotherTime() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Packages again = Packages.make(
                Packages.SCRIPT,
                elsewhere.resolve("out"),
                Map.of("TMPDIR", elsewhere.toString(), "TZ", "Pacific/Auckland", "LC_ALL", "C.UTF-8"));
        assertThat(different(packages, again)).isEmpty();
        // The check sees one byte.
        Path archive = again.archive();
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        assertThat(different(packages, again))
                .containsExactly(archive.getFileName().toString());
    }

    @Test
    void runtime_hasTheModulesThatTheJarsNeed() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jdeps").toString(),
                "--multi-release",
                "25",
                "--ignore-missing-deps",
                "--print-module-deps"));
        jars().forEach(jar -> command.add(Packages.LIB.resolve(jar).toString()));
        Tool.Result found = Tool.run(Map.of(), command);
        assertThat(found.exit()).as(found.printed()).isZero();
        assertThat(Files.readAllLines(Packages.ROOT.resolve("dist/package/modules")))
                .containsAll(List.of(found.printed().strip().split(",", -1)));
    }

    @Test
    void withoutDpkg_theArchiveIsMadeAndTheRestIsSaid() throws Exception {
        Path script =
                Files.createDirectories(folder.resolve("tree/dist/package")).resolve("package.sh");
        String text = Files.readString(Packages.SCRIPT);
        assertThat(text).contains("\nmake_runtime\n", "\nmake_application ", "\nmake_archive\n", "command -v dpkg-deb");
        // The steps before it take long and are tested above.
        Files.writeString(
                script,
                text.replace("\nmake_runtime\n", "\nmkdir \"$work/application\"\n")
                        .replaceAll("\nmake_application .*", "")
                        .replace("\nmake_archive\n", "\ntouch \"$out/a.tar.gz\"; made+=(a.tar.gz)\n")
                        .replace("command -v dpkg-deb", "command -v no-such-dpkg-deb"));
        Files.writeString(script.resolveSibling("modules"), "java.base\n");
        Packages made = Packages.make(script, folder.resolve("bare"), Map.of("SOURCE_DATE_EPOCH", "1700000000"));
        assertThat(made.printed())
                .contains("no Debian package: there is no dpkg-deb here", "hint: apt-get install dpkg");
        assertThat(made.archive()).exists();
        assertThatThrownBy(made::debian).isInstanceOf(AssertionError.class);
    }

    /** Names of the files that are not the same in both. */
    private static List<String> different(Packages one, Packages other) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(one.folder())) {
            for (Path file : files.toList()) {
                Path twin = other.folder().resolve(file.getFileName().toString());
                if (!Files.exists(twin) || Files.mismatch(file, twin) >= 0) {
                    names.add(file.getFileName().toString());
                }
            }
        }
        return names;
    }

    private static Tool.Result alone(Path bin, Path launcher, String... words) {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=" + bin, "HOME=/nonexistent", "bash"));
        command.add(launcher.toString());
        command.addAll(List.of(words));
        try {
            return Tool.run(Map.of(), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(Packages.LIB)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
