package org.lamplighter.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One way into a parser, for any bytes whatever: it may take the input or refuse it with its own checked exception, and nothing
 * else. Immutable; as thread-safe as the parser.
 */
public final class FuzzTarget {
    private final String name;
    private final int most;
    private final List<Class<? extends Exception>> refusals;
    private final Attempt attempt;
    private final List<byte[]> seeds;

    private FuzzTarget(
            String name, int most, List<Class<? extends Exception>> refusals, Attempt attempt, List<byte[]> seeds) {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("the name of a target is the name of a file");
        }
        this.name = name;
        this.most = most;
        this.refusals = refusals;
        this.attempt = attempt;
        this.seeds = seeds;
    }

    /** Gives the input to the parser and checks what comes out. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Whether the parser took the input.
         *
         * @throws AssertionError when what it made of it is wrong
         * @throws Exception its refusal
         */
        boolean accepts(byte[] input) throws Exception;
    }

    /** Parses and encodes again. */
    @FunctionalInterface
    public interface Reencoding {
        byte[] of(byte[] input) throws Exception;
    }

    /** Parses text and writes it again. */
    @FunctionalInterface
    public interface Rewriting {
        String of(String text) throws Exception;
    }

    /** A parser of at most {@code most} bytes, which {@code attempt} checks. */
    public static FuzzTarget of(String name, int most, Attempt attempt) {
        return new FuzzTarget(name, most, List.of(), attempt, List.of());
    }

    /** A parser with one encoding for each value: what it takes, it writes back as it was, and leaves its input alone. */
    public static FuzzTarget canonical(String name, int most, Reencoding reencoding) {
        return of(name, most, input -> {
            byte[] given = input.clone();
            requireSame(reencoding.of(given), input);
            requireSame(given, input);
            return true;
        });
    }

    /** A parser of text with one form for each value. */
    public static FuzzTarget canonicalText(String name, int most, Rewriting rewriting) {
        return of(name, most, input -> {
            String text = text(input);
            requireSame(rewriting.of(text), text);
            return true;
        });
    }

    /** A parser of text that people type in several ways: what it writes, it reads again as the same. */
    public static FuzzTarget typedText(String name, int most, Rewriting rewriting) {
        return of(name, most, input -> {
            String written = rewriting.of(text(input));
            String again;
            try {
                again = rewriting.of(written);
            } catch (Exception e) {
                throw new AssertionError("refuses what it wrote", e);
            }
            requireSame(again, written);
            return true;
        });
    }

    /** The same target, whose parser may refuse an input with {@code refusal}. */
    public FuzzTarget refusing(Class<? extends Exception> refusal) {
        List<Class<? extends Exception>> all = new ArrayList<>(refusals);
        all.add(refusal);
        return new FuzzTarget(name, most, List.copyOf(all), attempt, seeds);
    }

    /** The same target with more inputs to begin with. */
    public FuzzTarget seeded(List<byte[]> more) {
        List<byte[]> all = new ArrayList<>(seeds);
        more.forEach(seed -> all.add(seed.clone()));
        return new FuzzTarget(name, most, refusals, attempt, List.copyOf(all));
    }

    /** The same target with one more input to begin with. */
    public FuzzTarget seeded(byte[] seed) {
        return seeded(List.of(seed));
    }

    /** The same target with one more text to begin with. */
    public FuzzTarget seeded(String text) {
        return seeded(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of an input; bytes that are not UTF-8 become U+FFFD, and U+FFFE stands for half a surrogate pair. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace('\ufffe', '\ud800');
    }

    /** Fails when a parser wrote other bytes than it read. */
    public static void requireSame(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("read " + hex(read) + " and wrote " + hex(written));
        }
    }

    /** Fails when a parser wrote another text than it read. */
    public static void requireSame(String written, String read) {
        requireSame(written.getBytes(StandardCharsets.UTF_16BE), read.getBytes(StandardCharsets.UTF_16BE));
    }

    /** Fails with {@code what} unless {@code holds}. */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /**
     * Gives {@code input} to the parser.
     *
     * @return whether it took it
     * @throws AssertionError when it broke its promise: another exception, or another encoding
     */
    public boolean run(byte[] input) {
        try {
            return attempt.accepts(input);
        } catch (Exception e) {
            if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
                throw new AssertionError(name + ": refused with " + e.getClass().getName(), e);
            }
            return false;
        }
    }

    /** Names the target and its file. */
    public String name() {
        return name;
    }

    /** Longest input in bytes that is worth trying. */
    public int most() {
        return most;
    }

    /** Inputs to begin with, made by code. */
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public String toString() {
        return name;
    }

    private static String hex(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 200));
        return bytes.length + " bytes " + hex;
    }
}
