package org.lamplighter.e2e.statistics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What a run has measured, one line a test, in {@code e2e/target/statistics.md}: the figures of docs/reliability.md. */
final class Report {
    private static final Path FILE = Path.of(System.getProperty("lamplighter.root"), "e2e", "target", "statistics.md");

    private Report() {}

    /** Appends {@code | property | size | figures |}; {@code figures} is a format as of {@link String#format}. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that we do not need otherwise
    static synchronized void line(String property, String size, String figures, Object... values) throws IOException {
        String line = "| " + property + " | " + (Size.isFull() ? "full: " : "ci: ") + size + " | "
                + String.format(Locale.ROOT, figures, values) + " |\n";
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
