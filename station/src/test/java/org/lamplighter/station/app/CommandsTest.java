package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.app.StationFixture.Transcript;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.http.RawHttp;

/** What the commands say and how they end: each refusal is one error and one hint. */
final class CommandsTest {
    @TempDir
    private Path base;

    @Test
    void init_makesAFolderForTheOwnerAloneAndSaysWhatIsNext() throws Exception {
        try (StationFixture fixture = StationFixture.bare(base, StationFixture.SMALLEST)) {
            Path folder = base.resolve("another");
            Transcript made = fixture.command(
                    "init",
                    folder.toString(),
                    "--newsroom",
                    base.resolve("newsroom.pub").toString());

            assertThat(made.exit()).isZero();
            assertThat(made.out()).contains("harbour-courier").containsPattern("fingerprint: (\\w+ ){5}\\w+\n");
            assertThat(made.err()).contains("newsroom certify-station");
            assertThat(Files.getPosixFilePermissions(folder))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
            assertThat(Files.getPosixFilePermissions(folder.resolve("station-key")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            assertThat(DurableFiles.entries(base))
                    .noneMatch(path -> path.getFileName().toString().startsWith("."));
            assertRefused(
                    fixture.command(
                            "init",
                            folder.toString(),
                            "--newsroom",
                            base.resolve("newsroom.pub").toString()),
                    "there is something in the folder already");
            assertRefused(
                    fixture.command(
                            "init",
                            base.resolve("third").toString(),
                            "--newsroom",
                            folder.toString() + "/station-request"),
                    "not the key of a newsroom");
            assertThat(base.resolve("third")).doesNotExist();
        }
    }

    @Test
    void run_withoutACertificate_tellsTheNextCommand() throws Exception {
        try (StationFixture fixture = StationFixture.bare(base, StationFixture.SMALLEST)) {
            Transcript refused = fixture.command("run", fixture.folder().toString(), "--listen", "127.0.0.1:0");

            assertRefused(refused, "this station has no certificate yet");
            assertThat(refused.err()).contains("certify-station").contains("station install");
        }
    }

    @Test
    void run_withAnExpiredCertificate_isRefused() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            fixture.clock().advance(365L * 86_400);
            assertRefused(
                    fixture.command("run", fixture.folder().toString(), "--listen", "127.0.0.1:0"),
                    "the certificate of this station has expired");
            fixture.clock().advance(-400L * 86_400);
            assertRefused(
                    fixture.command("run", fixture.folder().toString(), "--listen", "127.0.0.1:0"),
                    "the certificate of this station is not valid yet");
        }
    }

    @Test
    void run_ofAFolderInUse_isRefusedAndLeavesTheFirstAlone() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station first = fixture.start();
            first.turn();

