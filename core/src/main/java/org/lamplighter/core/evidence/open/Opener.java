package org.lamplighter.core.evidence.open;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.Content;
import org.lamplighter.core.evidence.ContentHasher;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.open.OpenResult.Damage;
import org.lamplighter.core.evidence.open.OpenResult.Damaged;
import org.lamplighter.core.evidence.open.OpenResult.Missing;
import org.lamplighter.core.evidence.open.OpenResult.Opened;
import org.lamplighter.core.wire.Digest;

/**
 * Opens files from their chunks (docs/spec 5.8), keeping one chunk in memory.
 *
 * <p>Bytes are written as their segments prove authentic, which is before the last check. So the output must be a temporary
 * file that gets its name after {@link Opened}, and is deleted after anything else; nothing may be shown from it before.
 *
 * <p>Thread-safe as far as source and executor are.
 */
public final class Opener {
    /** Missing chunks beyond which none is counted. */
    public static final int MOST_COUNTED = 1000;

    private final ChunkSource source;
    private final Executor executor;

    private Opener(ChunkSource source, Executor executor) {
        this.source = source;
        this.executor = executor;
    }

    /** An opener that does everything in the calling thread. */
    public static Opener of(ChunkSource source) {
        return new Opener(source, Runnable::run);
    }

    /** An opener that hashes on {@code executor} while it opens. */
    public static Opener of(ChunkSource source, Executor executor) {
        return new Opener(source, executor);
    }

    /**
     * How many chunks of {@code entry}, which must have its keys, have not arrived. Counts no further once {@value
     * #MOST_COUNTED} are missing: a source may name a million that never will.
     */
    public long missing(FileEntry entry) throws IOException {
        List<Part.Keyed> parts = keyed(entry);
        long missing = 0;
        for (int i = 0; i < parts.size() && missing < MOST_COUNTED; i++) {
            missing += missing(parts.get(i), PartLayout.of(entry.size(), i).sizeClass());
        }
        return missing;
    }

    /**
     * Writes the file of {@code entry}, which must have its keys, to {@code out}, which is not closed. Nothing is written
     * when a chunk is missing from the start or a commitment is wrong.
     */
    public OpenResult open(FileEntry entry, OutputStream out) throws IOException {
        List<Part.Keyed> parts = keyed(entry);
        if (!parts.stream().allMatch(Opener::isCommitted)) {
            return new Damaged(Damage.COMMITMENT);
        }
        long missing = missing(entry);
        if (missing > 0) {
            return new Missing(missing);
        }
        ContentHasher hasher = ContentHasher.on(executor);
        for (int i = 0; i < parts.size(); i++) {
            Optional<OpenResult> failure =
                    new PartOpening(parts.get(i), PartLayout.of(entry.size(), i), source, hasher).writeTo(out);
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        return judge(entry, hasher.content());
    }

    /** Writes the document of {@code length} bytes that {@code Sealer.sealDocument} sealed as {@code part} to {@code out}. */
    public OpenResult openDocument(Part.Keyed part, int length, OutputStream out) throws IOException {
        if (!isCommitted(part)) {
            return new Damaged(Damage.COMMITMENT);
        }
        SizeClass sizeClass = SizeClass.least(length);
        long missing = missing(part, sizeClass);
        if (missing > 0) {
            return new Missing(missing);
        }
        ContentHasher hasher = ContentHasher.on(Runnable::run);
        PartLayout layout = new PartLayout(0, length, sizeClass);
        return new PartOpening(part, layout, source, hasher).writeTo(out).orElseGet(() -> new Opened(length));
    }

    private long missing(Part.Keyed part, SizeClass sizeClass) throws IOException {
        long missing = 0;
        for (int index = 0; index < sizeClass.chunks(); index++) {
            ChunkId id = part.key().chunkId(index);
            missing += source.holds(id) ? 0 : 1;
        }
        return missing;
    }

    private static List<Part.Keyed> keyed(FileEntry entry) {
        if (entry.isLocked()) {
            throw new IllegalArgumentException("the keys of this file are sealed");
        }
        return entry.parts().stream().map(Part.Keyed.class::cast).toList();
    }

    /** GCM does not commit to its key: without this, one set of chunks could open to two files under two keys. */
    private static boolean isCommitted(Part.Keyed part) {
        return areEqual(part.key().commitment(), part.commitment());
    }

    private static OpenResult judge(FileEntry entry, Content content) {
        if (!areEqual(content.chunkRoot(), entry.chunkRoot())) {
            return new Damaged(Damage.CHUNK_ROOT);
        }
        if (!areEqual(content.sha256(), entry.sha256())) {
            return new Damaged(Damage.SHA256);
        }
        return new Opened(content.size());
    }

    private static boolean areEqual(Digest a, Digest b) {
        return MessageDigest.isEqual(a.toByteArray(), b.toByteArray());
    }
}
