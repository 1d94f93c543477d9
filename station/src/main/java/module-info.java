/** The server: mailbox, epochs, chunk store. Holds no key that opens anything. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.station {
    requires org.lamplighter.core;
    requires org.lamplighter.console;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.unixdomain.server;
    requires java.logging;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires info.picocli;

    opens org.lamplighter.station.app to
            info.picocli;
}
