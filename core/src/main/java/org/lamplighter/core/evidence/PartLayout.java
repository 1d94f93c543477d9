package org.lamplighter.core.evidence;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where one part of a file lies and how it is padded; all of it follows from the file's size (docs/spec 5.2).
 *
 * @param offset of the first byte in the file, a multiple of 256 MiB
 * @param contentLength bytes of the file in this part, 0 to 256 MiB
 * @param sizeClass what it is padded to
 */
public record PartLayout(long offset, int contentLength, SizeClass sizeClass) {
    /** The most parts of one file, and of all files of a submission. */
    public static final int MAX_PARTS = 16_384;

    /** The largest file: 4 TiB. */
    public static final long MAX_FILE_BYTES = (long) MAX_PARTS * SizeClass.MIB_256.bytes();

    private static final int FULL = SizeClass.MIB_256.bytes();

    public PartLayout {
        if (contentLength < 0 || contentLength > sizeClass.bytes() || offset < 0 || offset % FULL != 0) {
            throw new IllegalArgumentException("no such part");
        }
    }

    /** Number of parts of a file of {@code size} bytes, at least 1; a size that no file can have is a fault of the caller. */
    public static int count(long size) {
        if (!isFileSize(size)) {
            throw new IllegalArgumentException("a file has 0 to " + MAX_FILE_BYTES + " bytes, not " + size);
        }
        return (int) Math.max(1, (size + FULL - 1) / FULL);
    }

    /** Whether a file can have {@code size} bytes. */
    public static boolean isFileSize(long size) {
        return size >= 0 && size <= MAX_FILE_BYTES;
    }

    /** Part number {@code index}, from 0, of a file of {@code size} bytes. */
    public static PartLayout of(long size, int index) {
        int count = count(size);
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("part " + index + " of " + count);
        }
        long offset = (long) index * FULL;
        int length = (int) Math.min(FULL, size - offset);
        // A file of several parts shows a multiple of 256 MiB and no more of its size: its last part is padded to the
        // full class.
        return new PartLayout(offset, length, count > 1 ? SizeClass.MIB_256 : SizeClass.least(size));
    }

    /** All parts of a file of {@code size} bytes, in order. */
    public static List<PartLayout> ofFile(long size) {
        return IntStream.range(0, count(size))
                .mapToObj(index -> of(size, index))
                .toList();
    }

    /** Bytes that are uploaded for a file of {@code size} bytes. */
    public static long sealedBytes(long size) {
        return count(size) * of(size, 0).sizeClass().sealedBytes();
    }
}
