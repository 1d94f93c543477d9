package org.lamplighter.station.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.Finding;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationFixture;
import org.lamplighter.station.http.RawHttp;

/** For each check a fault is planted in a sound station, and this check and no other finds it. */
final class StationCheckTest {
    private static final String CHUNK = "00".repeat(15) + "01";

    @TempDir
    private Path base;

    private record Fault(String check, Planting planting) {
        static Fault sql(String check, String... statements) {
            return new Fault(check, folder -> {
                String url = "jdbc:sqlite:" + folder.resolve("station.sqlite");
                try (Connection connection = DriverManager.getConnection(url);
                        Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        statement.execute(sql);
                    }
                }
            });
        }

        static Fault flipped(String check, String file) {
            return new Fault(check, folder -> {
                byte[] bytes = Files.readAllBytes(folder.resolve(file));
                bytes[bytes.length / 2] ^= 1;
                Files.write(folder.resolve(file), bytes);
            });
        }
    }

    private interface Planting {
        void plant(Path folder) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> eachCheck_findsItsFault() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            fixture.clock().advance(5);
            station.turn();
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            RawHttp.post(
                    station.url(),
                    "/v1/prekeys",
                    fixture.prekeys(
                            fixture.parameters().prekeySlot(fixture.clock().second())));
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            station.close();
            fixture.assertSound();
            Path sound = base.resolve("sound");
            copy(fixture.folder(), sound);
            List<DynamicTest> tests =
                    FAULTS.stream().map(fault -> found(fixture, sound, fault)).toList();
            return tests.stream();
        }
    }

    private static DynamicTest found(StationFixture fixture, Path sound, Fault fault) {
        List<String> failed;
        try {
            delete(fixture.folder());
            copy(sound, fixture.folder());
            fault.planting().plant(fixture.folder());
            failed = fixture.check().stream()
                    .filter(finding -> !finding.isOk())
                    .map(Finding::check)
                    .toList();
        } catch (Exception e) {
            return DynamicTest.dynamicTest(fault.check(), () -> {
                throw e;
            });
        }
        return DynamicTest.dynamicTest(fault.check(), () -> assertThat(failed).containsExactly(fault.check()));
    }

    private static final List<Fault> FAULTS = List.of(
            Fault.sql(
                    "certificate is signed by this newsroom for this station",
                    "UPDATE document SET serial = 7 WHERE kind = 'CERTIFICATE'"),
            Fault.sql("roster is signed by this newsroom", "UPDATE document SET serial = 7 WHERE kind = 'ROSTER'"),
            Fault.sql(
                    "prekeys are signed by their journalists",
                    "UPDATE prekey SET slot = slot + 1000 WHERE slot = (SELECT max(slot) FROM prekey)"),
            Fault.sql("every slot holds a row of valid points", "DELETE FROM slot WHERE number = 63"),
            Fault.sql(
                    "every slot holds a row of valid points",
                    "UPDATE slot SET hint = zeroblob(64) WHERE number = 5 AND leaves = 0"),
            Fault.sql(
                    "every slot holds a row of valid points",
                    "UPDATE slot SET envelope = zeroblob(8175) WHERE number = 5"),
            Fault.sql(
                    "every slot holds a row of valid points",
                    "UPDATE slot SET hint = (SELECT hint FROM slot WHERE number = 6) WHERE number = 5"),
            Fault.sql("live rows are within capacity and time", "UPDATE slot SET leaves = 1 WHERE number = 5"),
            Fault.sql(
                    "live rows are within capacity and time", "UPDATE slot SET leaves = 99999999999 WHERE number = 5"),
            Fault.sql("every waiting bundle parses", "UPDATE waiting SET bundle = zeroblob(16608)"),
            Fault.sql("the state of the admission is valid", "UPDATE mailbox SET buckets = zeroblob(25)"),
            Fault.sql(
                    "every head is signed and chained to the one before",
                    "UPDATE epoch SET chain = zeroblob(32) WHERE number = 1"),
            Fault.sql(
                    "every head is signed and chained to the one before",
                    "UPDATE epoch SET core = zeroblob(32) WHERE number = 2"),
            Fault.flipped("the files of every published epoch are those its head names", "epochs/2/bodies/40"),
            Fault.flipped("the files of every published epoch are those its head names", "epochs/1/keys"),
            Fault.flipped("the files of every published epoch are those its head names", "epochs/2/chain"),
            Fault.flipped("the files of every published epoch are those its head names", "epochs/1/head"),
            new Fault(
                    "nothing lies around among the epochs",
                    folder -> Files.createDirectory(folder.resolve("epochs/9"))),
            new Fault(
                    "nothing lies around among the epochs",
                    folder -> Files.createDirectory(folder.resolve("epochs/something"))),
            new Fault("the newest epoch is the one entered last", folder -> delete(folder.resolve("epochs/2"))),
            Fault.flipped("every chunk is there with its length and hash", "chunks/00/" + CHUNK),
            Fault.sql("every chunk is there with its length and hash", "UPDATE chunk SET day = day + 100"),
            new Fault(
                    "no chunk lies around", folder -> Files.write(folder.resolve("chunks/aa/stranger"), new byte[1])));

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
