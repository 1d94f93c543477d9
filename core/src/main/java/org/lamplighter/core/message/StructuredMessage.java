package org.lamplighter.core.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.MessageId;

/**
 * The fixed-size plaintext that every envelope carries, {@value #LENGTH} bytes (docs/spec/03-message.md 3.1). Whatever {@link #parse}
 * accepts, {@link #encode} writes back as the same bytes. Immutable.
 */
public final class StructuredMessage {
    /** Bytes of {@link #encode}. */
    public static final int LENGTH = 3440;

    /** Most bytes of content in one message. */
    public static final int MAX_CONTENT = 3371;

    /** Most parts of one document. */
    public static final int MAX_PARTS = 8;

    private static final String WHAT = "structured message";
    private static final JournalistId NOBODY = JournalistId.copyOf(new byte[JournalistId.LENGTH]);

    private final MessageHeader header;
    private final int part;
    private final int parts;
    private final byte[] content;

    private StructuredMessage(MessageHeader header, int part, int parts, byte[] content) {
        this.header = header;
        this.part = part;
        this.parts = parts;
        this.content = content;
    }

    /** A message of one part; {@code content} is at most {@value #MAX_CONTENT} bytes. */
    public static StructuredMessage of(MessageHeader header, byte[] content) {
        return part(header, 1, 1, content);
    }

    /** Part {@code part} of {@code parts}: see {@link Parts#split}. */
    static StructuredMessage part(MessageHeader header, int part, int parts, byte[] content) {
        Optional<String> fault = faultOfParts(header.kind(), part, parts, content.length);
        if (content.length > MAX_CONTENT || fault.isPresent()) {
            throw new IllegalArgumentException(fault.orElse("content too long"));
        }
        return new StructuredMessage(header, part, parts, content.clone());
    }

    /** The sender's own copy of this message (3.5): the same id, parts, reference and addressees, other content. */
    StructuredMessage selfCopy(byte[] selfCopyContent) {
        MessageHeader copied = new MessageHeader(
                MessageKind.SELF_COPY, header.prekeySlot(), header.id(), header.reference(), header.addressees());
        return part(copied, part, parts, selfCopyContent);
    }

    /**
     * Reads {@value #LENGTH} bytes.
     *
     * @throws MalformedException for another size, an unknown version or kind, a number out of its range, an unused field or
     *     padding that is not zero
     */
    public static StructuredMessage parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        reader.version(1);
        MessageKind kind = MessageKind.of(reader.u8());
        long prekeySlot = reader.u32();
        MessageId id = MessageId.copyOf(reader.bytes(MessageId.LENGTH));
        int part = reader.u16();
        int parts = reader.u16();
        Optional<MessageId> reference = Optional.of(MessageId.copyOf(reader.bytes(MessageId.LENGTH)))
                .filter(value -> !value.equals(MessageHeader.NO_REFERENCE));
        List<JournalistId> addressees = readAddressees(reader);
        int length = reader.u16();
        if (length > MAX_CONTENT) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": content too long");
        }
        byte[] content = reader.bytes(length);
        readPadding(reader, MAX_CONTENT - length);
        Optional<String> fault = faultOfParts(kind, part, parts, length);
        if (fault.isPresent()) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": " + fault.get());
        }
        return new StructuredMessage(
                new MessageHeader(kind, prekeySlot, id, reference, addressees), part, parts, content);
    }

    public byte[] encode() {
        ByteWriter writer = new ByteWriter()
                .u8(1)
                .u8(header.kind().code())
                .u32(header.prekeySlot())
                .bytes(header.id().toByteArray())
                .u16(part)
                .u16(parts)
                .bytes(header.reference().orElse(MessageHeader.NO_REFERENCE).toByteArray())
                .u8(header.addressees().size());
        for (int i = 0; i < MessageHeader.MAX_ADDRESSEES; i++) {
            boolean used = i < header.addressees().size();
            writer.bytes((used ? header.addressees().get(i) : NOBODY).toByteArray());
        }
        return writer.u16(content.length).bytes(content).padTo(LENGTH).toByteArray();
    }

    public MessageHeader header() {
        return header;
    }

    /** From 1 to {@link #parts}. */
    public int part() {
        return part;
    }

    public int parts() {
        return parts;
    }

    /** A copy of the content, at most {@value #MAX_CONTENT} bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Whether both are parts of one message. The slot may differ: a later part may have been sealed in a later slot. */
    boolean isPartOfSameMessage(StructuredMessage other) {
        MessageHeader theirs = other.header;
        return parts == other.parts
                && header.kind() == theirs.kind()
                && header.id().equals(theirs.id())
                && header.reference().equals(theirs.reference())
                && header.addressees().equals(theirs.addressees());
    }

    /** SHA-256 of {@link #encode}: what self-copy and commitment name. */
    public Digest digest() {
        return Digest.copyOf(Sha256.digest(encode()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructuredMessage that
                && part == that.part
                && parts == that.parts
                && header.equals(that.header)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + Arrays.hashCode(content);
    }

    /** Names the type only: a message is not for logs. */
    @Override
    public String toString() {
        return "StructuredMessage[REDACTED]";
    }

    private static List<JournalistId> readAddressees(ByteReader reader) throws MalformedException {
        int count = reader.u8();
        if (count > MessageHeader.MAX_ADDRESSEES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many addressees");
        }
        List<JournalistId> addressees = new ArrayList<>();
        for (int i = 0; i < MessageHeader.MAX_ADDRESSEES; i++) {
            JournalistId id = JournalistId.copyOf(reader.bytes(JournalistId.LENGTH));
            if (i < count) {
                addressees.add(id);
            } else if (!id.equals(NOBODY)) {
                throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": an unused addressee is not zero");
            }
        }
        return addressees;
    }

    /** Exactly {@code length} zero bytes, then the end: 0.2. */
    private static void readPadding(ByteReader reader, int length) throws MalformedException {
        if (reader.remaining() > length) {
            throw new MalformedException(Reason.TRAILING_BYTES, WHAT + ": bytes after the end");
        }
        if (reader.remaining() < length) {
            throw new MalformedException(Reason.TRUNCATED, WHAT + ": too short");
        }
        reader.zerosToEnd();
    }

    /** All parts but the last are full and the last is not empty, so that a document has one way to be split (3.2). */
    private static Optional<String> faultOfParts(MessageKind kind, int part, int parts, int length) {
        if (part < 1 || part > parts || parts > MAX_PARTS) {
            return Optional.of("part numbers out of range");
        }
        if (kind == MessageKind.SELF_COPY) {
            return Optional.empty();
        }
        if (parts > 1 && !kind.mayHaveParts()) {
            return Optional.of("this kind has one part");
        }
        boolean full = part < parts;
        if (full ? length != MAX_CONTENT : parts > 1 && length == 0) {
            return Optional.of("only the last part may be shorter, and it is not empty");
        }
        return Optional.empty();
    }
}
