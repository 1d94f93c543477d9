/**
 * What the station may say about itself: constant texts and a few typed values, with the day and nothing finer.
 *
 * <p>Start with {@link org.lamplighter.station.log.StationLog}. Depends on nothing else in this module.
 */
package org.lamplighter.station.log;
