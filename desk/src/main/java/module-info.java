/** A journalist's folder and commands: what opens envelopes and evidence with a journalist's keys. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.desk {
    requires org.lamplighter.client;
    requires org.lamplighter.console;
    requires info.picocli;
}
