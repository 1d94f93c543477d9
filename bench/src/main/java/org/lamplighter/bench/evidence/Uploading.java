package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lamplighter.client.ChunkStream;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.wire.MalformedException;

/**
 * A source's upload in a process of its own, without the session before and after it, which waits for moments on a grid: what
 * {@code source send} does between them. Prints seconds from the first byte read to the last receipt verified.
 */
final class Uploading {
    private Uploading() {}

    /** {@code seal} or {@code sealed}, address of the station, newsroom's key, file. */
    public static void main(String[] args)
            throws IOException, StationFailure, FileChangedException, MalformedException {
        Route route = Route.of(StationAddress.parse(args[1]), Optional.empty());
        NewsroomKey newsroom =
                NewsroomKey.parse(Files.readString(Path.of(args[2])).strip());
        SecureRandom random = new SecureRandom();
        StationClient client = StationClient.of(
                route, newsroom, random, InstantSource.system(), Backoff.doubling(Duration.ofSeconds(1)));
        StationCertificate certificate;
        try (StationSession session = client.session()) {
            certificate =
                    session.fetch(Optional.empty(), (what, done, total) -> {}).certificate();
        }
        Path file = Path.of(args[3]);
        long start = System.nanoTime();
        try (ChunkStream stream = ChunkStream.over(client.uploader(certificate));
                ExecutorService hashing = Executors.newSingleThreadExecutor();
                InputStream in = Files.newInputStream(file)) {
            if (args[0].equals("seal")) {
                Sealer.of(random, hashing)
                        .seal("file", "", Files.size(file), in, chunk -> stream.send(chunk, sent -> {}));
            } else {
                sendAsItIs(in, random, stream);
            }
            stream.settle();
        }
        System.out.println((System.nanoTime() - start) / 1e9);
    }

    /** Sends the file in pieces of the largest chunk: the station cannot tell sealed bytes from others. */
    private static void sendAsItIs(InputStream in, SecureRandom random, ChunkStream stream)
            throws IOException, StationFailure {
        try (PartKey key = PartKey.generate(random)) {
            int index = 0;
            for (byte[] read = in.readNBytes(SizeClass.MAX_CHUNK_BYTES);
                    read.length > 0;
                    read = in.readNBytes(SizeClass.MAX_CHUNK_BYTES)) {
                byte[] chunk = Arrays.copyOf(read, SizeClass.MAX_CHUNK_BYTES);
                stream.send(SealedChunk.takeOver(key.chunkId(index++), chunk), sent -> {});
            }
        }
    }
}
