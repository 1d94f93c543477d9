package org.lamplighter.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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

/** Seals files while it reads them and uploads chunk after chunk; holds one chunk in memory, whatever the size. */
final class EvidenceUpload implements AutoCloseable {
    private final ChunkUploader uploader;
    private final Sealer sealer;
    private final Progress progress;
    private long total;
    private long done;

    /** Uploads with {@code uploader}, which it closes in the end. */
    EvidenceUpload(ChunkUploader uploader, Sealer sealer, Progress progress) {
        this.uploader = uploader;
        this.sealer = sealer;
        this.progress = progress;
    }

    /** Uploads all files and yields their entries, with the keys of their parts. */
    List<FileEntry> files(List<OutgoingFile> files) throws StationFailure, CommandFailure, IOException {
        total = files.stream().mapToLong(OutgoingFile::sealedBytes).sum();
        List<FileEntry> entries = new ArrayList<>();
        for (OutgoingFile file : files) {
            entries.add(file(file));
        }
        return entries;
    }

    /** Uploads a document that does not fit into a message. */
    Part.Keyed document(byte[] document) throws StationFailure {
        total += SizeClass.least(document.length).sealedBytes();
        return sealer.sealDocument(document, this::upload);
    }

    @Override
    public void close() {
        uploader.close();
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
        uploader.upload(chunk, sent -> progress.update("evidence", done + sent, total));
        done += chunk.length();
    }
}
