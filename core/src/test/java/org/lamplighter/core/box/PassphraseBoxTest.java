package org.lamplighter.core.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.box.PassphraseBox.Cost;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.SeededRandom;

final class PassphraseBoxTest {
    private static final Cost CHEAP = new Cost(1024, 1, 1);

    private final SeededRandom random = SeededRandom.of(41);
    private final SecretBytes passphrase = secret("correct horse battery");

    @Test
    void open_samePassphrase_givesTheContentBack() throws Exception {
        for (int length : new int[] {0, 1, 32, 161, PassphraseBox.MAX_CONTENT_BYTES}) {
            try (SecretBytes secret = SecretBytes.generate(length, random);
                    SecretBytes opened = open(seal(secret)).orElseThrow()) {
                assertThat(opened.matches(secret)).isTrue();
            }
        }
    }

    @Test
    void open_wrongPassphrase_isAnOutcomeAndNotAFailure() throws Exception {
        byte[] box = seal(secret("the secret"));
        assertThat(PassphraseBox.open(box, secret("correct horse batterx"))).isEmpty();
    }

    @Test
    void open_anyBitFlipped_givesNothing() throws Exception {
        byte[] box = seal(secret("the secret"));
        int malformed = 0;
        for (int bit = 0; bit < 8 * box.length; bit++) {
            byte[] changed = box.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(open(changed)).as("bit %d", bit).isEmpty();
            } catch (MalformedException e) {
                assertThat(e.reason()).isIn(Reason.UNKNOWN_VERSION, Reason.TOO_LARGE);
                malformed++;
            }
        }
        assertThat(malformed).isBetween(40, 96);
    }

    @Test
    void open_noBox_isRefusedBeforeAnyWork() {
        byte[] box = seal(secret("the secret"));
        refused(Reason.TRUNCATED, new byte[0]);
        refused(Reason.TRUNCATED, Arrays.copyOf(box, 42));
        refused(Reason.UNKNOWN_VERSION, with(box, 0, 'l'));
        refused(Reason.UNKNOWN_VERSION, with(box, 4, 2));
        refused(Reason.TOO_LARGE, with(box, 5, 0x7f)); // two TiB of memory
        refused(Reason.TOO_LARGE, with(box, 9, 255));
        refused(Reason.TOO_LARGE, with(box, 9, 0));
        refused(Reason.TOO_LARGE, with(box, 10, 5));
        refused(Reason.TOO_LARGE, new byte[PassphraseBox.MAX_CONTENT_BYTES + 44]);
    }

    @Test
    void seal_twice_sharesNothing() {
        assertThat(seal(secret("the secret"))).isNotEqualTo(seal(secret("the secret")));
    }

    /** RFC 9106 §5.3, with secret and associated data: the generator we rely on is the RFC's function. */
    @Test
    void argon2id_vectorOfTheRfc_isMet() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);

        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private byte[] seal(SecretBytes secret) {
        return PassphraseBox.seal(passphrase, secret, random, CHEAP);
    }

    private Optional<SecretBytes> open(byte[] box) throws MalformedException {
        return PassphraseBox.open(box, passphrase);
    }

    private void refused(Reason reason, byte[] box) {
        assertThatThrownBy(() -> open(box))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] with(byte[] box, int at, int value) {
        byte[] changed = box.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
