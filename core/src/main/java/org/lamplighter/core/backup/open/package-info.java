/**
 * Opening a backup (docs/spec/09-backup.md). Exported to the command that restores alone: no running station and no desk can
 * open one.
 */
package org.lamplighter.core.backup.open;
