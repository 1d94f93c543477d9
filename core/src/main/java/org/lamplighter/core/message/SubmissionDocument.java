package org.lamplighter.core.message;

import java.util.Arrays;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** The document of a submission's one message (docs/spec/03-message.md 3.3): the submission, or where to find it. */
public sealed interface SubmissionDocument {
    /** Most bytes of a submission that stands in the message itself. */
    int MAX_WHOLE = StructuredMessage.MAX_CONTENT - 1;

    /** Mode 0: the submission stands here. */
    record Whole(Submission submission) implements SubmissionDocument {
        public Whole {
            if (submission.encode().length > MAX_WHOLE) {
                throw new IllegalArgumentException("submission does not fit");
            }
        }
    }

    /**
     * Mode 1: the submission, {@code length} bytes, is a sealed part of its own (5.3).
     *
     * @param length more than {@value #MAX_WHOLE}, as it would stand here otherwise, and at most {@value Submission#MAX_LENGTH}
     */
    record Elsewhere(int length, Part.Keyed part) implements SubmissionDocument {
        public Elsewhere {
            if (length <= MAX_WHOLE || length > Submission.MAX_LENGTH) {
                throw new IllegalArgumentException("length out of range");
            }
        }
    }

    /** Content of the structured message, at most 3371 bytes. */
    default byte[] encode() {
        return switch (this) {
            case Whole whole ->
                new ByteWriter().u8(0).bytes(whole.submission().encode()).toByteArray();
            case Elsewhere elsewhere -> {
                ByteWriter writer = new ByteWriter().u8(1).u32(elsewhere.length());
                elsewhere.part().writeTo(writer);
                yield writer.toByteArray();
            }
        };
    }

    /** Reads the content of a message of kind 1. */
    static SubmissionDocument parse(byte[] document) throws MalformedException {
        if (document.length > StructuredMessage.MAX_CONTENT) {
            throw new MalformedException(Reason.TOO_LARGE, "submission document: too long");
        }
        ByteReader reader = ByteReader.of(document, "submission document");
        return switch (reader.u8()) {
            case 0 -> new Whole(Submission.parse(Arrays.copyOfRange(document, 1, document.length)));
            case 1 -> readElsewhere(reader);
            default -> throw new MalformedException(Reason.BAD_FIELD, "submission document: unknown mode");
        };
    }

    /** Whether {@code submission} is short enough for {@link Whole}. */
    static boolean fits(Submission submission) {
        return submission.encode().length <= MAX_WHOLE;
    }

    /** A submission of {@code length} bytes that was sealed as a part under {@code key}. */
    static SubmissionDocument elsewhere(int length, PartKey key) {
        return new Elsewhere(length, Part.Keyed.of(key));
    }

    private static SubmissionDocument readElsewhere(ByteReader reader) throws MalformedException {
        long length = reader.u32();
        Part part = Part.read(reader);
        reader.end();
        if (length > Submission.MAX_LENGTH) {
            throw new MalformedException(Reason.TOO_LARGE, "submission document: submission too long");
        }
        if (length <= MAX_WHOLE || !(part instanceof Part.Keyed keyed)) {
            throw new MalformedException(Reason.BAD_FIELD, "submission document: part");
        }
        return new Elsewhere((int) length, keyed);
    }
}
