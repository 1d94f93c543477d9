package org.lamplighter.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Checks that a parser refuses for the right reason, and that this check would find one that does not. */
public final class Refusals {
    private Refusals() {}

    /** Reads bytes as some document, or throws {@link MalformedException}. */
    @FunctionalInterface
    public interface Reader {
        Object read(byte[] bytes) throws MalformedException;
    }

    /** {@code parsing} is refused for {@code reason}. */
    public static void assertRefused(Reason reason, ThrowingCallable parsing) {
        assertThatThrownBy(parsing)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /**
     * The attack {@code bytes} is refused by {@code reader} for {@code reason}, and the very same check fails on {@code
     * planted}, a reader without the one defence that the attack is about.
     */
    public static void assertAttackRefused(Reason reason, byte[] bytes, Reader reader, Reader planted) {
        assertRefused(reason, () -> reader.read(bytes));
        assertThatThrownBy(() -> assertRefused(reason, () -> planted.read(bytes)))
                .as("the planted fault is found")
                .isInstanceOf(AssertionError.class);
    }
}
