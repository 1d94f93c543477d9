package org.lamplighter.station.http;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request as far as it has an effect: nothing else of it is looked at.
 *
 * @param method as sent
 * @param target path and query, as sent and not decoded
 * @param length announced length of the body; empty when none was announced
 * @param body read at most once
 * @param circuit of tor that it came on, when tor says so
 */
record Exchange(String method, String target, OptionalLong length, RequestBody body, OptionalInt circuit) {}