            assertRefused(
                    fixture.command("run", fixture.folder().toString(), "--listen", "127.0.0.1:0"),
                    "the folder is in use by another process");
            assertThat(RawHttp.get(first.url(), "/v1/head").status()).isEqualTo(200);
        }
    }

    @Test
    void run_onAPortInUse_isRefusedAndGivesTheFolderBack() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    fixture.command(
                            "run", fixture.folder().toString(), "--listen", "127.0.0.1:" + taken.getLocalPort()),
                    "the address is in use or not one of this machine");
            fixture.start().close();
        }
    }

    @Test
    void run_ofWhatIsNoStation_isRefused() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            assertRefused(fixture.command("run", base.resolve("none").toString()), "no such folder");
            assertRefused(fixture.command("run", base.toString()), "not the folder of a station");
            assertRefused(
                    fixture.command("run", fixture.folder().toString(), "--listen", "localhost:80"),
                    "not an address to listen on");
        }
    }

    @Test
    void run_ofAFolderOfANewerVersion_isRefused() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:sqlite:" + fixture.folder().resolve("station.sqlite"));
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version = 99");
            }
            for (String command : new String[] {"run", "status", "check"}) {
                assertRefused(
                        fixture.command(command, fixture.folder().toString()),
                        "the folder was made by a newer version of lamplighter");
            }
        }
    }

    @Test
    void install_refusesWhatIsNotForThisStation() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                RootKey other = RootKey.generate(Origin.parse("harbour-courier"), fixture.random())) {
            assertRefused(install(fixture, other.emptyRoster(fixture.validity()).toByteArray()), "cannot be installed");
            assertRefused(
                    install(
                            fixture,
                            fixture.root()
                                    .certify(
                                            fixture.journalist().signing().verifyingKey(),
                                            2,
                                            fixture.validity(),
                                            fixture.parameters())
                                    .toByteArray()),
                    "the certificate is for another station");
            byte[] damaged = fixture.roster().toByteArray();
            damaged[100] ^= 1;
            assertRefused(install(fixture, damaged), "cannot be installed");
            assertRefused(install(fixture, new byte[100]), "neither a certificate nor a roster");
            fixture.clock().advance(366L * 86_400);
            byte[] old = fixture.certificate(2, p -> p).toByteArray();
            fixture.clock().advance(366L * 86_400);
            assertRefused(install(fixture, old), "expired");
        }
    }

    @Test
    void install_neverGoesBack() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            byte[] older = fixture.roster().toByteArray();
            fixture.changeRoster(roster -> fixture.root().renew(roster, fixture.validity()));

            assertRefused(install(fixture, older), "a roster with this number or a later one is installed already");
            Transcript again = install(fixture, fixture.roster().toByteArray());
            assertThat(again.exit()).isZero();
            assertThat(again.out()).contains("was installed already");
        }
    }

    @Test
    void install_ofAnotherMailbox_isRefused_ofAnotherEpoch_isNot() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            StationParameters larger = new StationParameters("demo", 128, 2, 5, 600, 60, 180, 120, 600, 10, 1, 0);
            assertRefused(
                    install(fixture, fixture.certificate(2, p -> larger).toByteArray()),
                    "a mailbox of another size or other times");
            assertThat(install(
                                    fixture,
                                    fixture.certificate(2, p -> p.withEpochSeconds(10))
                                            .toByteArray())
                            .exit())
                    .isZero();
        }
    }

    @Test
    void status_saysHowTheStationIs_runningOrNot() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Transcript before = fixture.command("status", fixture.folder().toString());
            assertThat(before.exit()).isZero();
            assertThat(before.out())
                    .contains("station of harbour-courier")
                    .contains("expires in 365 days")
                    .contains("epoch: none yet")
                    .contains("1 active journalist, 0 trustees")
                    .contains("prekeys ahead, Ada Example: none; nobody can write to them");

            Station station = fixture.start();
            station.turn();
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            long slot = fixture.parameters().prekeySlot(fixture.clock().second());
            RawHttp.post(station.url(), "/v1/prekeys", fixture.prekeys(slot));
            Transcript running = fixture.command("status", fixture.folder().toString());
            assertThat(running.out())
                    .contains("epoch: 1, of 2026-11-24 (today, UTC)")
                    .contains("waiting: 1 bundle of at most 4096")
                    .contains("prekeys ahead, Ada Example: 64 slots (10 hours)")
                    .contains("disk: ")
                    .doesNotContain(":00");
        }
    }

    @Test
    void check_isGreenAndListsWhatItChecked_redWhenAnythingIsWrong() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            Transcript running = fixture.command("check", fixture.folder().toString());
            assertThat(running.exit()).describedAs(running.out()).isZero();
            station.close();

            Transcript green = fixture.command("check", fixture.folder().toString());
            assertThat(green.exit()).isZero();
            assertThat(green.err()).isEmpty();
            assertThat(green.out().lines())
                    .hasSize(16)
                    .endsWith("15 checked, 0 failed")
                    .filteredOn(line -> line.startsWith("ok "))
                    .hasSize(15);

            Files.delete(fixture.folder().resolve("epochs/1/bodies/17"));
            Transcript red = fixture.command("check", fixture.folder().toString());
            assertThat(red.exit()).isEqualTo(1);
            assertThat(red.out().lines())
                    .filteredOn(line -> line.startsWith("failed "))
                    .hasSize(1);
            assertThat(red.out()).endsWith("15 checked, 1 failed\n");
            assertThat(red.err()).contains("error: ").contains("hint: ");
        }
    }

    @Test
    void check_whileEpochsTurn_isGreen_andStillFindsWhatIsWrong() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            AtomicBoolean over = new AtomicBoolean();
            Thread turns = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    fixture.clock().advance(5);
                    assertThatCode(station::turn).doesNotThrowAnyException();
                }
            });
            try {
                for (int i = 0; i < 3; i++) {
                    Transcript sound = fixture.command("check", fixture.folder().toString());
                    assertThat(sound.exit()).describedAs(sound.out()).isZero();
                }
                // The planted fault: a file that no epoch has and that stays.
                Files.createDirectory(fixture.folder().resolve("epochs/something"));
                Transcript wrong = fixture.command("check", fixture.folder().toString());
                assertThat(wrong.exit()).isEqualTo(1);
                assertThat(wrong.out().lines())
                        .filteredOn(line -> line.startsWith("failed "))
                        .hasSize(1);
            } finally {
                over.set(true);
                turns.join();
            }
        }
    }

    @Test
    void usageErrors_endWithTwo() throws Exception {
        try (StationFixture fixture = StationFixture.bare(base, StationFixture.SMALLEST)) {
            assertThat(fixture.command().exit()).isEqualTo(2);
            assertThat(fixture.command("fly").exit()).isEqualTo(2);
            assertThat(fixture.command("run").exit()).isEqualTo(2);
            assertThat(fixture.command("install", fixture.folder().toString()).exit())
                    .isEqualTo(2);
            assertThat(fixture.command("run", "--help").exit()).isZero();
        }
    }

    @Test
    void listenAddress_isANumberOrASocket() {
        assertThat(ListenAddress.parse("127.0.0.1:0")).isPresent();
        assertThat(ListenAddress.parse("[::1]:8480").map(ListenAddress::text)).isPresent();
        assertThat(ListenAddress.parse("unix:/run/x").map(ListenAddress::text)).contains("unix:/run/x");
        for (String bad :
                new String[] {"", "8480", "localhost:1", "1.2.3:x", "127.0.0.1:70000", "999.1.1.1:1", "unix:"}) {
            assertThat(ListenAddress.parse(bad)).describedAs(bad).isEmpty();
        }
    }

    @Test
    void start_thatFails_leavesNothingLocked() throws Exception {
        try (StationFixture fixture = StationFixture.bare(base, StationFixture.SMALLEST)) {
            assertThatThrownBy(fixture::start).isInstanceOf(CommandFailure.class);
            fixture.installCertificate(1, p -> p);
            fixture.start().close();
        }
    }

    private Transcript install(StationFixture fixture, byte[] note) throws Exception {
        Path file = base.resolve("note");
        Files.write(file, note);
        return fixture.command("install", fixture.folder().toString(), file.toString());
    }

    private static void assertRefused(Transcript transcript, String error) {
        assertThat(transcript.exit()).describedAs(transcript.err()).isEqualTo(1);
        assertThat(transcript.err().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("error: ").contains(error);
            assertThat(lines.get(1)).startsWith("hint: ");
        });
        assertThat(transcript.out()).isEmpty();
    }
}
