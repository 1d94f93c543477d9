package org.lamplighter.core.evidence.share;

import java.util.List;
import org.lamplighter.core.evidence.PartKey;

/** What became of an attempt to open sealed keys with shares. */
public sealed interface KeyOpening {
    /** The part keys of all files, in order. */
    record Opened(List<PartKey> keys) implements KeyOpening {
        public Opened {
            keys = List.copyOf(keys);
        }
    }

    /** All shares are good, but {@code given} different ones are fewer than the {@code needed}. */
    record TooFew(int given, int needed) implements KeyOpening {}

    /** The share that calls itself {@code index} is not one of this set. */
    record BadShare(int index, Fault fault) implements KeyOpening {}

    /** All shares are what they were when the set was made, yet they do not open: it was made wrongly, or changed since. */
    record Damaged() implements KeyOpening {}

    /** What is wrong with a share. */
    enum Fault {
        /** It belongs to another set, or names another rule. */
        OTHER_SET,
        /** It was made for other files: one of the two sets was copied from a submission into another. */
        OTHER_EVIDENCE,
        /** Its bytes are not those of this share. */
        WRONG_BYTES
    }
}
