/**
 * The promises of the mailbox as statistics: nothing tells a message from a decoy, an epoch from the one before, a full mailbox
 * from an empty one, or an honest sender's chance from a flooder's. Each test has beside it a fault that it must find. Seeds are
 * fixed, so that a sound program passes always or never; sizes are those of {@link org.lamplighter.e2e.statistics.Size}.
 */
package org.lamplighter.e2e.statistics;
