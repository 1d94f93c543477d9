package org.lamplighter.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of the station and the configuration of its onion service. */
final class StationUnitTest {
    private static final Path UNIT = Packages.ROOT.resolve("dist/package/deb/lamplighter-station.service");
    private static final Path TORRC = Packages.ROOT.resolve("dist/package/torrc.example");
    /** Of 100; systemd calls what is below 20 safe. What it was when this was written is in docs/operations/station.md. */
    private static final int EXPOSURE_AT_MOST = 10;

    @Test
    void unit_givesTheStationOneFolderOneSocketAndNothingElse() throws IOException {
        String unit = Files.readString(UNIT);
        assertThat(UnitFile.missing(unit)).isEmpty();
        // With this one Java cannot tell how much room is on the disk, and every upload of evidence fails.
        assertThat(unit).doesNotContain("\nProcSubset=pid");
    }

    @Test
    void planted_aDirectiveThatIsGoneOrOnlyInACommentIsMissed() throws IOException {
        String unit = Files.readString(UNIT);
        for (String line : UnitFile.required()) {
            assertThat(UnitFile.missing(unit.replace("\n" + line + "\n", "\n#" + line + "\n")))
                    .containsExactly(line);
        }
    }

    @Test
    void systemd_callsTheUnitSafe(@TempDir Path folder) throws Exception {
        assumeTrue(Tool.exists("systemd-analyze"), "systemd is not here");
        assertThat(exposure(UNIT)).isZero();
        // The same service as most are written: the figure that is asked for is one that it does not reach.
        Path open = Files.writeString(
                folder.resolve("open.service"), "[Service]\nExecStart=/bin/true\nUser=lamplighter\nPrivateTmp=yes\n");
        assertThat(exposure(open)).isNotZero();
    }

    @Test
    void tor_acceptsTheConfiguration(@TempDir Path folder) throws Exception {
        assumeTrue(Tool.exists("tor"), "tor is not here");
        String torrc = Files.readString(TORRC).replace("/var/lib/tor/", folder + "/");
        assertThat(torrc).contains("HiddenServicePort 80 unix:/run/lamplighter/socket\n");
        // Both or neither: a station that waits for the circuit's line answers nobody who does not send it.
        assertThat(torrc.contains("\nHiddenServiceExportCircuitID haproxy\n"))
                .isEqualTo(Files.readString(UNIT).contains(" --circuits haproxy\n"));
        Tool.Result accepted = verify(folder, torrc);
        assertThat(accepted.exit()).as(accepted.printed()).isZero();
        // A slip of the pen is refused, so the above says something.
        assertThat(verify(folder, torrc.replace("PoWDefensesEnabled", "PowerDefences"))
                        .exit())
                .isNotZero();
    }

    private static int exposure(Path unit) throws IOException, InterruptedException {
        return Tool.run(
                        Map.of(),
                        List.of(
                                "systemd-analyze",
                                "security",
                                "--no-pager",
                                "--offline=true",
                                "--threshold=" + EXPOSURE_AT_MOST,
                                unit.toString()))
                .exit();
    }

    private static Tool.Result verify(Path folder, String torrc) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("torrc"), torrc + "DataDirectory " + folder + "/data\n");
        return Tool.run(Map.of(), List.of("tor", "-f", file.toString(), "--verify-config"));
    }
}
