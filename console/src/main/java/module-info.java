/** What the three applications share at the terminal: prompts, errors with hints, exit codes, files that are whole or absent. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.console {
    requires transitive org.lamplighter.core;
    requires transitive info.picocli;

    exports org.lamplighter.console;

    // picocli fills the fields of the commands; in this module only those of the tests.
    opens org.lamplighter.console to
            info.picocli;
}
