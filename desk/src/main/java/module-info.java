/** A journalist's folder and commands: what opens envelopes and evidence with a journalist's keys. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.desk {
    requires org.lamplighter.client;
    requires org.lamplighter.console;
    requires info.picocli;

    // picocli sets the fields of options by reflection.
    opens org.lamplighter.desk to
            info.picocli;
    opens org.lamplighter.desk.command to
            info.picocli;
}
