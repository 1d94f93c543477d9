/** Talks to a station: sessions of one fixed shape, verification of what is served, upload of evidence. Moves sealed bytes; never seals or opens. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.client {
    requires transitive org.lamplighter.core;
    requires org.eclipse.jetty.client;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.util;
    requires org.slf4j;

    exports org.lamplighter.client;
    exports org.lamplighter.client.pacing;
}
