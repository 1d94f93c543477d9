package org.lamplighter.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.Hex;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

final class SigningKeyTest {
    private final SigningKey key = SigningKey.fromSeed(SecretBytes.takeOver(Hex.seeded(1, 32)));

    @Test
    void sign_tagged_verifiesUnderTheSameTagOnly() throws MalformedException {
        byte[] signature = key.sign("nr-sig", new byte[] {1, 2});
        VerifyingKey verifyingKey = VerifyingKey.parse(key.verifyingKey().toByteArray());

        assertThat(verifyingKey).isEqualTo(key.verifyingKey()).hasSameHashCodeAs(key.verifyingKey());
        assertThat(verifyingKey.verifies("nr-sig", new byte[] {1, 2}, signature))
                .isTrue();
        assertThat(verifyingKey.verifies("j-sig-ltk", new byte[] {1, 2}, signature))
                .isFalse();
        assertThat(verifyingKey.verifies("nr-sig", new byte[] {1}, signature)).isFalse();
    }

    @Test
    void verifyingKeys_areEqualByTheirBytes() {
        VerifyingKey other =
                SigningKey.fromSeed(SecretBytes.takeOver(Hex.seeded(2, 32))).verifyingKey();

        assertThat(key.verifyingKey()).isNotEqualTo(other).isNotEqualTo("a text");
        assertThat(key.verifyingKey()).doesNotHaveSameHashCodeAs(other);
        assertThat(key.verifyingKey()).hasToString(key.verifyingKey().hex());
        assertThat(key.verifyingKey().hex()).hasSize(64).isNotEqualTo(other.hex());
    }

    /** docs/spec 0.6: no signature of one kind can be taken for another. */
    @Test
    void sign_taggedAndNote_neverSignTheSameBytes() {
        byte[] note = "lamplighter-roster/v1\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(key.verifyingKey().verifiesNote(note, key.signNote(note))).isTrue();
        assertThat(key.verifyingKey().verifies("l", note, key.signNote(note))).isFalse();

        assertThatThrownBy(() -> key.sign("x".repeat(32), note)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key.signNote(new byte[] {6, 'n'})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key.signNote(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seed_kept_givesTheSameKeyAgain() {
        assertThat(SigningKey.fromSeed(key.seed()).verifyingKey()).isEqualTo(key.verifyingKey());
        assertThat(key).hasToString("[REDACTED]");
    }

    @Test
    void sign_afterClose_isAFault() {
        SigningKey closed = SigningKey.fromSeed(key.seed());
        closed.close();

        assertThatThrownBy(() -> closed.sign("nr-sig", new byte[0])).isInstanceOf(IllegalStateException.class);
    }
}
