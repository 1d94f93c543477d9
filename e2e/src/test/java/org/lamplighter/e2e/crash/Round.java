package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.cli.source.SourceFlow;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.SessionReport;
import org.lamplighter.desk.reply.Delivery;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * {@link Moment#OF} kills of one station, one journalist and many sources, under load. After each the folder of the one that was
 * killed is derived again from its bytes and compared with all that was acknowledged; in the end everything that was promised
 * is fetched. One thread; use once.
 */
final class Round {
    /** Letters of the load are numbered from 1; these are apart. */
    private static final int FIRST_SENT = 10_000;

    private static final int FIRST_REPLY = 20_000;
    /** Four chunks of 4 MiB. */
    private static final int FILE_BYTES = 9_000_000;

    private static final int FILE_CHUNKS = 4;
    private static final int SESSIONS = 16;
    private static final int ENVELOPES = 3;

    private static final Pattern SHOWN = Pattern.compile("letter number [0-9]{6}");
    private static final Pattern SAVED = Pattern.compile("saved as");
    private static final Pattern POSTED = Pattern.compile("reply .* posted");
    private static final Pattern UPLOADED = Pattern.compile("prekeys ");
    /** What a station takes to start where nothing else runs. */
    private static final double USUAL_START_MILLIS = 1200;

    private final Scene scene;
    private final long seed;
    private final Random random;
    private final Tally tally;
    private final Ledger ledger = new Ledger(ENVELOPES);
    private final DeskLedger deskLedger;
    private final Heads heads = new Heads();
    private final Letters correspondent = new Letters(new SecureRandom());
    /** Letters by {@code source send}: the words of each. */
    private final Map<Integer, String> words = new HashMap<>();

    private final Set<Integer> handedOver = new HashSet<>();
    private final Set<Moment> attempted = EnumSet.noneOf(Moment.class);
    private String conversation = "";
    /** How much slower than usual this machine is now: moments are drawn from the whole life of a program. */
    private double slowness = 1;

    private int replies = FIRST_REPLY;

    Round(Scene scene, long seed, Tally tally) {
        this.scene = scene;
        this.seed = seed;
        this.random = new Random(seed);
        this.tally = tally;
        this.deskLedger = new DeskLedger(scene.town().newsroomFile());
    }

    /** The kills, and the reckoning. */
    void run() throws Exception {
        Program station = startStation();
        scene.openForLetters();
        beginConversation();
        Traffic traffic = Traffic.start(scene.town(), ledger, heads, seed);
        try {
            for (Moment moment : Moment.shuffled(random)) {
                station = kill(moment, station, traffic);
                tally.note("kills");
                tally.note("kills in " + moment);
            }
        } finally {
            traffic.end();
        }
        assertThat(heads.faults()).isEmpty();
        sendAgain();
        everythingIsHonoured();
        station.stop();
        assertThat(ledger.lost(scene.station())).isEmpty();
        sound("the end", scene.checkStation());
        sound("the end", scene.checkDesk());
    }

    private Program kill(Moment moment, Program station, Traffic traffic) throws Exception {
        if (!moment.isOfStation()) {
            killClient(moment);
            return station;
        }
        // One in three dies while it makes up for the epochs it has missed.
        if (random.nextInt(3) > 0) {
            Thread.sleep(random.nextInt(1000));
            await(moment, traffic);
        } else {
            Thread.sleep(random.nextInt(400));
        }
        assertThat(station.kill()).describedAs("killed, not ended").isTrue();
        if (Scene.holds(scene.station().resolve("epochs"), "building-")) {
            tally.note("epochs left half-built or unpublished");
        }
        if (Scene.holds(scene.station().resolve("chunks/arriving"), "")) {
            tally.note("chunks left arriving");
        }
        assertThat(ledger.lost(scene.station()))
                .describedAs("lost by %s", moment)
                .isEmpty();
        sound(moment.name(), scene.checkStation());
        return startStation();
    }

    private Program startStation() throws Exception {
        long begin = System.nanoTime();
        Program station = scene.startStation();
        slowness = Math.max(1, (System.nanoTime() - begin) / 1e6 / USUAL_START_MILLIS);
        return station;
    }

    /** Up to {@code millis}, or longer where everything takes longer. */
    private void pause(int millis) throws InterruptedException {
        Thread.sleep(random.nextInt((int) (millis * slowness)));
    }

    private void await(Moment moment, Traffic traffic) throws InterruptedException {
        switch (moment) {
            case POST -> {
                traffic.awaitPost();
                // The answer comes at a multiple of 20 ms.
                Thread.sleep(random.nextInt(40));
            }
            case UPLOAD -> {
                traffic.awaitUpload(random.nextDouble());
                Thread.sleep(random.nextInt(20));
            }
            case TURN -> {
                // Built and entered in the second before the boundary; renamed and served at the boundary.
                int sinceCutOff = random.nextInt(3) > 0 ? random.nextInt(900) : 980 + random.nextInt(150);
                long period = Town.EPOCH_SECONDS * 1000L;
                Thread.sleep(Math.floorMod(
                        period - 1000 + sinceCutOff - Instant.now().toEpochMilli(), period));
            }
            default -> throw new IllegalArgumentException("not of the station: " + moment);
        }
    }

    private void killClient(Moment moment) throws Exception {
        for (int attempt = 0; attempt < 5; attempt++) {
            if (moment == Moment.SEND ? killSource() : killDesk(moment)) {
                if (moment == Moment.SEND) {
                    sound(moment.name(), scene.checkStation());
                } else {
                    sound(moment.name(), scene.checkDesk());
                    assertThat(deskLedger.lost(scene.file("ada")))
                            .describedAs("lost by %s", moment)
                            .isEmpty();
                    assertThat(deskLedger.unreadable(scene.file("ada"), scene.station()))
                            .describedAs("published at %s", moment)
                            .isEmpty();
                }
                return;
            }
            tally.note("programs that had ended before they were killed");
        }
        throw new AssertionError("it ends before it can be killed: " + moment);
    }

    /** Anywhere: at the start, between two chunks, while the letter is sealed and posted, or just after. */
    private boolean killSource() throws Exception {
        int number = FIRST_SENT + words.size();
        try (Passphrase passphrase = Passphrase.generate(new SecureRandom())) {
            words.put(number, String.join(" ", passphrase.words()));
        }
        Files.write(evidence(number), SeededRandom.of(seed + number).bytes(FILE_BYTES));
        int before = shelved();
        int chunks = random.nextInt(FILE_CHUNKS + 2);
        Program send = startSend(number);
        while (shelved() < before + Math.min(chunks, FILE_CHUNKS) && send.isAlive()) {
            Thread.sleep(5);
        }
        pause(chunks > FILE_CHUNKS ? 3000 : chunks == 0 ? 2500 : 60);
        boolean killed = send.kill();
        if (isHandedOver(send)) {
            handedOver.add(number);
        }
        return killed;
    }

    private boolean killDesk(Moment moment) throws Exception {
        int number = ++replies;
        Path text = Files.writeString(scene.file("reply"), Letters.text(number));
        int before = collected();
        Program program = switch (moment) {
            case REPLY -> scene.startDesk("reply", conversation, "--text", text);
            case REPLENISH -> scene.startDesk("replenish");
            default -> scene.startDesk("read");
        };
        awaitDesk(moment, program, before);
        boolean killed = program.kill();
        if (moment == Moment.REPLY) {
            deskLedger.replied(number, program.lines());
        } else {
            deskLedger.showed(program.lines());
        }
        deskLedger.replenished(program.lines());
        return killed;
    }

    /** The first of a kind, and one in four after it, when something has just been promised; the others anywhere. */
    private void awaitDesk(Moment moment, Program program, int before) throws Exception {
        int draw = attempted.add(moment) ? 0 : random.nextInt(4);
        switch (moment) {
            case COLLECT -> {
                while (collected() == before && program.isAlive()) {
                    Thread.sleep(2);
                }
                pause(30);
            }
            case REPLY -> {
                if (draw == 0) {
                    program.await(POSTED);
                    return;
                }
                if (draw == 1) {
                    program.await(SAVED);
                }
                pause(draw == 1 ? 2500 : 4500);
            }
            case REPLENISH -> {
                if (draw == 0) {
                    program.await(UPLOADED);
                } else {
                    pause(4500);
                }
            }
            default -> {
                if (draw < 2) {
                    program.await(SHOWN);
                } else {
                    pause(3500);
                }
            }
        }
    }

    /** A source's first letter, so that there is somebody to answer. */
    private void beginConversation() throws Exception {
        int number = 9_999;
        try (StationSession session = scene.town().client().session()) {
            byte[] bundle = correspondent.write(session.fetch(Optional.empty(), Progress.none()), Letters.text(number));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
            ledger.acknowledged(number, bundle);
        }
        for (int sessions = 0; sessions < SESSIONS && conversation.isEmpty(); sessions++) {
            heads.next(scene.town());
            try (JournalistDesk desk = DeskLedger.open(scene.file("ada"))) {
                desk.session(Progress.none());
                conversation = desk.conversations().stream()
                        .map(found -> found.designation())
                        .findFirst()
                        .orElse("");
            }
        }
        assertThat(conversation).describedAs("the first letter is read").isNotEmpty();
    }

    /** Two sources whose program was killed begin again with the same words. */
    private void sendAgain() throws Exception {
        List<Integer> numbers = words.keySet().stream().sorted().limit(2).toList();
        for (int number : numbers) {
            try (Program send = startSend(number)) {
                assertThat(send.end())
                        .describedAs(() -> String.join("\n", send.lines()))
                        .isZero();
                assertThat(isHandedOver(send)).isTrue();
            }
            handedOver.add(number);
        }
    }

    private Program startSend(int number) throws IOException {
        Path text = Files.writeString(scene.file("text " + number), Letters.text(number));
        return Program.start(
                List.of(words.get(number)),
                "source",
                "send",
                "--yes",
                "--newsroom",
                scene.town().newsroomFile(),
                "--station",
                scene.town().url(),
                "--text",
                text,
                "--file",
                evidence(number));
    }

    private void everythingIsHonoured() throws Exception {
        Path ada = scene.file("ada");
        Set<Integer> acknowledged = new HashSet<>(ledger.bundles().keySet());
        Set<Integer> missing = Set.of();
        long late = 0;
        for (int sessions = 0; sessions < SESSIONS; sessions++) {
            heads.next(scene.town());
            // What waits now may be admitted before the journalist comes; not the other way round.
            Set<Integer> waiting = ledger.waiting(scene.station());
            int strangers = ledger.strangersWaiting(scene.station());
            SessionReport report = session(ada);
            // One that was entered and is not published yet neither waits nor can be read: the next session sees it.
            late = strangersNeitherReadNorWaiting(ada, strangers + (report.posted() ? 1 : 0));
            DeskLedger.Contents contents = DeskLedger.contents(ada);
            missing = new HashSet<>(acknowledged);
            missing.removeAll(contents.letters().keySet());
            missing.removeAll(waiting);
            boolean all = report.troubles().isEmpty()
                    && missing.isEmpty()
                    && late <= 0
                    && contents.queued() == 0
                    && contents.letters().keySet().containsAll(handedOver);
            if (all && sessions > 2) {
                break;
            }
        }
        assertThat(missing)
                .describedAs("letters that are neither read nor wait")
                .isEmpty();
        assertThat(late).describedAs("letters and replies on their way").isNotPositive();
        assertThat(deskLedger.lost(ada)).isEmpty();
        DeskLedger.Contents contents = DeskLedger.contents(ada);
        assertThat(DeskLedger.repeated(contents, words.keySet())).isEmpty();
        Map<ChunkId, Digest> receipted = ledger.chunks();
        assertThat(DeskLedger.collected(ada)).containsAllEntriesOf(receipted);
        filesComeOutWhole(ada);
        int confirmed = repliesArrive(contents);
        assertThat(heads.faults()).isEmpty();
        tally.add("bundles acknowledged", acknowledged.size());
        tally.add("letters of killed sources handed over", handedOver.size());
        tally.add("letters read", contents.letters().size());
        tally.add("chunks receipted", receipted.size());
        tally.add("replies saved", deskLedger.saved().size());
        tally.add("replies read by their source", confirmed);
        System.out.printf("seed %d: %s; %s%n", seed, tally, deskLedger);
    }

    /** Of bundles by other programs only the number is known: so many waited, or were posted, when the session began. */
    private long strangersNeitherReadNorWaiting(Path ada, int waited) throws Exception {
        DeskLedger.Contents contents = DeskLedger.contents(ada);
        long unread = handedOver.stream()
                .filter(number -> !contents.letters().containsKey(number))
                .count();
        long unseen = contents.replies().values().stream()
                .filter(states -> states.contains(Delivery.State.POSTED))
                .count();
        return unread + unseen - waited;
    }

    private static SessionReport session(Path folder) throws Exception {
        try (JournalistDesk desk = DeskLedger.open(folder)) {
            return desk.session(Progress.none());
        }
    }

    private void filesComeOutWhole(Path ada) throws Exception {
        try (JournalistDesk desk = DeskLedger.open(ada)) {
            for (var conversation : desk.conversations()) {
                for (var message : desk.messages(conversation.designation())) {
                    for (int number : Letters.numbers(message.text().orElse(""))) {
                        if (words.containsKey(number)) {
                            Path out = scene.file("out " + message.handle().replace('/', ' '));
                            desk.export(message.handle(), out);
                            assertThat(out.resolve(evidence(number).getFileName()))
                                    .hasSameBinaryContentAs(evidence(number));
                            tally.note("files exported whole");
                        }
                    }
                }
            }
        }
    }

    /** Every reply that the journalist has seen in the mailbox is read by its source, once; yields how many. */
    private int repliesArrive(DeskLedger.Contents contents) throws Exception {
        List<Integer> confirmed = contents.replies().entrySet().stream()
                .filter(reply -> reply.getValue().contains(Delivery.State.CONFIRMED))
                .map(Map.Entry::getKey)
                .toList();
        SourceFlow flow = SourceFlow.of(
                scene.town().client(), new SecureRandom(), InstantSource.system(), Pause.of(InstantSource.system()));
        List<Integer> read = Letters.numbers(String.join(
                "\n",
                flow.read(correspondent.keys(), Progress.none()).replies().stream()
                        .map(ReceivedReply::text)
                        .toList()));
        assertThat(read).doesNotHaveDuplicates().containsAll(confirmed);
        return read.size();
    }

    private static boolean isHandedOver(Program send) {
        return send.lines().stream().anyMatch(line -> line.startsWith("handed over at the door"));
    }

    private static void sound(String after, Scene.Checked checked) {
        assertThat(checked.isGreen())
                .describedAs(() -> "check after " + after + "\n" + String.join("\n", checked.lines()))
                .isTrue();
    }

    private Path evidence(int number) {
        return scene.file("loading-bay-" + number + ".bin");
    }

    private int shelved() throws IOException {
        return new ChunkFolder(scene.station().resolve("chunks")).shelved().size();
    }

    private int collected() throws IOException {
        try (var files = Files.list(scene.file("ada").resolve("chunks"))) {
            return (int) files.count();
        }
    }
}
