package org.lamplighter.e2e.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code dist/package/package.sh} makes of the jars that the build has put into {@code dist/target/lib}. */
record Packages(Path folder, String printed) {
    static final Path ROOT = Path.of(System.getProperty("lamplighter.root"));
    static final Path SCRIPT = ROOT.resolve("dist/package/package.sh");
    static final Path LIB = ROOT.resolve("dist/target/lib");

    /** Makes both in {@code folder}, with a script that may not be ours. */
    static Packages make(Path script, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(LIB)) {
            throw new AssertionError(
                    "there are no jars in dist/target/lib: run mvn verify, which makes them before this");
        }
        Tool.Result result = Tool.run(
                environment,
                List.of(
                        "bash",
                        script.toString(),
                        System.getProperty("java.home"),
                        LIB.toString(),
                        version(),
                        folder.toString()));
        if (result.exit() != 0) {
            throw new AssertionError("no package\n" + result.printed());
        }
        return new Packages(folder, result.printed());
    }

    Path archive() throws IOException {
        return only(".tar.gz");
    }

    Path debian() throws IOException {
        return only(".deb");
    }

    /** The version of the jars. */
    static String version() throws IOException {
        try (Stream<Path> jars = Files.list(LIB)) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith("lamplighter-station-"))
                    .map(name -> name.replaceAll("^lamplighter-station-|\\.jar$", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path only(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            if (found.size() != 1) {
                throw new AssertionError("not one file " + end + ": " + found);
            }
            return found.getFirst();
        }
    }
}
