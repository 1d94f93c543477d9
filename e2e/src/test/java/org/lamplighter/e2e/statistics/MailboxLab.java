package org.lamplighter.e2e.statistics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.mailbox.AdmissionPlan;
import org.lamplighter.station.mailbox.AdmissionPlanner;
import org.lamplighter.station.mailbox.Intake;
import org.lamplighter.station.mailbox.Rows;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.MailboxStore.Slot;
import org.lamplighter.station.store.MailboxStore.Turn;
import org.lamplighter.station.store.sqlite.SqliteStore;
import org.lamplighter.testkit.SeededRandom;

/**
 * Queue, lottery and slots of a station over its SQLite store, without the files of epochs: bundles are posted, boundaries turned,
 * and the test knows whose rows went where. One thread at a time.
 */
final class MailboxLab implements AutoCloseable {
    private static final Digest NONE = Digest.copyOf(new byte[Digest.LENGTH]);
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(new byte[NewsroomId.LENGTH]);

    private final SqliteStore store;
    private final MailboxStore mailbox;
    private final StationParameters parameters;
    private final SecureRandom random;
    private final Intake intake;
    /** For the contents of bundles, which are nobody's secret here. */
    private final SeededRandom contents = SeededRandom.of(7);

    private final byte[] envelope = contents.bytes(MailboxRow.ENVELOPE_LENGTH);
    private final Map<ByteBuffer, Integer> bundleOf = new HashMap<>();
    /** Slot by slot, the X that is to be there, while it lives. */
    private final Map<Integer, Live> live = new HashMap<>();

    private long boundary;
    private int posted;

    private MailboxLab(SqliteStore store, StationParameters parameters, SecureRandom random) {
        this.store = store;
        this.mailbox = store.mailbox();
        this.parameters = parameters;
        this.random = random;
        this.intake = Intake.of(mailbox, random);
        this.boundary = 20_790L * 86_400;
    }

    /** A row that was admitted. */
    private record Live(ByteBuffer x, long leavesAt) {}

    /**
     * A row that entered.
     *
     * @param bundle number of its bundle, from 0 in the order of posting
     * @param rank where its slot stands among those that were free, from 0 to 1
     */
    record Entered(int bundle, int slot, double rank) {}

    /**
     * What a boundary did.
     *
     * @param waiting bundles in its lottery
     * @param left bundles in the queue afterwards
     * @param freed slots whose row was due, in some of which others may have entered
     */
    record Boundary(int waiting, int left, List<Entered> entered, List<Integer> freed) {}

    static MailboxLab open(Path folder, StationParameters parameters, SecureRandom random) throws IOException {
        Path file = folder.resolve("lab.sqlite");
        SqliteStore.create(file);
        MailboxLab lab = new MailboxLab(SqliteStore.open(file, Moments.NONE), parameters, random);
        Rows.fill(lab.mailbox, parameters.slots(), random);
        return lab;
    }

    /** Posts a bundle of fresh rows in the coming epoch; yields its number. */
    int post() throws IOException, InterruptedException {
        List<MailboxRow> rows = new ArrayList<>();
        for (int i = 0; i < parameters.envelopes(); i++) {
            MailboxRow row = MailboxRow.of(Decoys.generate(contents).hint(), envelope);
            bundleOf.put(ByteBuffer.wrap(row.hint().encodedX()), posted);
            rows.add(row);
        }
        byte[] token = contents.bytes(Bundle.TOKEN_LENGTH);
        if (!intake.post(Bundle.of(rows, NONE, token).encode(), parameters, boundary + 1)) {
            throw new AssertionError("a bundle was refused");
        }
        return posted++;
    }

    /** Plans the next boundary and enters it. */
    Boundary turn() throws IOException {
        boundary += parameters.epochSeconds();
        int waiting = (int) mailbox.queue().stream()
                .filter(place -> boundary - place.arrived() <= parameters.waitingSeconds())
                .count();
        AdmissionPlan plan = AdmissionPlanner.plan(mailbox, parameters, random, boundary);
        List<Entered> entered = new ArrayList<>();
        List<Integer> freed = new ArrayList<>(live.entrySet().stream()
                .filter(slot -> slot.getValue().leavesAt() <= boundary)
                .map(Map.Entry::getKey)
                .toList());
        freed.forEach(live::remove);
        List<Integer> free = IntStream.range(0, slots())
                .filter(slot -> !live.containsKey(slot))
                .boxed()
                .toList();
        for (Slot slot : plan.changed()) {
            if (slot.leavesAt() != 0) {
                ByteBuffer x = xOf(slot.hint());
                entered.add(new Entered(bundleOf.get(x), slot.number(), rank(slot.number(), free)));
                if (live.put(slot.number(), new Live(x, slot.leavesAt())) != null) {
                    throw new AssertionError("a row was put over another");
                }
            }
        }
        enter(plan.changed(), plan.leaving(), plan.buckets());
        return new Boundary(waiting, mailbox.queue().size(), entered, freed);
    }

    /** Builds the epoch of the rows as they are now; yields the position of each slot. */
    int[] positions() throws IOException {
        List<Integer> asked = new ArrayList<>();
        Rows rows = Rows.after(new AdmissionPlan(List.of(), List.of(), Blob.takeOver(new byte[0])), mailbox, slots());
        EpochBuilder.of(NEWSROOM, boundary / parameters.epochSeconds(), 2)
                .<IOException>build(
                        rows.hints(),
                        new byte[0],
                        random,
                        slot -> {
                            asked.add(slot);
                            return envelope;
                        },
                        (file, bytes) -> {});
        int[] positionOf = new int[slots()];
        for (int position = 0; position < asked.size(); position++) {
            positionOf[asked.get(position)] = position;
        }
        return positionOf;
    }

    /** How many rows that were admitted and are not due are not in the slot into which they came. */
    int lostRows() throws IOException {
        int lost = 0;
        for (Slot slot : mailbox.slots(0, slots())) {
            Live expected = live.get(slot.number());
            if (expected != null && !expected.x().equals(xOf(slot.hint()))) {
                lost++;
            }
        }
        return lost;
    }

    int liveRows() {
        return live.size();
    }

    /** The fault of a station that makes room: it puts a decoy over a row that lives. */
    void overwriteARow() throws IOException {
        int slot = live.keySet().iterator().next();
        MailboxRow decoy = Decoys.generate(contents);
        boundary += parameters.epochSeconds();
        enter(
                List.of(new Slot(slot, 0, Blob.takeOver(decoy.hint().encode()), Blob.takeOver(decoy.envelope()))),
                List.of(),
                mailbox.buckets().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    private void enter(List<Slot> changed, List<Long> leaving, Blob buckets) throws IOException {
        Epoch epoch = new Epoch(
                mailbox.lastEpoch().map(Epoch::number).orElse(0L) + 1,
                boundary,
                NONE,
                NONE,
                Blob.takeOver(new byte[0]));
        if (!mailbox.enter(new Turn(epoch, changed, leaving, buckets, 2))) {
            throw new AssertionError("the turn was not entered");
        }
    }

    /** Anywhere in the slot's share of the line from 0 to 1: uniform when the slot is, however many are free. */
    private double rank(int slot, List<Integer> free) {
        return (Collections.binarySearch(free, slot) + contents.nextDouble()) / free.size();
    }

    private int slots() {
        return parameters.slots();
    }

    private static ByteBuffer xOf(Blob hint) {
        return ByteBuffer.wrap(hint.toByteArray()).slice(0, 32);
    }
}
