package org.lamplighter.e2e.powerloss;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.e2e.crash.DeskLedger;
import org.lamplighter.e2e.crash.Heads;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.crash.Program;
import org.lamplighter.e2e.crash.Program.Line;
import org.lamplighter.e2e.crash.Scene;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.testkit.SeededRandom;

/** Recorded commands of a journalist: read with evidence, reply, replenish, read again; and what each printed, and when. */
final class DeskRun {
    private static final int REPLY = 101;

    private final Recording recording;
    private final List<Said> said;
    private final Path newsroom;
    private final Path station;

    private DeskRun(Recording recording, List<Said> said, Path newsroom, Path station) {
        this.recording = recording;
        this.said = said;
        this.newsroom = newsroom;
        this.station = station;
    }

    /** What one command printed. */
    private record Said(String command, List<Line> lines) {
        List<String> before(long micros) {
            return lines.stream()
                    .filter(line -> line.micros() < micros)
                    .map(Line::text)
                    .toList();
        }
    }

    static DeskRun record(Town town, Path folder) throws Exception {
        try (Scene scene = town.scene(folder)) {
            Program station = scene.startStation();
            scene.openForLetters();
            Path ada = scene.file("ada");
            Path before = Recording.keep(ada, folder.resolve("before"));
            List<Syscall> calls = new ArrayList<>();
            List<Said> said = new ArrayList<>();
            Letters letters = new Letters(new SecureRandom());
            for (int number = 1; number <= 2; number++) {
                send(town, letters, number);
            }
            Heads heads = new Heads();
            String conversation = "";
            for (int reads = 0; reads < 8 && conversation.isEmpty(); reads++) {
                heads.next(town);
                traced(folder, calls, said, "read", ada);
                conversation = said.getLast().lines().stream()
                        .map(Line::text)
                        .filter(line -> line.startsWith("conversation "))
                        .map(line -> line.split(" ", -1)[1])
                        .findFirst()
                        .orElse("");
            }
            Path text = Files.writeString(folder.resolve("reply"), Letters.text(REPLY));
            traced(folder, calls, said, "reply", ada, conversation, "--text", text);
            traced(folder, calls, said, "replenish", ada);
            send(town, letters, 3);
            heads.next(town);
            heads.next(town);
            traced(folder, calls, said, "read", ada);
            station.stop();
            return new DeskRun(new Recording(before, ada, calls), said, town.newsroomFile(), scene.station());
        }
    }

    private static void traced(Path folder, List<Syscall> calls, List<Said> said, String command, Object... words)
            throws Exception {
        Path trace = folder.resolve("trace " + said.size());
        List<Object> line = new ArrayList<>(List.of("journalist", command));
        line.addAll(List.of(words));
        try (Program program =
                Program.startTraced(trace, TraceReader.CALLS, List.of(Town.PASSPHRASE), line.toArray())) {
            if (program.end() != 0) {
                throw new AssertionError("is strace there? " + program.lines());
            }
            said.add(new Said(command, program.timedLines()));
        }
        long after = calls.isEmpty()
                ? 0
                : calls.stream().mapToLong(Syscall::end).max().orElse(0);
        for (Syscall call : TraceReader.read(trace, (Path) words[0])) {
            calls.add(new Syscall(call.begin() + after, call.end() + after, call.micros(), call.action()));
        }
    }

    private static void send(Town town, Letters letters, int number) throws Exception {
        SeededRandom random = SeededRandom.of(number);
        try (StationSession session = town.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            byte[] bundle = letters.write(epoch, Letters.text(number));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
            try (ChunkUploader uploader = town.client().uploader(epoch.certificate())) {
                uploader.upload(
                        SealedChunk.takeOver(
                                ChunkId.copyOf(random.bytes(ChunkId.LENGTH)),
                                random.bytes(SizeClass.KIB_64.chunkLength())),
                        sent -> {});
            }
        }
    }

    Recording recording() {
        return recording;
    }

    /** What is wrong with {@code state}. */
    List<String> faults(Path state, long micros) throws Exception {
        DeskLedger ledger = new DeskLedger(newsroom);
        boolean allPublished = true;
        for (Said each : said) {
            List<String> lines = each.before(micros);
            if (each.command().equals("reply")) {
                ledger.replied(REPLY, lines);
            } else {
                ledger.showed(lines);
            }
            allPublished &= lines.size() == each.lines().size();
        }
        List<String> faults = new ArrayList<>();
        Scene.Checked checked = Scene.checkDesk(state);
        if (!checked.isGreen()) {
            checked.lines().stream().filter(line -> !line.startsWith("ok ")).forEach(faults::add);
            faults.add("the check ends with " + checked.exit());
            return faults;
        }
        faults.addAll(ledger.lost(state));
        if (allPublished) {
            faults.addAll(ledger.unreadable(state, station));
        }
        return faults;
    }
}
