package org.lamplighter.cli.source;

import java.util.List;

/**
 * What a source wants to hand over.
 *
 * @param text may be empty when there are files
 * @param to names or ids of journalists; empty for all of them
 * @param sealed whether two holders of shares must open the files together
 */
public record Draft(String text, List<OutgoingFile> files, List<String> to, boolean sealed) {
    public Draft {
        files = List.copyOf(files);
        to = List.copyOf(to);
    }

    /** Bytes of all files. */
    public long fileBytes() {
        return files.stream().mapToLong(OutgoingFile::size).sum();
    }

    /** Bytes of evidence that go over the network. */
    public long uploadBytes() {
        return files.stream().mapToLong(OutgoingFile::sealedBytes).sum();
    }

    @Override
    public String toString() {
        return "Draft[REDACTED]";
    }
}
