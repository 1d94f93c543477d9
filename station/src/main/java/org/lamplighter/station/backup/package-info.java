/**
 * Backup of a station, running or not (docs/spec 9.6). Start with {@link org.lamplighter.station.backup.StationBackup}. What
 * restores one is not in this module: it holds the key that opens.
 */
package org.lamplighter.station.backup;
