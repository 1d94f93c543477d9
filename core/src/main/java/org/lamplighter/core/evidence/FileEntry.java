package org.lamplighter.core.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A file in a submission (docs/spec 3.3): its name, what identifies its content, and its parts. Holds part keys; {@link
 * #toString} shows nothing. Immutable.
 *
 * @param name as the source has it: see {@link #isName}. Whoever writes files makes it safe first
 * @param mediaType as the source claims it: see {@link #isMediaType}
 * @param size of the file in bytes
 * @param chunkRoot root of the chunk tree (5.1)
 * @param sha256 of the whole file
 * @param parts as many as {@link PartLayout#count} says, all keyed or all locked
 */
public record FileEntry(String name, String mediaType, long size, Digest chunkRoot, Digest sha256, List<Part> parts) {
    /** The longest name in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 255;

    /** The longest media type in bytes. */
    public static final int MAX_MEDIA_TYPE_BYTES = 127;

    /** Fields that do not fit together are a fault of the caller. */
    public FileEntry {
        parts = List.copyOf(parts);
        if (!isName(name) || !isMediaType(mediaType)) {
            throw new IllegalArgumentException("name or media type of a file that no submission can hold");
        }
        if (parts.size() != PartLayout.count(size)) {
            throw new IllegalArgumentException("a file of another number of parts");
        }
        if (isMixed(parts)) {
            throw new IllegalArgumentException("a file with and without keys");
        }
    }

    /**
     * Whether a submission can hold this name: 1 to 255 bytes of UTF-8, no {@code /}, {@code \} or control character, and
     * neither {@code .} nor {@code ..}.
     */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.codePoints().noneMatch(FileEntry::isForbidden)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /** Whether a submission can hold this media type: at most 127 printable ASCII characters. */
    public static boolean isMediaType(String mediaType) {
        return mediaType.length() <= MAX_MEDIA_TYPE_BYTES && mediaType.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Reads one entry, from the name on. */
    public static FileEntry read(ByteReader in) throws MalformedException {
        String name = in.text16(MAX_NAME_BYTES);
        String mediaType = in.text16(MAX_MEDIA_TYPE_BYTES);
        long size = in.u64();
        Digest chunkRoot = Digest.copyOf(in.bytes(Digest.LENGTH));
        Digest sha256 = Digest.copyOf(in.bytes(Digest.LENGTH));
        long count = in.u32();
        require(isName(name), "file name");
        require(isMediaType(mediaType), "media type");
        require(PartLayout.isFileSize(size), "file size");
        require(count == PartLayout.count(size), "number of parts");
        List<Part> parts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            parts.add(Part.read(in));
        }
        require(!isMixed(parts), "part keys");
        return new FileEntry(name, mediaType, size, chunkRoot, sha256, parts);
    }

    /** Writes what {@link #read} reads. */
    public void writeTo(ByteWriter out) {
        out.text16(name)
                .text16(mediaType)
                .u64(size)
                .bytes(chunkRoot.toByteArray())
                .bytes(sha256.toByteArray())
                .u32(parts.size());
        parts.forEach(part -> part.writeTo(out));
    }

    /** Whether the keys are elsewhere: in the sealed keys of the submission (docs/spec 7). */
    public boolean isLocked() {
        return parts.getFirst() instanceof Part.Locked;
    }

    /** The part keys in order; empty when the file is locked. */
    public List<PartKey> keys() {
        return parts.stream()
                .filter(Part.Keyed.class::isInstance)
                .map(part -> ((Part.Keyed) part).key())
                .toList();
    }

    /** The same file without its keys. */
    public FileEntry lock() {
        List<Part> locked = parts.stream()
                .<Part>map(part -> new Part.Locked(part.commitment()))
                .toList();
        return new FileEntry(name, mediaType, size, chunkRoot, sha256, locked);
    }

    /**
     * The same file with {@code keys}, one for each part. Whether they are the right ones is checked against the
     * commitments when the file is opened.
     */
    public FileEntry unlock(List<PartKey> keys) {
        if (keys.size() != parts.size()) {
            throw new IllegalArgumentException(keys.size() + " keys for " + parts.size() + " parts");
        }
        List<Part> keyed = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            keyed.add(new Part.Keyed(keys.get(i), parts.get(i).commitment()));
        }
        return new FileEntry(name, mediaType, size, chunkRoot, sha256, keyed);
    }

    /** All of {@code files} with {@code keys}, which are those of all their parts, in order (docs/spec 7.3). */
    public static List<FileEntry> unlockAll(List<FileEntry> files, List<PartKey> keys) {
        if (files.stream().mapToLong(file -> file.parts().size()).sum() != keys.size()) {
            throw new IllegalArgumentException(keys.size() + " keys for another number of parts");
        }
        List<FileEntry> unlocked = new ArrayList<>();
        int at = 0;
        for (FileEntry file : files) {
            int end = at + file.parts().size();
            unlocked.add(file.unlock(keys.subList(at, end)));
            at = end;
        }
        return List.copyOf(unlocked);
    }

    @Override
    public String toString() {
        return "FileEntry[REDACTED]";
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint == '/'
                || codePoint == '\\'
                || Character.getType(codePoint) == Character.CONTROL
                // Half of a pair has no UTF-8.
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static boolean isMixed(List<Part> parts) {
        long locked = parts.stream().filter(Part.Locked.class::isInstance).count();
        return locked != 0 && locked != parts.size();
    }

    private static void require(boolean holds, String field) throws MalformedException {
        if (!holds) {
            throw new MalformedException(Reason.BAD_FIELD, "file entry: " + field);
        }
    }
}
