package org.lamplighter.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.lamplighter.testkit.fuzz.Patch;

/** Texts that a key of ours signs: the least change that makes one of whatever the input is. */
public final class Signable {
    private Signable() {}

    /** {@code text} with a letter at its beginning and a newline at its end. */
    public static String text(String text) {
        String begun = text.matches("(?s)[a-z].*") ? text : "l" + text;
        return begun.endsWith("\n") ? begun : begun + "\n";
    }

    /** {@code text} after the changes in {@code input}, as {@link #text} makes it. */
    public static String patched(String text, byte[] input) {
        return text(new String(Patch.apply(text.getBytes(UTF_8), input), UTF_8));
    }
}
