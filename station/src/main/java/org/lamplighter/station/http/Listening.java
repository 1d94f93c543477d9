package org.lamplighter.station.http;

/**
 * How to listen.
 *
 * @param address where
 * @param circuits whether tor says before each connection which circuit it came on; then one circuit posts one bundle an epoch
 * @param limits what one client may cost
 */
public record Listening(ListenAddress address, boolean circuits, HttpLimits limits) {}
