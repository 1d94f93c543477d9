/**
 * The frame of the measurements: a {@link org.lamplighter.bench.report.Bench} yields {@link org.lamplighter.bench.report.Table}s
 * of {@link org.lamplighter.bench.report.Figure}s, ours beside the peers', with the goals of the design; a
 * {@link org.lamplighter.bench.report.Report} writes them down. To add a measurement, write one class and name it in
 * {@code Main}. Wall-clock time where waiting is the point, processor time where it is not.
 */
@NullMarked
package org.lamplighter.bench.report;

import org.jspecify.annotations.NullMarked;
