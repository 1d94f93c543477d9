package org.lamplighter.core.evidence.open;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Forge;
import org.lamplighter.core.evidence.MemoryChunks;
import org.lamplighter.core.evidence.NaiveTree;
import org.lamplighter.core.wire.Digest;

/**
 * A second implementation of opening, in memory and from the words of docs/spec 5 alone. Without a fault it is what the
 * opener is held against; with one it shows that a test would notice if the opener had it.
 */
final class ReferenceOpener {
    /** A check that is left out. */
    enum Fault {
        FINAL_FLAG_IGNORED,
        COUNTER_IGNORED,
        COMMITMENT_UNCHECKED,
        PADDING_UNCHECKED,
        CHUNK_ROOT_UNCHECKED,
        SHA256_UNCHECKED,
        LENGTH_UNCHECKED
    }

    private static final int[] CLASSES = {
        1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 25, 1 << 26, 1 << 27, 1 << 28
    };

    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);

    ReferenceOpener(Fault... faults) {
        this.faults.addAll(List.of(faults));
    }

    /** The file, when it passes the checks that are not left out. For files of at most 256 MiB. */
    Optional<byte[]> open(FileEntry entry, MemoryChunks chunks) {
        byte[] key = entry.keys().getFirst().secret().reveal();
        if (!same(
                Fault.COMMITMENT_UNCHECKED,
                commitment(key),
                entry.parts().getFirst().commitment())) {
            return Optional.empty();
        }
        int padded = Arrays.stream(CLASSES)
                .filter(size -> size >= entry.size())
                .findFirst()
                .orElseThrow();
        Optional<byte[]> part = part(key, padded, chunks);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        byte[] file = Arrays.copyOf(part.get(), (int) entry.size());
        byte[] padding = Arrays.copyOfRange(part.get(), file.length, padded);
        boolean clean = Arrays.equals(padding, new byte[padding.length]) || faults.contains(Fault.PADDING_UNCHECKED);
        Digest root = Digest.copyOf(NaiveTree.root(NaiveTree.pieces(file)));
        boolean good = clean
                && same(Fault.CHUNK_ROOT_UNCHECKED, root, entry.chunkRoot())
                && same(Fault.SHA256_UNCHECKED, NaiveTree.digest(file), entry.sha256());
        return good ? Optional.of(file) : Optional.empty();
    }

    private Optional<byte[]> part(byte[] key, int padded, MemoryChunks chunks) {
        int segments = padded / 65_536;
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < Math.max(1, segments / 64); i++) {
            ChunkId id = ChunkId.copyOf(Forge.derive(key, "ll-chunk-id/v1", 16, i));
            Optional<byte[]> chunk = chunks.read(id);
            int length = Math.min(segments, 64) * 65_552;
            if (chunk.isEmpty() || (chunk.get().length != length && !faults.contains(Fault.LENGTH_UNCHECKED))) {
                return Optional.empty();
            }
            for (int at = 0; at < length; at += 65_552) {
                sealed.add(Arrays.copyOfRange(chunk.get(), at, at + 65_552));
            }
        }
        byte[] plain = new byte[padded];
        for (int j = 0; j < segments; j++) {
            byte[] opened = segment(key, j, segments, sealed.get(j));
            if (opened.length == 0) {
                return Optional.empty();
            }
            System.arraycopy(opened, 0, plain, j * 65_536, 65_536);
        }
        return Optional.of(plain);
    }

    private byte[] segment(byte[] key, int j, int segments, byte[] sealed) {
        int last = j == segments - 1 ? 1 : 0;
        byte[] opened = Forge.open(key, j, last, sealed);
        if (opened.length == 0 && faults.contains(Fault.FINAL_FLAG_IGNORED)) {
            opened = Forge.open(key, j, 1 - last, sealed);
        }
        for (int other = 0; opened.length == 0 && other < segments && faults.contains(Fault.COUNTER_IGNORED); other++) {
            opened = Forge.open(key, other, other == segments - 1 ? 1 : 0, sealed);
        }
        return opened;
    }

    private boolean same(Fault fault, Digest a, Digest b) {
        return a.equals(b) || faults.contains(fault);
    }

    private static Digest commitment(byte[] key) {
        return Digest.copyOf(Forge.derive(key, "ll-part-commit/v1", 32));
    }
}
