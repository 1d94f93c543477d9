package org.lamplighter.core.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.lamplighter.core.evidence.open.ChunkSource;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.evidence.seal.Sealer;

/** Seals 300 MiB in two parts, then seals 40 MiB into a folder and opens it: for a virtual machine with little memory. */
final class FlatMemory {
    private static final int MIB = 1 << 20;

    private FlatMemory() {}

    public static void main(String[] arguments) throws IOException, FileChangedException {
        Path folder = Path.of(arguments[0]);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Sealer sealer = Sealer.of(new SecureRandom(), executor);
            AtomicLong bytes = new AtomicLong();
            FileEntry large =
                    sealer.seal("a", "", 300L * MIB, new Pattern(300L * MIB), chunk -> bytes.addAndGet(chunk.length()));
            System.out.println(large.parts().size() + " parts " + bytes);

            FileEntry entry = sealer.seal("a", "", 40L * MIB, new Pattern(40L * MIB), chunk -> write(folder, chunk));
            System.out.println(Opener.of(new Folder(folder), executor).open(entry, OutputStream.nullOutputStream()));
        }
    }

    private static void write(Path folder, SealedChunk chunk) {
        Path file = folder.resolve(chunk.id().hex());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(chunk.buffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Folder(Path folder) implements ChunkSource {
        @Override
        public Optional<byte[]> read(ChunkId id) throws IOException {
            return Optional.of(Files.readAllBytes(folder.resolve(id.hex())));
        }

        @Override
        public boolean holds(ChunkId id) {
            return Files.exists(folder.resolve(id.hex()));
        }
    }
}
