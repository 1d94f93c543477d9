package org.lamplighter.e2e.tor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.SourceFlow;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.e2e.tor.GuardWire.Passing;

/**
 * T9 seen from the wire: what goes by between a client's tor and its guard during a session is the same for a source and a
 * journalist, whatever they find, but for tor's own noise. Counted up to the first pause after the beginning, which is the
 * mailbox session; what a journalist does after it is no secret (docs/threat-model.md).
 */
@Tag("tor")
final class WireShapeTest {
    static final Path REPORT = Path.of("target/tor-report.txt");

    private static final int SESSIONS = Integer.getInteger("lamplighter.tor.sessions", 8);
    private static final int MANY = 20;
    /** Shorter than the wait for the next moment of 4.11, longer than anything within a session. */
    private static final long PAUSE_NANOS = 2_500_000_000L;
    /** What tor sends of its own in a pause comes in single cells. */
    private static final int A_FEW_CELLS = 1700;
    /** One of the 64 files of bodies: what a client that fetched what it had found would fetch at least. */
    private static final int ONE_FILE = 256 / 64 * 8192;

    @TempDir
    private Path folder;

    private final Random random = new Random(Long.getLong("lamplighter.tor.seed", 9));

    /** Bytes in both directions during one session. */
    private record Shape(long up, long down) {}

    /** A session of somebody. */
    private interface Session {
        void run() throws Exception;
    }

    @Test
    void sessions_ofEverybody_lookAlikeOnTheWire() throws Exception {
        try (OnionTown town = OnionTown.open(folder)) {
            OnionTown.until(() -> town.journalist("replenish"), Pattern.compile(""));
            Map<String, Session> roles = roles(town);
            Map<String, List<Shape>> seen = new LinkedHashMap<>();
            List<String> order = new ArrayList<>();
            roles.keySet().forEach(role -> {
                seen.put(role, new ArrayList<>());
                order.addAll(Collections.nCopies(SESSIONS, role));
            });
            Collections.shuffle(order, random);
            List<Shape> silence = new ArrayList<>();
            for (String role : order) {
                silence.add(during(town, () -> Thread.sleep(3000), Long.MAX_VALUE));
                seen.get(role).add(during(town, roles.get(role), PAUSE_NANOS));
            }
            String report = report(seen, silence);
            System.out.println(report);
            Files.writeString(REPORT, report, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            List<Shape> curious = seen.remove("one file more");
            List<List<Shape>> honest = List.copyOf(seen.values());
            assertThat(difference(honest)).describedAs(report).isLessThan(ONE_FILE / 2.0);
            // The planted fault: somebody who fetches one file more.
            List<List<Shape>> planted = new ArrayList<>(honest);
            planted.add(curious);
            assertThat(difference(planted)).describedAs(report).isGreaterThan(ONE_FILE / 2.0);
        }
    }

    /** Of the means of bytes received, the largest less the smallest. */
    private static double difference(List<List<Shape>> groups) {
        List<Double> means = groups.stream().map(WireShapeTest::meanDown).toList();
        return Collections.max(means) - Collections.min(means);
    }

    /** Half of the sessions lie around the median; tor's own errands, such as a new consensus, are not among them. */
    private static double meanDown(List<Shape> shapes) {
        long[] sorted = shapes.stream().mapToLong(Shape::down).sorted().toArray();
        int quarter = sorted.length / 4;
        double sum = 0;
        for (int i = quarter; i < sorted.length - quarter; i++) {
            sum += sorted[i];
        }
        return sum / (sorted.length - 2 * quarter);
    }

    private Map<String, Session> roles(OnionTown town) throws Exception {
        Letters none = new Letters(new SecureRandom());
        Letters one = new Letters(new SecureRandom());
        Letters many = new Letters(new SecureRandom());
        Town.copy(town.at("ada"), town.at("ada-many"));
        post(town, many, MANY);
        awaitFound(town, many, MANY);
        readAll(town);
        Town.copy(town.at("ada"), town.at("ada-one"));
        post(town, one, 1);
        awaitFound(town, one, 1);
        readAll(town);
        Map<String, Session> roles = new LinkedHashMap<>();
        roles.put("source, nothing", () -> source(town, none));
        roles.put("source, 1 message", () -> source(town, one));
        roles.put("source, 20 messages", () -> source(town, many));
        roles.put("journalist, nothing", () -> journalist(town, "ada"));
        roles.put("journalist, 1 message", () -> journalist(town, "ada-one"));
        roles.put("journalist, 21 messages", () -> journalist(town, "ada-many"));
        roles.put("one file more", () -> curious(town));
        return roles;
    }

    private static void source(OnionTown town, Letters letters) throws Exception {
        flow(town).read(letters.keys(), Progress.none());
    }

    private static SourceFlow flow(OnionTown town) throws Exception {
        return SourceFlow.of(
                town.client(), new SecureRandom(), InstantSource.system(), Pause.of(InstantSource.system()));
    }

    /** A journalist who comes with the folder {@code state}, and puts it back as it was. */
    private void journalist(OnionTown town, String state) throws Exception {
        Path copy = Files.createTempDirectory(folder, "desk").resolve("ada");
        Town.copy(town.at(state), copy);
        try (SecretBytes passphrase = SecretBytes.copyOf(OnionTown.PASSPHRASE.getBytes(StandardCharsets.UTF_8));
                JournalistDesk desk = JournalistDesk.open(copy, passphrase, Surroundings.system())) {
            desk.session(Progress.none());
        }
    }

    private static void curious(OnionTown town) throws Exception {
        try (StationSession session = town.client().session();
                OnionWire again = OnionWire.connect(town.route())) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            again.get("/v1/epochs/" + epoch.head().epoch() + "/"
                    + EpochLayout.filesAfterHead().getLast());
        }
    }

