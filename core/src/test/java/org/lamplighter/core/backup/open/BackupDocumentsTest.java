package org.lamplighter.core.backup.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

/** The small documents around a backup: each has one form, and nothing may follow it. */
final class BackupDocumentsTest {
    private final BackupKey key = BackupKey.generate(SeededRandom.of(91));

    @Test
    void recipient_hasOneForm() throws Exception {
        byte[] document = key.recipient().toByteArray();
        Malleability.check(
                document,
                MalformedException.class,
                1_000,
                1,
                bytes -> BackupRecipient.parse(bytes).toByteArray());
        assertThatThrownBy(() -> BackupRecipient.parse(with(document, "key again\n")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void about_hasOneForm() throws Exception {
        byte[] document = new BackupAbout(7, 1_790_000_000L).toByteArray();
        assertThat(BackupAbout.parse(document)).isEqualTo(new BackupAbout(7, 1_790_000_000L));
        Malleability.check(
                document,
                MalformedException.class,
                1_000,
                2,
                bytes -> BackupAbout.parse(bytes).toByteArray());
        assertThatThrownBy(() -> BackupAbout.parse(with(document, "time 5\n"))).isInstanceOf(MalformedException.class);
    }

    @Test
    void key_hasOneForm() throws Exception {
        byte[] content = key.toSecretBytes().reveal();
        assertThat(BackupKey.parse(SecretBytes.copyOf(content)).recipient().toByteArray())
                .isEqualTo(key.recipient().toByteArray());
        for (byte[] other :
                new byte[][] {with(content, "x"), Arrays.copyOf(content, content.length - 1), new byte[0]}) {
            assertThatThrownBy(() -> BackupKey.parse(SecretBytes.takeOver(other)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void kind_isOneOfThoseThereAre() throws Exception {
        for (BackupKind kind : BackupKind.values()) {
            assertThat(BackupKind.of(kind.code())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> BackupKind.of(0)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BackupKind.of(255)).isInstanceOf(MalformedException.class);
    }

    private static byte[] with(byte[] document, String more) {
        byte[] tail = more.getBytes(StandardCharsets.US_ASCII);
        byte[] out = Arrays.copyOf(document, document.length + tail.length);
        System.arraycopy(tail, 0, out, document.length, tail.length);
        return out;
    }
}
