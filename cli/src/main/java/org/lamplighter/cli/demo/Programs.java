package org.lamplighter.cli.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the other applications are started: the same Java and the same class path as this one. */
final class Programs {
    private Programs() {}

    /** The command line that {@code lamplighter ARGUMENTS} would run. */
    static List<String> commandLine(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                mainClass(arguments.getFirst())));
        line.addAll(arguments);
        return line;
    }

    private static String mainClass(String word) {
        return switch (word) {
            case "station" -> "org.lamplighter.station.Main";
            case "journalist" -> "org.lamplighter.desk.Main";
            default -> "org.lamplighter.cli.Main";
        };
    }

    /** Absolute, because each party has a folder of its own. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
