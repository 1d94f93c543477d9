package org.lamplighter.station.epoch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lamplighter.station.durable.DurableFiles;

/**
 * Where the files of epochs lie: {@code epochs/7/}, {@code epochs/building-8/} until it is published, and {@code
 * epochs/retired-6/} while it is deleted. Names only.
 */
public record EpochFolders(Path folder) {
    private static final String BUILDING = "building-";
    private static final String RETIRED = "retired-";

    /** Where the files of a published epoch lie. */
    public Path published(long epoch) {
        return folder.resolve(Long.toString(epoch));
    }

    /** Where they lie before. */
    public Path building(long epoch) {
        return folder.resolve(BUILDING + epoch);
    }

    /** Where they lie while they are deleted: what has a final name is whole. */
    Path retired(long epoch) {
        return folder.resolve(RETIRED + epoch);
    }

    /** Whether {@code entry} is what is left of an epoch that is or was being deleted. */
    public boolean isRetired(Path entry) {
        return String.valueOf(entry.getFileName()).matches(RETIRED + "[1-9][0-9]{0,17}");
    }

    /** Numbers of the epochs that have a folder of their final name, in ascending order. */
    public List<Long> published() throws IOException {
        List<Long> out = new ArrayList<>();
        for (Path entry : DurableFiles.entries(folder)) {
            String name = String.valueOf(entry.getFileName());
            if (name.matches("[1-9][0-9]{0,17}")) {
                out.add(Long.valueOf(name));
            }
        }
        return out.stream().sorted().toList();
    }

    /** Whatever else is in the folder. */
    public List<Path> others() throws IOException {
        return DurableFiles.entries(folder).stream()
                .filter(entry -> !String.valueOf(entry.getFileName()).matches("[1-9][0-9]{0,17}"))
                .toList();
    }
}
