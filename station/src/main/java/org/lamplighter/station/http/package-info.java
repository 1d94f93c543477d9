/**
 * The HTTP interface (docs/spec/06-http.md): listener, limits, routes, and answers that tell nothing but what the page says.
 *
 * <p>Start with {@link org.lamplighter.station.http.Router}, which knows no server; {@link
 * org.lamplighter.station.http.HttpListener} is the only class that is about Jetty's life cycle. Calls features, never the store.
 */
package org.lamplighter.station.http;
