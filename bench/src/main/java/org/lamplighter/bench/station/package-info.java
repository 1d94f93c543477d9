/**
 * Measurements of a station that runs: requests, memory, start. Start with {@link org.lamplighter.bench.station.FilledFolder},
 * what a station is started on.
 */
@NullMarked
package org.lamplighter.bench.station;

import org.jspecify.annotations.NullMarked;
