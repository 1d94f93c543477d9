/** Talks to a station: sessions of one fixed shape, verification of what is served, upload of evidence. Moves sealed bytes; never seals or opens. */
@org.jspecify.annotations.NullMarked
module org.lamplighter.client {
    requires transitive org.lamplighter.core;
    requires org.eclipse.jetty.client;
    requires org.slf4j;
}
