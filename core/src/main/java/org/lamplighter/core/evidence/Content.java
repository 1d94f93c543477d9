package org.lamplighter.core.evidence;

import org.lamplighter.core.wire.Digest;

/**
 * What identifies the content of a file. Secret in effect: whoever owns the original could tell by it that this file was
 * handed over, so it stands only inside sealed documents.
 *
 * @param size in bytes
 * @param chunkRoot root of the chunk tree (docs/spec 5.1)
 * @param sha256 of the whole
 */
public record Content(long size, Digest chunkRoot, Digest sha256) {
    @Override
    public String toString() {
        return "Content[REDACTED]";
    }
}
