package org.lamplighter.desk.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.open.ChunkSource;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * The chunks that were collected, each a file {@code chunks/ID} of the bytes that the station served: sealed by the source,
 * and of no use without the part keys in the vault. One thread at a time.
 */
public final class ChunkFolder implements ChunkSource {
    private static final String FOLDER = "chunks";
    private static final String COLLECTOR = "collector";

    private final Vault vault;
    private final Path folder;

    private ChunkFolder(Vault vault, Path folder) {
        this.vault = vault;
        this.folder = folder;
    }

    /** The chunks beside {@code vault}; removes what a crash left half-written. */
    public static ChunkFolder open(Vault vault) throws VaultException {
        Path folder = vault.folder().resolve(FOLDER);
        try {
            AtomicFile.createPrivateFolder(folder);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.tmp")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
            return new ChunkFolder(vault, folder);
        } catch (IOException e) {
            throw VaultException.of("cannot use the folder " + folder, e);
        }
    }

    /** How far the station's list was collected; the beginning when the vault does not say. */
    public Collected collected() throws VaultException {
        Optional<byte[]> bytes = vault.getIntact(COLLECTOR);
        if (bytes.isEmpty()) {
            return Collected.beginning();
        }
        try {
            return Collected.parse(bytes.get());
        } catch (MalformedException e) {
            return Collected.beginning();
        }
    }

    /** Whether the vault says how far the station's list was collected, or never began to. */
    public boolean isCollectedKnown() throws VaultException {
        try {
            Optional<byte[]> bytes = vault.getIntact(COLLECTOR);
            if (bytes.isPresent()) {
                Collected.parse(bytes.get());
            }
            return bytes.isPresent() == vault.names(COLLECTOR).contains(COLLECTOR);
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Remembers up to which sequence number the list was collected. */
    public void reached(long sequence) throws VaultException {
        put(collected().reached(sequence));
    }

    /** Reads the station's list from its beginning: a station that was restored has counted anew. */
    public void beginAgain() throws VaultException {
        put(Collected.beginning());
    }

    /** Remembers that a chunk came damaged; whether it is worth fetching again. */
    public boolean damaged(CollectResponse.Entry entry) throws VaultException {
        Collected now = collected().damaged(entry);
        put(now);
        return now.owed().stream().anyMatch(owed -> owed.entry().equals(entry));
    }

    /** Remembers that a chunk that had come damaged need not be fetched again. */
    public void settled(ChunkId id) throws VaultException {
        put(collected().settled(id));
    }

    /** Keeps a chunk; on the disk when this returns. The first bytes under an id stay. */
    public void keep(SealedChunk chunk) throws VaultException {
        Path file = file(chunk.id());
        ChunkHashes hashes = ChunkHashes.of(vault);
        if (Files.exists(file) && hashes.knows(chunk.id())) {
            return;
        }
        try {
            // The file first: a chunk whose hash is known is here, or was lost. One without was left by a crash.
            AtomicFile.write(file, chunk.buffer(), Access.PRIVATE);
            hashes.remember(chunk.id(), chunk.hash());
        } catch (IOException e) {
            throw VaultException.of("cannot write the evidence to " + folder, e);
        }
    }

    /** The files of the folder, which should be chunks and nothing else, in the order of their names. */
    public List<Path> files() throws VaultException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw VaultException.of("cannot read the folder " + folder, e);
        }
    }

    /** Chunks and bytes that were collected. */
    public Contents contents() throws VaultException {
        int chunks = 0;
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                chunks++;
                bytes += Files.size(file);
            }
            return new Contents(chunks, bytes);
        } catch (IOException e) {
            throw VaultException.of("cannot read the folder " + folder, e);
        }
    }

    /** What the folder holds. */
    public record Contents(int chunks, long bytes) {}

    @Override
    public Optional<byte[]> read(ChunkId id) throws IOException {
        try {
            return Optional.of(AtomicFile.read(file(id), SizeClass.MAX_CHUNK_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean holds(ChunkId id) {
        return Files.isRegularFile(file(id));
    }

    private void put(Collected collected) throws VaultException {
        vault.put(COLLECTOR, collected.encode());
    }

    private Path file(ChunkId id) {
        return folder.resolve(id.hex());
    }
}
