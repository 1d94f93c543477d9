package org.lamplighter.core.fuzz;

import java.util.List;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** What stands beside and at the head of a backup. */
final class BackupFuzz {
    private BackupFuzz() {}

    static List<FuzzTarget> targets() {
        try (BackupKey key = BackupKey.generate(SeededRandom.of(65))) {
            return List.of(
                    FuzzTarget.canonical(
                                    "backup-about",
                                    2 * BackupAbout.MAX_BYTES,
                                    input -> BackupAbout.parse(input).toByteArray())
                            .refusing(MalformedException.class)
                            .seeded(new BackupAbout(1234, 1_795_000_000).toByteArray()),
                    FuzzTarget.canonical(
                                    "backup-recipient",
                                    2000,
                                    input -> BackupRecipient.parse(input).toByteArray())
                            .refusing(MalformedException.class)
                            .seeded(key.recipient().toByteArray()),
                    FuzzTarget.canonical("backup-key", 80, BackupFuzz::key)
                            .refusing(MalformedException.class)
                            .seeded(key.toSecretBytes().reveal()));
        }
    }

    private static byte[] key(byte[] input) throws MalformedException {
        try (SecretBytes content = SecretBytes.copyOf(input);
                BackupKey key = BackupKey.parse(content)) {
            return key.toSecretBytes().reveal();
        }
    }
}
