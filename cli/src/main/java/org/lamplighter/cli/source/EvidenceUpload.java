package org.lamplighter.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lamplighter.client.ChunkStream;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.SafeText;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.evidence.seal.Sealer;

/**
 * Seals files while it reads them and uploads chunk after chunk. While one is on its way the next is sealed; what is in memory
 * is three chunks, whatever the size. One thread at a time.
 */
final class EvidenceUpload implements AutoCloseable {
    private final ChunkStream stream;
    private final ExecutorService hashing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("evidence-hash").factory());
    private final Sealer sealer;
    private final Progress progress;
    private long total;
    private long done;

    /** Seals with keys out of {@code random} and uploads with {@code uploader}, which it closes in the end. */
    EvidenceUpload(ChunkUploader uploader, SecureRandom random, Progress progress) {
        this.stream = ChunkStream.over(uploader);
        this.sealer = Sealer.of(random, hashing);
        this.progress = progress;
    }

    /** Uploads all files and yields their entries, with the keys of their parts. */
    List<FileEntry> files(List<OutgoingFile> files) throws StationFailure, CommandFailure, IOException {
        total = files.stream().mapToLong(OutgoingFile::sealedBytes).sum();
        List<FileEntry> entries = new ArrayList<>();
        for (OutgoingFile file : files) {
            entries.add(file(file));
        }
        stream.settle();
        return entries;
    }

    /** Uploads a document that does not fit into a message. */
    Part.Keyed document(byte[] document) throws StationFailure {
        total += SizeClass.least(document.length).sealedBytes();
        Part.Keyed part = sealer.sealDocument(document, this::upload);
        stream.settle();
        return part;
    }

    @Override
    public void close() {
        stream.close();
        hashing.close();
    }

    private FileEntry file(OutgoingFile file) throws StationFailure, CommandFailure, IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            return sealer.seal(file.name(), file.mediaType(), file.size(), in, this::upload);
        } catch (FileChangedException e) {
            throw CommandFailure.of(
                    "the file changed while it was sent, so nothing was handed over: " + SafeText.line(file.name()),
                    "close the program that writes to it, then run the command again");
        }
    }

    private void upload(SealedChunk chunk) throws StationFailure {
        long before = done;
        stream.send(chunk, sent -> progress.update("evidence", before + sent, total));
        done += chunk.length();
    }
}