    private static void post(OnionTown town, Letters letters, int count) throws Exception {
        VerifiedEpoch epoch;
        try (StationSession session = town.client().session()) {
            epoch = session.fetch(Optional.empty(), Progress.none());
        }
        for (int number = 0; number < count; number++) {
            try (OnionWire circuit = OnionWire.connect(town.route())) {
                assertThat(circuit.post(letters.write(epoch, Letters.text(number))))
                        .isEqualTo(202);
            }
        }
    }

    private static void awaitFound(OnionTown town, Letters letters, int count) throws Exception {
        for (int attempt = 0; attempt < 60; attempt++) {
            int found = flow(town).read(letters.keys(), Progress.none()).sent().size();
            if (found == count) {
                return;
            }
            Thread.sleep(OnionTown.EPOCH_SECONDS * 500L);
        }
        throw new AssertionError("the letters are not all in the mailbox");
    }

    private static void readAll(OnionTown town) throws Exception {
        OnionTown.until(() -> town.journalist("read"), Pattern.compile("message "));
    }

    /** What goes by from the beginning of {@code session} to the first pause of that length, or to its end. */
    private static Shape during(OnionTown town, Session session, long pause) throws Exception {
        long begun = System.nanoTime();
        session.run();
        Thread.sleep(300);
        return firstBurst(town.wire().since(begun), pause);
    }

    private static Shape firstBurst(List<Passing> passings, long pause) {
        long up = 0;
        long down = 0;
        long last = Long.MAX_VALUE;
        for (Passing passing : passings) {
            if (last != Long.MAX_VALUE && passing.nanos() - last > pause) {
                break;
            }
            if (passing.up() + passing.down() > A_FEW_CELLS) {
                last = passing.nanos();
            }
            up += passing.up();
            down += passing.down();
        }
        return new Shape(up, down);
    }

    private static String report(Map<String, List<Shape>> seen, List<Shape> silence) throws IOException {
        StringBuilder out = new StringBuilder("load of the machine: "
                + Files.readString(Path.of("/proc/loadavg")).strip() + "\n");
        seen.forEach((role, shapes) -> out.append(line(role, shapes)));
        return out.append(line("3 s of silence", silence)).toString();
    }

    private static String line(String name, List<Shape> shapes) {
        return String.format(
                Locale.ROOT,
                "%-24s %2d times, down: mean %,.0f, middle half %,.0f, deviation %,.0f; up: mean %,.0f, deviation %,.0f%n",
                name,
                shapes.size(),
                shapes.stream().mapToLong(Shape::down).average().orElse(0),
                meanDown(shapes),
                deviation(shapes.stream().mapToLong(Shape::down).toArray()),
                shapes.stream().mapToLong(Shape::up).average().orElse(0),
                deviation(shapes.stream().mapToLong(Shape::up).toArray()));
    }

    private static double deviation(long[] values) {
        double mean = java.util.Arrays.stream(values).average().orElse(0);
        double squares = java.util.Arrays.stream(values)
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }
}
