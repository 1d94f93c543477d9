package org.lamplighter.e2e.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The blocks of docs/operations/install.md, in order. */
final class InstallPage {
    /** Where a block is typed, and its lines without the first, which says so. */
    record Block(String machine, String commands) {}

    private InstallPage() {}

    /** One block for each machine that the first line of one names, as {@code # newsroom, laptop} or {@code # laptop, root}. */
    static List<Block> read(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        String[] parts = Files.readString(page).split("(?m)^```.*\n", -1);
        for (int i = 1; i < parts.length; i += 2) {
            int end = parts[i].indexOf('\n');
            String first = parts[i].substring(0, end);
            if (!first.startsWith("# ")) {
                throw new AssertionError("a block without a machine: " + parts[i]);
            }
            String commands = parts[i].substring(end + 1);
            if (first.equals("# laptop, root")) {
                blocks.add(new Block(first.substring(2), commands));
                continue;
            }
            for (String machine : first.substring(2).split(", ", -1)) {
                blocks.add(new Block(machine, commands));
            }
        }
        return blocks;
    }
}
