/** Commands of source, newsroom and trustee, and the demo. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.cli {
    requires org.lamplighter.client;
    requires org.lamplighter.console;
    requires info.picocli;
    requires tools.jackson.databind;

    // picocli sets the fields of options by reflection.
    opens org.lamplighter.cli to
            info.picocli;
    opens org.lamplighter.cli.backup to
            info.picocli;
    opens org.lamplighter.cli.demo to
            info.picocli;
    opens org.lamplighter.cli.newsroom to
            info.picocli;
    opens org.lamplighter.cli.trustee to
            info.picocli;
    opens org.lamplighter.cli.source to
            info.picocli;
}
