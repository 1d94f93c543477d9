package org.lamplighter.core.evidence.share;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Which share of which set: what a share says of itself besides its bytes (docs/spec 7.2). Immutable.
 *
 * @param index from 1 to {@code count}
 * @param count how many shares there are, at most 16
 * @param threshold how many open, at least 2
 */
public record ShareRule(ShareSetId setId, int index, int count, int threshold) {
    private static final Pattern LINE = Pattern.compile("([1-9][0-9]?) of ([1-9][0-9]?), any ([1-9][0-9]?) open");

    /** Numbers that cannot stand together are a fault of the caller. */
    public ShareRule {
        if (!isPossible(index, count, threshold)) {
            throw new IllegalArgumentException("share " + index + " of " + count + ", any " + threshold);
        }
    }

    /** Reads the value of the line {@code share}. */
    static ShareRule parse(ShareSetId setId, String line, String what) throws MalformedException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": expected INDEX of COUNT, any THRESHOLD open");
        }
        int index = Integer.parseInt(matcher.group(1));
        int count = Integer.parseInt(matcher.group(2));
        int threshold = Integer.parseInt(matcher.group(3));
        if (!isPossible(index, count, threshold)) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": no such share");
        }
        return new ShareRule(setId, index, count, threshold);
    }

    ShareRule withIndex(int other) {
        return new ShareRule(setId, other, count, threshold);
    }

    /**
     * What a share is sealed and hashed with (docs/spec 7.4). The rule stands in it although the binding has it: whoever opens
     * a sealed share alone knows the binding by its hash only.
     */
    byte[] context(SealBinding binding) {
        return new ByteWriter()
                .ascii("ll-share/v1")
                .bytes(setId.toByteArray())
                .u8(index)
                .u8(threshold)
                .u8(count)
                .bytes(binding.toByteArray())
                .toByteArray();
    }

    /** The lines {@code set} and {@code share}. */
    String lines() {
        return "set " + setId.hex() + "\nshare " + index + " of " + count + ", any " + threshold + " open\n";
    }

    private static boolean isPossible(int index, int count, int threshold) {
        return SealedKeys.isRule(threshold, count) && index >= 1 && index <= count;
    }
}
