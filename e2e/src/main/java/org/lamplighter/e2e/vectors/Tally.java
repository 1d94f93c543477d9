package org.lamplighter.e2e.vectors;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;

/** Counts what passed and failed in one file. One thread at a time. */
final class Tally {
    private final List<String> failures = new ArrayList<>();
    private int passed;

    /** The comparison of one vector with this program; whatever it throws fails the vector. */
    @FunctionalInterface
    interface Vector {
        void check() throws Mismatch, MalformedException, MnemonicException;
    }

    /** The comparison of one entry of a list. */
    @FunctionalInterface
    interface Entry {
        void check(Fields entry) throws Mismatch, MalformedException, MnemonicException;
    }

    void vector(String name, Vector vector) {
        try {
            vector.check();
            passed++;
        } catch (Mismatch | MalformedException | MnemonicException e) {
            failures.add(name + ": " + e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            // A length that a primitive refuses: the vector has it wrong.
            failures.add(name + ": " + e);
        }
    }

    /** Each entry of the list {@code name} is one vector; an empty list fails. */
    void vectors(Fields file, String name, Entry entry) {
        List<Fields> entries;
        try {
            entries = file.list(name);
            Mismatch.unless(!entries.isEmpty(), name + " is empty");
        } catch (Mismatch e) {
            failures.add(e.getMessage());
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            Fields fields = entries.get(i);
            vector(name + "[" + i + "]", () -> entry.check(fields));
        }
    }

    int passed() {
        return passed;
    }

    int failed() {
        return failures.size();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
