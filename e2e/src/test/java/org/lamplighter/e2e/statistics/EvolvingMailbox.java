package org.lamplighter.e2e.statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.mailbox.UniformChoice;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

/**
 * A mailbox of 64 slots, half of them rows of bundles, half decoys, through epoch after epoch. Every fourth epoch the oldest
 * bundle leaves and another enters, composed, freed and built by the code that ships. One thread at a time.
 */
final class EvolvingMailbox {
    static final int SLOTS = 64;
    private static final int ENVELOPES = 4;
    private static final int EPOCHS_A_BUNDLE = 4;

    private final SeededRandom random;
    private final NewsroomId newsroom;
    private final BundleComposer composer;
    private final Correspondent source;
    private final List<Correspondent> journalists;
    private final List<MailboxRow> rows = new ArrayList<>();
    private final boolean[] sent = new boolean[SLOTS];
    private final Deque<int[]> bundles = new ArrayDeque<>();
    private long epoch;

    private EvolvingMailbox(SeededRandom random) {
        this.random = random;
        this.newsroom = NewsroomId.copyOf(random.bytes(32));
        this.composer = BundleComposer.of(newsroom, ENVELOPES, random);
        this.source = Correspondent.generate(random);
        this.journalists = List.of(Correspondent.generate(random), Correspondent.generate(random));
        for (int slot = 0; slot < SLOTS; slot++) {
            rows.add(Decoys.generate(random));
        }
    }

    static EvolvingMailbox open(long seed) throws MalformedException {
        EvolvingMailbox mailbox = new EvolvingMailbox(SeededRandom.of(seed));
        for (int bundle = 0; bundle < SLOTS / 2 / ENVELOPES; bundle++) {
            mailbox.admit();
        }
        return mailbox;
    }

    /** Builds the next epoch. */
    ObservedEpoch next() throws MalformedException {
        if (++epoch % EPOCHS_A_BUNDLE == 0) {
            for (int slot : bundles.removeFirst()) {
                rows.set(slot, Decoys.generate(random));
                sent[slot] = false;
            }
            admit();
        }
        byte[][] bodies = new byte[SLOTS][];
        List<Integer> asked = new ArrayList<>();
        BuiltEpoch built = EpochBuilder.of(newsroom, epoch, 2)
                .<RuntimeException>build(
                        rows.stream().map(MailboxRow::hint).toList(),
                        new byte[0],
                        random,
                        slot -> {
                            asked.add(slot);
                            return rows.get(slot).envelope();
                        },
                        (file, bytes) -> bodies[file] = bytes);
        byte[] file = built.hints();
        byte[][] hints = new byte[SLOTS][];
        int[] slotAt = new int[SLOTS];
        boolean[] sentAt = new boolean[SLOTS];
        for (int position = 0; position < SLOTS; position++) {
            int from = position * EpochLayout.HINT_LENGTH;
            hints[position] = Arrays.copyOfRange(file, from, from + EpochLayout.HINT_LENGTH);
            slotAt[position] = asked.get(position);
            sentAt[position] = sent[slotAt[position]];
        }
        return new ObservedEpoch(hints, bodies, slotAt, sentAt);
    }

    /** One or two addressees, so that some rows of a bundle are its sender's decoys. */
    private void admit() throws MalformedException {
        List<Correspondent> to = journalists.subList(0, 1 + random.nextInt(2));
        byte[] bundle = source.write(composer, "The procurement office pays twice.", to, random);
        List<Integer> free = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (!sent[slot]) {
                free.add(slot);
            }
        }
        int[] slots = Arrays.stream(UniformChoice.choose(ENVELOPES, free.size(), random))
                .map(free::get)
                .toArray();
        int next = 0;
        for (MailboxRow row : Bundle.parse(bundle, ENVELOPES).rows()) {
            rows.set(slots[next], row);
            sent[slots[next++]] = true;
        }
        bundles.addLast(slots);
    }
}
