package org.lamplighter.desk.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verified file gets a name that nothing has, whatever came into the folder since it was listed. */
final class ExportPlaceTest {
    @TempDir
    private Path folder;

    @Test
    void fileThatCameMeanwhile_isNotReplaced_andTheVerifiedOneGetsTheNextName() throws Exception {
        List<String> listedBefore = new ArrayList<>();
        Path mine = Files.writeString(folder.resolve("ledger.csv"), "mine");
        Path temporary = Files.writeString(folder.resolve(".verified"), "verified");

        Path placed = Export.place(temporary, "ledger.csv", folder, listedBefore);

        assertThat(mine).hasContent("mine");
        assertThat(placed).isNotEqualTo(mine).hasContent("verified");
        assertThat(temporary).doesNotExist();
        assertThat(listedBefore).contains("ledger.csv", placed.getFileName().toString());
    }
}
