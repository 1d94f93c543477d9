package org.lamplighter.desk.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.open.ChunkSource;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
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
    private static final int VERSION = 1;

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

    /** The sequence number up to which the station's list was collected; 0 in the beginning. */
    public long collectedThrough() throws VaultException {
        Optional<byte[]> bytes = vault.getIntact(COLLECTOR);
        if (bytes.isEmpty()) {
            return 0;
        }
        try {
            ByteReader in = ByteReader.of(bytes.get(), COLLECTOR);
            in.version(VERSION);
            long sequence = in.u64();
            in.end();
            return sequence;
        } catch (MalformedException e) {
            return 0;
        }
    }

    /** Remembers up to which sequence number the list was collected. */
    public void collected(long sequence) throws VaultException {
        vault.put(COLLECTOR, new ByteWriter().u8(VERSION).u64(sequence).toByteArray());
    }

    /** Keeps a chunk; on the disk when this returns. The first bytes under an id stay. */
    public void keep(SealedChunk chunk) throws VaultException {
        Path file = file(chunk.id());
        if (Files.exists(file)) {
            return;
        }
        try {
            AtomicFile.write(file, chunk.toByteArray(), Access.PRIVATE);
        } catch (IOException e) {
            throw VaultException.of("cannot write the evidence to " + folder, e);
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

    private Path file(ChunkId id) {
        return folder.resolve(id.hex());
    }
}
