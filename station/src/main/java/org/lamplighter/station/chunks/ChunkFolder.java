package org.lamplighter.station.chunks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.durable.DurableFiles;

/**
 * Where chunks lie: {@code chunks/ab/ab….} by the first byte of the id, and {@code chunks/arriving/} for what is not
 * entered yet. Names only; no file is opened here.
 */
public record ChunkFolder(Path folder) {
    private static final int SHELVES = 256;
    private static final int ID_DIGITS = 2 * ChunkId.LENGTH;

    /** Creates the folders in {@code folder}, which must be there, and forces them. */
    public static ChunkFolder create(Path folder, DurableFiles files) throws IOException {
        ChunkFolder created = new ChunkFolder(folder);
        files.createFolder(created.arriving());
        for (int i = 0; i < SHELVES; i++) {
            files.createFolder(folder.resolve(String.format("%02x", i)));
        }
        files.forceFolder(folder);
        return created;
    }

    /** Where the chunk lies when it is entered. */
    public Path path(ChunkId id) {
        String hex = id.hex();
        return folder.resolve(hex.substring(0, 2)).resolve(hex);
    }

    /** Where chunks lie until they are entered. */
    public Path arriving() {
        return folder.resolve("arriving");
    }

    /** A name among the arriving for an upload of this chunk; {@code nonce} tells uploads of one chunk apart. */
    Path arrival(ChunkId id, long nonce) {
        return arriving().resolve(id.hex() + "-" + Long.toHexString(nonce));
    }

    /** Whose upload a file among the arriving is; empty when its name is not one of ours. */
    static Optional<ChunkId> arrivalOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.length() <= ID_DIGITS || name.charAt(ID_DIGITS) != '-') {
            return Optional.empty();
        }
        return parse(name.substring(0, ID_DIGITS));
    }

    /** Files on the shelves, of whatever name. For a check: lists everything. */
    public List<Path> shelved() throws IOException {
        List<Path> out = new ArrayList<>();
        for (Path shelf : DurableFiles.entries(folder)) {
            if (!shelf.equals(arriving()) && Files.isDirectory(shelf)) {
                out.addAll(DurableFiles.entries(shelf));
            }
        }
        return out;
    }

    private static Optional<ChunkId> parse(String hex) {
        try {
            return Optional.of(ChunkId.parseHex(hex, "chunk id"));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
