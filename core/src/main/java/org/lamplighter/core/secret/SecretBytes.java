package org.lamplighter.core.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Secret bytes of any length: a key, a seed, a passphrase's entropy.
 *
 * <p>Never printed, never compared except by {@link #matches}, never serialised. {@link #close} overwrites the array. The
 * virtual machine may have copied it while moving objects; wiping is best effort, and we rely on short scope and on the
 * memory of the process not being readable by others. Reading the bytes needs {@link #apply}, {@link #use} or {@link #reveal}, so one
 * search for those names lists every place that handles raw secrets.
 *
 * <p>Not thread-safe against a concurrent {@link #close}; otherwise immutable.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy of {@code bytes}; the caller still owns, and wipes, its own array. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Takes over {@code bytes} without copying: the caller must not touch the array again. */
    public static SecretBytes takeOver(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** {@code length} bytes from {@code random}. */
    public static SecretBytes generate(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** Length in bytes; known even after closing. */
    public int length() {
        return bytes.length;
    }

    /** Gives {@code body} the bytes for the duration of the call. The array must neither be kept nor changed. */
    public <T> T apply(Function<byte[], T> body) {
        checkOpen();
        return body.apply(bytes);
    }

    /** As {@link #apply}, without a result. */
    public void use(Consumer<byte[]> body) {
        checkOpen();
        body.accept(bytes);
    }

    /** A copy of the bytes, which the caller must wipe with {@link #wipe}. */
    public byte[] reveal() {
        checkOpen();
        return bytes.clone();
    }

    /** Whether both hold the same bytes, in time that depends on the lengths alone. */
    public boolean matches(SecretBytes other) {
        checkOpen();
        other.checkOpen();
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** Overwrites {@code bytes} with zeros. */
    public static void wipe(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Overwrites {@code chars} with zeros. */
    public static void wipe(char[] chars) {
        Arrays.fill(chars, '\0');
    }

    @Override
    public void close() {
        wipe(bytes);
        closed = true;
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("secret was wiped");
        }
    }
}
