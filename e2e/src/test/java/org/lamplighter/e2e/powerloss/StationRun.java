package org.lamplighter.e2e.powerloss;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.e2e.crash.Ledger;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.crash.Program;
import org.lamplighter.e2e.crash.Scene;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.sqlite.SqliteStore;
import org.lamplighter.testkit.SeededRandom;

/** A recorded run of a station over some epochs: bundles and chunks that were acknowledged, heads that were seen, and when. */
final class StationRun {
    private static final int ENVELOPES = 3;
    private static final int EPOCHS = 4;

    private final Recording recording;
    private final List<Acknowledged> acknowledged;
    private final SortedMap<Long, Head> heads;

    private StationRun(Recording recording, List<Acknowledged> acknowledged, SortedMap<Long, Head> heads) {
        this.recording = recording;
        this.acknowledged = acknowledged;
        this.heads = heads;
    }

    /** Something to enter in a ledger if it was acknowledged before a moment. */
    private record Acknowledged(long micros, java.util.function.Consumer<Ledger> entry) {}

    static StationRun record(Town town, Path folder) throws Exception {
        try (Scene scene = town.scene(folder)) {
            // Prekeys and a first epoch, in the untraced station before.
            Program first = scene.startStation();
            scene.openForLetters();
            first.stop();
            Path before = Recording.keep(scene.station(), folder.resolve("before"));
            Path trace = folder.resolve("trace");
            List<Acknowledged> acknowledged = new ArrayList<>();
            SortedMap<Long, Head> heads = new TreeMap<>();
            try (Program traced = Program.startTraced(
                    trace,
                    TraceReader.CALLS,
                    List.of(),
                    "station",
                    "run",
                    scene.station(),
                    "--listen",
                    "127.0.0.1:" + town.port())) {
                if (traced.await(Pattern.compile("listening on ")).isEmpty()) {
                    throw new AssertionError("strace is needed: " + traced.lines());
                }
                drive(town, acknowledged, heads);
                traced.killTraced();
            }
            return new StationRun(
                    new Recording(before, scene.station(), TraceReader.read(trace, scene.station())),
                    acknowledged,
                    heads);
        }
    }

    private static void drive(Town town, List<Acknowledged> acknowledged, SortedMap<Long, Head> heads)
            throws Exception {
        SeededRandom random = SeededRandom.of(11);
        Letters letters = new Letters(new SecureRandom());
        int number = 0;
        while (heads.size() <= EPOCHS) {
            try (StationSession session = town.client().session()) {
                VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
                if (heads.values().stream()
                        .noneMatch(head -> head.epoch() == epoch.head().epoch())) {
                    heads.put(now(), epoch.head());
                }
                byte[] bundle = letters.write(epoch, Letters.text(++number));
                Pause.of(InstantSource.system()).until(session.nextMoment());
                session.post(bundle);
                int posted = number;
                acknowledged.add(new Acknowledged(now(), ledger -> ledger.acknowledged(posted, bundle)));
                ChunkId id = ChunkId.copyOf(random.bytes(ChunkId.LENGTH));
                byte[] bytes = random.bytes(SizeClass.KIB_64.chunkLength());
                Digest hash = Letters.sha256(bytes);
                try (ChunkUploader uploader = town.client().uploader(epoch.certificate())) {
                    uploader.upload(SealedChunk.takeOver(id, bytes), sent -> {});
                }
                acknowledged.add(new Acknowledged(now(), ledger -> ledger.receipted(id, hash)));
            }
        }
    }

    Recording recording() {
        return recording;
    }

    /** What is wrong with {@code state} as it is found, and after a station has started from it and stopped. */
    List<String> faults(Path state, long micros) throws Exception {
        Ledger ledger = new Ledger(ENVELOPES);
        acknowledged.stream()
                .filter(each -> each.micros() < micros)
                .forEach(each -> each.entry().accept(ledger));
        List<String> faults = new ArrayList<>(look(state, ledger, micros));
        if (faults.isEmpty()) {
            Station.start(
                            state,
                            InstantSource.system(),
                            new SecureRandom(),
                            StationOptions.listeningOn(ListenAddress.anyLoopbackPort()))
                    .close();
            look(state, ledger, micros).forEach(fault -> faults.add("after a start: " + fault));
        }
        return faults;
    }

    private List<String> look(Path state, Ledger ledger, long micros) throws Exception {
        List<String> faults = new ArrayList<>(ledger.lost(state));
        Scene.Checked checked = Scene.check(state);
        if (!checked.isGreen()) {
            checked.lines().stream().filter(line -> !line.startsWith("ok ")).forEach(faults::add);
        }
        try (SqliteStore store = SqliteStore.openReadOnly(state.resolve("station.sqlite"))) {
            List<MailboxStore.Epoch> known = store.mailbox().epochs(0);
            for (Map.Entry<Long, Head> seen : heads.headMap(micros).entrySet()) {
                Head head = seen.getValue();
                boolean same = known.stream()
                        .anyMatch(epoch ->
                                epoch.number() == head.epoch() && epoch.chain().equals(head.chain()));
                if (!same) {
                    faults.add("the head of epoch " + head.epoch() + " was shown and is not known: a fork");
                }
            }
        }
        return faults;
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
