package org.lamplighter.station.epoch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.core.epoch.EpochLayout;

/**
 * The files of one published epoch, ready to be sent: the small ones and the hints in memory, the bodies by their path. The
 * files of an epoch never change. Immutable.
 */
public final class ServedEpoch {
    private static final List<String> IN_MEMORY =
            List.of(EpochLayout.HEAD, EpochLayout.PARAMETERS, EpochLayout.KEYS, EpochLayout.CHAIN, EpochLayout.HINTS);

    private final long number;
    private final long time;
    private final Map<String, EpochFile> files;

    private ServedEpoch(long number, long time, Map<String, EpochFile> files) {
        this.number = number;
        this.time = time;
        this.files = files;
    }

    /**
     * Loads the epoch that lies in {@code folder}.
     *
     * @throws IOException when a file is missing or a body has another length
     */
    static ServedEpoch load(long number, long time, Path folder, EpochLayout layout) throws IOException {
        Map<String, EpochFile> files = new HashMap<>();
        for (String name : IN_MEMORY) {
            ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
            files.put(name, new EpochFile.InMemory(content.asReadOnlyBuffer()));
        }
        for (int i = 0; i < EpochLayout.BODY_FILES; i++) {
            String name = EpochLayout.bodyFile(i);
            Path file = folder.resolve(name);
            if (Files.size(file) != layout.bodyFileLength()) {
                throw new NoSuchFileException(file.toString(), null, "a body file of another length");
            }
            files.put(name, new EpochFile.OnDisk(file, layout.bodyFileLength()));
        }
        return new ServedEpoch(number, time, Map.copyOf(files));
    }

    /** A file of an epoch. */
    public sealed interface EpochFile {
        /** {@code content} is read-only and shared: send a duplicate of it. */
        record InMemory(ByteBuffer content) implements EpochFile {}

        record OnDisk(Path path, int length) implements EpochFile {}
    }

    public long number() {
        return number;
    }

    /** The boundary, Unix seconds. */
    public long time() {
        return time;
    }

    /** The file of this name as in {@link EpochLayout}. */
    public Optional<EpochFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** A copy of a file that is in memory. */
    byte[] bytes(String name) {
        if (files.get(name) instanceof EpochFile.InMemory inMemory) {
            byte[] out = new byte[inMemory.content().remaining()];
            inMemory.content().duplicate().get(out);
            return out;
        }
        throw new IllegalArgumentException("not in memory: " + name);
    }
}
