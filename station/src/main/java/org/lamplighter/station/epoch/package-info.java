/**
 * Epochs (docs/spec/04-mailbox.md 4.5 to 4.8): when one is due, how it is built, entered and published, and which are served.
 *
 * <p>Start with {@link org.lamplighter.station.epoch.EpochTurn}. Uses the published plan and rows of the mailbox and the keys file
 * of the keys feature.
 */
package org.lamplighter.station.epoch;
