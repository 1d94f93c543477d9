package org.lamplighter.cli.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.SafeText;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.PartLayout;

/**
 * A file that a source hands over.
 *
 * @param path where it is
 * @param name what the journalist sees
 * @param mediaType by its name, or {@code application/octet-stream}
 * @param size in bytes when it was looked at
 */
public record OutgoingFile(Path path, String name, String mediaType, long size) {
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    /** Looks at {@code path}, which must be a regular file that can be read. */
    public static OutgoingFile of(Path path) throws CommandFailure, IOException {
        String shown = SafeText.line(path.toString());
        if (Files.isDirectory(path)) {
            throw CommandFailure.of(
                    "a folder cannot be sent: " + shown,
                    "pack it into one file first, for example with zip -r evidence.zip FOLDER, and send that");
        }
        if (!Files.exists(path)) {
            throw CommandFailure.of("no such file: " + shown, "check the name after --file");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw CommandFailure.of("this file cannot be read: " + shown, "check its owner and permissions");
        }
        Path last = path.toAbsolutePath().getFileName();
        String name = last == null ? "" : last.toString();
        if (!FileEntry.isName(name)) {
            throw CommandFailure.of(
                    "a file of this name cannot be sent: " + shown,
                    "give it a shorter name without control characters");
        }
        long size = Files.size(path);
        if (!PartLayout.isFileSize(size)) {
            throw CommandFailure.of("the file is too large: " + shown, "split it into several files");
        }
        return new OutgoingFile(path, name, mediaType(path), size);
    }

    /** Bytes that go over the network: the file, padded and sealed. */
    public long sealedBytes() {
        return PartLayout.sealedBytes(size);
    }

    private static String mediaType(Path path) throws IOException {
        return Optional.ofNullable(Files.probeContentType(path))
                .filter(FileEntry::isMediaType)
                .orElse(UNKNOWN_TYPE);
    }
}
