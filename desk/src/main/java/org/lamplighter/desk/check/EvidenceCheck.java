package org.lamplighter.desk.check;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.client.Progress;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.evidence.ChunkFolder;
import org.lamplighter.desk.evidence.ChunkHashes;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/** Submissions that were opened, and collected chunks with the hashes that the vault keeps of them (docs/spec 8.1, 8.4). */
final class EvidenceCheck {
    private final Vault vault;
    private final Inbox inbox;
    private final ChunkFolder folder;
    private final Progress progress;

    EvidenceCheck(Vault vault, Inbox inbox, ChunkFolder folder, Progress progress) {
        this.vault = vault;
        this.inbox = inbox;
        this.folder = folder;
        this.progress = progress;
    }

    /** Submissions, and what was opened with secrets that are gone since, belong to messages that are here. */
    Finding documents() throws VaultException {
        Faults faults = new Faults();
        Set<String> known = new HashSet<>();
        for (Message message : inbox.messages()) {
            known.add(message.key().entryName(""));
        }
        int submissions = 0;
        for (String prefix : List.of("document/", "opened/", "share/")) {
            for (String name : vault.names(prefix)) {
                faults.addIf(
                        !known.contains(name.substring(prefix.length())), "evidence of a message that is not here");
            }
        }
        for (String name : vault.names("document/")) {
            Optional<byte[]> content = vault.getIntact(name);
            try {
                if (content.isPresent()) {
                    Submission.parse(content.get());
                    submissions++;
                }
            } catch (MalformedException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return faults.finding("every submission that was opened parses", submissions + " submissions");
    }

    /** Every chunk file is one that was collected, byte for byte, and every chunk that was collected is there. */
    Finding chunks() throws VaultException {
        Faults faults = new Faults();
        Map<ChunkId, Digest> hashes = Map.of();
        try {
            hashes = ChunkHashes.of(vault).all();
            faults.addIf(!folder.isCollectedKnown(), "how far the station's list was read cannot be told");
        } catch (MalformedException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        Set<ChunkId> found = new HashSet<>();
        List<Path> files = folder.files();
        long total = folder.contents().bytes();
        long done = 0;
        for (Path file : files) {
            done += chunk(file, hashes, found, faults);
            progress.update("evidence", Math.min(done, total), total);
        }
        Set<ChunkId> missing = new HashSet<>(hashes.keySet());
        missing.removeAll(found);
        faults.addIf(!missing.isEmpty(), missing.size() + " pieces that were collected are missing");
        found.removeAll(hashes.keySet());
        return faults.finding(
                "every piece of evidence is there with its length and hash",
                files.size() + " pieces"
                        + (found.isEmpty() ? "" : ", " + found.size() + " of them to be collected once more"));
    }

    /** Yields how many bytes it has read. */
    private static int chunk(Path file, Map<ChunkId, Digest> hashes, Set<ChunkId> found, Faults faults)
            throws VaultException {
        try {
            ChunkId id = ChunkId.parseHex(String.valueOf(file.getFileName()), "name of a piece");
            found.add(id);
            byte[] bytes = AtomicFile.read(file, SizeClass.MAX_CHUNK_BYTES);
            faults.addIf(!SizeClass.isChunkLength(bytes.length), "a piece of a length that no piece has");
            // A crash came between the file and its hash: the piece is collected once more.
            Optional<Digest> known = Optional.ofNullable(hashes.get(id));
            faults.addIf(
                    known.isPresent() && !known.get().equals(sha256(bytes)),
                    "a piece with other bytes than were collected");
            return bytes.length;
        } catch (MalformedException e) {
            faults.add("a file among the evidence that is none");
            return 0;
        } catch (IOException e) {
            throw VaultException.of("cannot read " + file, e);
        }
    }

    private static Digest sha256(byte[] bytes) {
        try {
            return Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
