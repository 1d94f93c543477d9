/** Commands of source, newsroom and trustee, and the demo. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.cli {
    requires org.lamplighter.client;
    requires org.lamplighter.console;
    requires info.picocli;
    requires tools.jackson.databind;
}
