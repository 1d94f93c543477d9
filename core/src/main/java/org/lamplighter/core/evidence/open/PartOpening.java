package org.lamplighter.core.evidence.open;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.lamplighter.core.evidence.ContentHasher;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.open.OpenResult.Damage;
import org.lamplighter.core.evidence.open.OpenResult.Damaged;
import org.lamplighter.core.evidence.open.OpenResult.Missing;
import org.lamplighter.core.evidence.stream.SegmentCipher;

/** One part on its way from chunks to bytes (docs/spec 5.4, 5.5, 5.8). One thread at a time, once. */
final class PartOpening {
    private final Part.Keyed part;
    private final SizeClass sizeClass;
    private final ChunkSource source;
    private final ContentHasher hasher;
    private final SegmentCipher cipher;
    private final byte[] plain;
    private int left;

    PartOpening(Part.Keyed part, PartLayout layout, ChunkSource source, ContentHasher hasher) {
        this.part = part;
        this.sizeClass = layout.sizeClass();
        this.source = source;
        this.hasher = hasher;
        this.cipher = SegmentCipher.opening(part.key(), sizeClass.segments());
        this.plain = new byte[sizeClass.segmentsPerChunk() * SizeClass.SEGMENT_BYTES];
        this.left = layout.contentLength();
    }

    /** Writes the content, without padding; gives what went wrong, if anything did. */
    Optional<OpenResult> writeTo(OutputStream out) throws IOException {
        for (int index = 0; index < sizeClass.chunks(); index++) {
            Optional<byte[]> chunk = source.read(part.key().chunkId(index));
            if (chunk.isEmpty()) {
                return Optional.of(new Missing(1));
            }
            Optional<Damage> damage = open(chunk.get());
            if (damage.isPresent()) {
                return damage.map(Damaged::new);
            }
            int content = Math.min(plain.length, left);
            if (!isZero(content)) {
                return Optional.of(new Damaged(Damage.PADDING));
            }
            hasher.beginBlock(plain, content);
            out.write(plain, 0, content);
            hasher.endBlock();
            left -= content;
        }
        return Optional.empty();
    }

    private Optional<Damage> open(byte[] chunk) {
        if (chunk.length != sizeClass.chunkLength()) {
            return Optional.of(Damage.CHUNK_LENGTH);
        }
        for (int segment = 0; segment < sizeClass.segmentsPerChunk(); segment++) {
            int from = segment * SizeClass.SEALED_SEGMENT_BYTES;
            if (!cipher.open(chunk, from, plain, segment * SizeClass.SEGMENT_BYTES)) {
                return Optional.of(Damage.SEGMENT);
            }
        }
        return Optional.empty();
    }

    private boolean isZero(int from) {
        int seen = 0;
        for (int i = from; i < plain.length; i++) {
            seen |= plain[i];
        }
        return seen == 0;
    }
}
