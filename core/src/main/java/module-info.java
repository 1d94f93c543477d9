/**
 * Protocol, mailbox and evidence as pure functions: no input or output, no clock, no logging.
 *
 * <p>The exports are the architecture. What opens an envelope or a piece of evidence is exported to those who hold keys
 * and to nobody else, so that code of the station that opens a message does not compile.
 */
@org.jspecify.annotations.NullMarked
module org.lamplighter.core {
    requires org.bouncycastle.provider;
    requires transitive org.jspecify;

    exports org.lamplighter.core.backup;
    exports org.lamplighter.core.backup.open to
            org.lamplighter.cli;
    exports org.lamplighter.core.box;
    exports org.lamplighter.core.collect;
    exports org.lamplighter.core.envelope to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.epoch;
    exports org.lamplighter.core.evidence;
    exports org.lamplighter.core.evidence.open to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.evidence.seal to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.evidence.share to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.journalist to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.newsroom;
    exports org.lamplighter.core.note;
    exports org.lamplighter.core.prekey;
    exports org.lamplighter.core.secret;
    exports org.lamplighter.core.signature;
    exports org.lamplighter.core.source to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.wire;
    exports org.lamplighter.core.words;
    exports org.lamplighter.core.mailbox to
            org.lamplighter.station;
    exports org.lamplighter.core.message to
            org.lamplighter.cli,
            org.lamplighter.desk;
    exports org.lamplighter.core.scan to
            org.lamplighter.cli,
            org.lamplighter.desk;
}
