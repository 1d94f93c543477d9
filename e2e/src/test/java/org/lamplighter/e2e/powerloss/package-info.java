/**
 * Loss of power: what was written and not forced to disk may be gone, in part or in whole, and in any order. The system calls of a
 * real run are recorded, SQLite's among them, and the states that a disk could be left in are made from the record.
 *
 * <p>Start with {@link org.lamplighter.e2e.powerloss.PowerLossTest}.
 */
package org.lamplighter.e2e.powerloss;
