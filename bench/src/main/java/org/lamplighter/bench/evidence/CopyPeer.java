package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lamplighter.bench.evidence.Program.Spent;

/** Copying a file on one disk until the copy is on it, by programs that every Debian has. */
enum CopyPeer {
    /** Within the kernel: {@code copy_file_range(2)}. */
    CP("cp + sync", "cp \"$1\" \"$2\" && sync -f \"$2\""),
    /** By way of a program's memory, in pieces of a chunk's size, each written and one forced at the end. */
    DD("dd bs=4M conv=fsync", "dd if=\"$1\" of=\"$2\" bs=4M conv=fsync"),
    /** As a station has to: 4 MiB, forced, the next. */
    DD_EACH("dd bs=4M oflag=dsync", "dd if=\"$1\" of=\"$2\" bs=4M oflag=dsync");

    private final String title;
    private final String script;

    CopyPeer(String title, String script) {
        this.title = title;
        this.script = script;
    }

    String title() {
        return title;
    }

    /** Copies {@code from} to {@code to}, which is deleted afterwards. */
    Spent run(Path from, Path to) throws IOException, InterruptedException {
        Path output = to.resolveSibling("output-of-peer");
        try (Program program =
                Program.start(output, List.of(), List.of("sh", "-c", script, "sh", from.toString(), to.toString()))) {
            return program.end();
        } finally {
            Files.deleteIfExists(to);
        }
    }
}
