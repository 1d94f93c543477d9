/**
 * Backup keys, and bringing a backup back (docs/spec/09-backup.md): the one place where backups are opened.
 *
 * <p>Start with {@link org.lamplighter.cli.backup.BackupCommand}.
 */
package org.lamplighter.cli.backup;
