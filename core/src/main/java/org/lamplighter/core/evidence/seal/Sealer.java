package org.lamplighter.core.evidence.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.lamplighter.core.evidence.Content;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.stream.SegmentCipher;

/**
 * Seals files to chunks (docs/spec 5), reading each byte once and keeping one chunk in memory.
 *
 * <p>Every part has a key that is made here, for this reading, and that nobody hands in: what was read once is sealed once,
 * so a file that changes on disk can spoil its own sealing and never bring two plaintexts under one key and counter.
 *
 * <p>Thread-safe as far as the random source and the executor are; one call seals one file.
 */
public final class Sealer {
    private final SecureRandom random;
    private final Executor executor;

    private Sealer(SecureRandom random, Executor executor) {
        this.random = random;
        this.executor = executor;
    }

    /** A sealer that does everything in the calling thread. */
    public static Sealer of(SecureRandom random) {
        return new Sealer(random, Runnable::run);
    }

    /** A sealer that hashes on {@code executor} while it seals. */
    public static Sealer of(SecureRandom random, Executor executor) {
        return new Sealer(random, executor);
    }

    /**
     * Reads a file of {@code size} bytes for the first time, without sealing: for showing the source what will be sent, and
     * for {@link #sealAgain}.
     */
    public Content read(long size, InputStream in) throws IOException, FileChangedException {
        Reading reading = new Reading(in, size, content -> true, executor);
        byte[] block = new byte[SizeClass.MIB_4.bytes()];
        for (long left = size; left > 0; left -= block.length) {
            reading.next(block, (int) Math.min(block.length, left));
            reading.release();
        }
        return reading.finish();
    }

    /**
     * Seals a file of {@code size} bytes, which {@code in} must give exactly; it is not closed.
     *
     * @param name as {@link FileEntry#isName} wants it
     * @param mediaType as {@link FileEntry#isMediaType} wants it
     * @param chunks gets {@link PartLayout#sealedBytes} bytes, in order
     * @return the entry, with its keys, once the last chunk was taken
     */
    public <E extends Exception> FileEntry seal(
            String name, String mediaType, long size, InputStream in, ChunkConsumer<E> chunks)
            throws IOException, FileChangedException, E {
        return seal(name, mediaType, new Reading(in, size, content -> true, executor), chunks);
    }

    /** As {@link #seal}, and refuses a file that is not what {@link #read} found, before the last of its chunks is given away. */
    public <E extends Exception> FileEntry sealAgain(
            String name, String mediaType, Content expected, InputStream in, ChunkConsumer<E> chunks)
            throws IOException, FileChangedException, E {
        return seal(name, mediaType, new Reading(in, expected.size(), expected::equals, executor), chunks);
    }

    /** Seals a document of 0 bytes to 256 MiB as one part without name and hashes (docs/spec 3.3, mode 1). */
    public <E extends Exception> Part.Keyed sealDocument(byte[] document, ChunkConsumer<E> chunks) throws E {
        Reading reading =
                new Reading(new ByteArrayInputStream(document), document.length, content -> true, Runnable::run);
        SizeClass sizeClass = SizeClass.least(document.length);
        try {
            return sealPart(
                    PartKey.generate(random),
                    new PartLayout(0, document.length, sizeClass),
                    reading,
                    buffer(sizeClass),
                    chunks);
        } catch (IOException | FileChangedException e) {
            throw new IllegalStateException("bytes in memory changed their length", e);
        }
    }

    private <E extends Exception> FileEntry seal(
            String name, String mediaType, Reading reading, ChunkConsumer<E> chunks)
            throws IOException, FileChangedException, E {
        if (!FileEntry.isName(name) || !FileEntry.isMediaType(mediaType)) {
            throw new IllegalArgumentException("name or media type of a file that no submission can hold");
        }
        List<Part> parts = new ArrayList<>();
        List<PartKey> keys = new ArrayList<>();
        boolean done = false;
        try {
            byte[] block = buffer(PartLayout.of(reading.size(), 0).sizeClass());
            for (PartLayout layout : PartLayout.ofFile(reading.size())) {
                keys.add(PartKey.generate(random));
                parts.add(sealPart(keys.getLast(), layout, reading, block, chunks));
            }
            Content content = reading.finish();
            done = true;
            return new FileEntry(name, mediaType, content.size(), content.chunkRoot(), content.sha256(), parts);
        } finally {
            if (!done) {
                keys.forEach(PartKey::close);
            }
        }
    }

    private static <E extends Exception> Part.Keyed sealPart(
            PartKey key, PartLayout layout, Reading reading, byte[] block, ChunkConsumer<E> chunks)
            throws IOException, FileChangedException, E {
        SizeClass sizeClass = layout.sizeClass();
        SegmentCipher cipher = SegmentCipher.sealing(key, sizeClass.segments());
        int left = layout.contentLength();
        for (int index = 0; index < sizeClass.chunks(); index++) {
            int content = Math.min(block.length, left);
            reading.next(block, content);
            Arrays.fill(block, content, block.length, (byte) 0);
            byte[] sealed = new byte[sizeClass.chunkLength()];
            for (int segment = 0; segment < sizeClass.segmentsPerChunk(); segment++) {
                cipher.seal(block, segment * SizeClass.SEGMENT_BYTES, sealed, segment * SizeClass.SEALED_SEGMENT_BYTES);
            }
            reading.release();
            left -= content;
            chunks.accept(SealedChunk.takeOver(key.chunkId(index), sealed));
        }
        return Part.Keyed.of(key);
    }

    private static byte[] buffer(SizeClass sizeClass) {
        return new byte[sizeClass.segmentsPerChunk() * SizeClass.SEGMENT_BYTES];
    }
}
