/**
 * Protocol, mailbox and evidence as pure functions: no input or output, no clock, no logging.
 *
 * <p>The exports are the architecture. What opens an envelope or a piece of evidence is exported to those who hold keys
 * and to nobody else, so that code of the station that opens a message does not compile.
 */
@org.jspecify.annotations.NullMarked
module org.lamplighter.core {
    requires transitive org.jspecify;
    requires org.bouncycastle.provider;

    exports org.lamplighter.core.epoch;
    exports org.lamplighter.core.evidence;
    exports org.lamplighter.core.secret;
    exports org.lamplighter.core.signature;
    exports org.lamplighter.core.wire;
    exports org.lamplighter.core.mailbox to
            org.lamplighter.station;
    exports org.lamplighter.core.message to
            org.lamplighter.cli,
            org.lamplighter.desk;
}
