package org.lamplighter.core.evidence.seal;

import org.lamplighter.core.evidence.SealedChunk;

/**
 * Takes the chunks of a file, one after the other, in order: an uploader, or a folder.
 *
 * @param <E> how it fails; the sealing then ends with the same exception
 */
@FunctionalInterface
public interface ChunkConsumer<E extends Exception> {
    /** Takes {@code chunk} and may keep it; the next one is sealed when this returns. A retry sends the same chunk again. */
    void accept(SealedChunk chunk) throws E;
}
