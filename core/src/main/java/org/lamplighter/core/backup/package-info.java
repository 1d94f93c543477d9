/**
 * Writing a backup (docs/spec/09-backup.md): a stream sealed to a recipient key, which this package cannot open again.
 *
 * <p>Start with {@link org.lamplighter.core.backup.BackupWriter}. What opens is in {@code backup.open}, which is exported to the
 * command that restores and to nobody else.
 */
package org.lamplighter.core.backup;
