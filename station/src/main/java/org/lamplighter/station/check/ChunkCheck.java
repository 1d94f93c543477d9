package org.lamplighter.station.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.store.ChunkTable;
import org.lamplighter.station.store.ChunkTable.Chunk;
import org.lamplighter.station.store.ChunkTable.Numbered;

/** Chunk files against the table of chunks (docs/spec 5.5, 5.7). Reads every byte. */
final class ChunkCheck {
    private static final int BATCH = 512;

    private ChunkCheck() {}

    static List<Finding> run(ChunkTable table, ChunkFolder folder, Optional<StationParameters> parameters, long today)
            throws IOException {
        Faults faults = new Faults();
        Set<Path> expected = new HashSet<>();
        Set<Path> arrived = new HashSet<>(DurableFiles.entries(folder.arriving()));
        long sequence = 0;
        int count = 0;
        for (List<Numbered> batch = table.after(0, BATCH); !batch.isEmpty(); batch = table.after(sequence, BATCH)) {
            for (Numbered numbered : batch) {
                Chunk chunk = numbered.chunk();
                Path file = folder.path(chunk.id());
                expected.add(file);
                compare(chunk, file, arrived, today, faults);
                faults.addIf(!SizeClass.isChunkLength(chunk.length()), "a chunk of a length that no chunk has");
                faults.addIf(
                        parameters.isPresent()
                                && chunk.day() > today + parameters.get().chunkTtlDays(),
                        "a chunk is promised for longer than any can be");
                sequence = numbered.sequence();
                count++;
            }
        }
        return List.of(
                faults.finding("every chunk is there with its length and hash", count + " chunks"),
                leftovers(folder, expected, arrived));
    }

    private static void compare(Chunk chunk, Path file, Set<Path> arrived, long today, Faults faults)
            throws IOException {
        Path bytes = file;
        if (!Files.exists(file)) {
            if (chunk.day() < today) {
                return; // its removal was interrupted, and will be done again
            }
            Optional<Path> arrival = arrived.stream()
                    .filter(path -> String.valueOf(path.getFileName())
                            .startsWith(chunk.id().hex()))
                    .findFirst();
            if (arrival.isEmpty()) {
                faults.add("a chunk is missing");
                return;
            }
            bytes = arrival.get(); // entered and not renamed: the next start does it
        }
        faults.addIf(Files.size(bytes) != chunk.length(), "a chunk of another length than entered");
        faults.addIf(!FileDigest.of(bytes).equals(chunk.hash()), "a chunk with other bytes than entered");
    }

    private static Finding leftovers(ChunkFolder folder, Set<Path> expected, Set<Path> arrived) throws IOException {
        Faults faults = new Faults();
        for (Path file : folder.shelved()) {
            faults.addIf(!expected.contains(file), "a file on the shelves that is not entered: " + file.getFileName());
        }
        String remark =
                arrived.isEmpty() ? "" : arrived.size() + " arriving, or left by a crash; the next start clears up";
        return faults.finding("no chunk lies around", remark);
    }
}
