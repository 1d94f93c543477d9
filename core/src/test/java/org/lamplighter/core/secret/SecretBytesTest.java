package org.lamplighter.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SecretBytesTest {
    @Test
    void wipe_leavesZeros() {
        byte[] bytes = {1, 2, 3};
        char[] chars = {'a', 'b'};
        SecretBytes.wipe(bytes);
        SecretBytes.wipe(chars);
        assertThat(bytes).containsOnly(0);
        assertThat(chars).containsOnly('\0');
    }

    @Test
    void close_overwritesWhatWasTakenOver_andLeavesCopies() {
        byte[] taken = {1, 2, 3};
        byte[] copied = {1, 2, 3};
        SecretBytes.takeOver(taken).close();
        SecretBytes.copyOf(copied).close();
        assertThat(taken).containsOnly(0);
        assertThat(copied).containsExactly(1, 2, 3);
    }

    @Test
    void anyUse_afterClose_isAFault() {
        SecretBytes closed = SecretBytes.copyOf(new byte[] {1});
        SecretBytes open = SecretBytes.copyOf(new byte[] {1});
        closed.close();
        List<ThrowingCallable> uses = List.of(
                () -> closed.apply(bytes -> bytes.length),
                () -> closed.use(bytes -> {}),
                closed::reveal,
                () -> closed.matches(open),
                () -> open.matches(closed));
        assertThat(uses)
                .allSatisfy(use -> assertThatThrownBy(use)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("secret was wiped"));
    }

    @Test
    void matches_comparesBytes_andNothingIsPrinted() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2});
        assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1, 2}))).isTrue();
        assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1, 3}))).isFalse();
        assertThat(secret.matches(SecretBytes.copyOf(new byte[] {1}))).isFalse();
        assertThat(secret).hasToString("[REDACTED]");
        assertThat(secret.length()).isEqualTo(2);
    }
}
