package org.lamplighter.station.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.station.store.ChunkTable.Chunk;
import org.lamplighter.station.store.ChunkTable.Entered;
import org.lamplighter.station.store.ChunkTable.Numbered;
import org.lamplighter.station.store.DocumentStore.Document;
import org.lamplighter.station.store.DocumentStore.Installed;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.MailboxStore.Draw;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.MailboxStore.Offered;
import org.lamplighter.station.store.MailboxStore.Place;
import org.lamplighter.station.store.MailboxStore.Slot;
import org.lamplighter.station.store.MailboxStore.Turn;
import org.lamplighter.station.store.MailboxStore.Waiting;
import org.lamplighter.station.store.PrekeyStore.StoredPrekey;
import org.lamplighter.testkit.SeededRandom;

/** What {@link StationStore} promises; every adapter runs it on its own store. */
public abstract class StationStoreContract {
    private final SeededRandom random = SeededRandom.of(7);
    private StationStore store;

    /** A store with nothing in it. */
    protected abstract StationStore create() throws Exception;

    /** The same store after the process that had it open has ended in whatever way. */
    protected abstract StationStore reopen(StationStore store) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = create();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void newStore_isEmptyAndSound() throws Exception {
        assertThat(store.documents().find(Kind.CERTIFICATE)).isEmpty();
        assertThat(store.mailbox().queue()).isEmpty();
        assertThat(store.mailbox().filled()).isZero();
        assertThat(store.mailbox().lastEpoch()).isEmpty();
        assertThat(store.mailbox().buckets()).isEmpty();
        assertThat(store.chunks().used(1)).isZero();
        assertThat(store.defects()).isEmpty();
    }

    @Test
    void document_serialNeverGoesBack() throws Exception {
        DocumentStore documents = store.documents();

        assertThat(documents.install(roster(3, "three"))).isEqualTo(Installed.INSTALLED);
        assertThat(documents.install(roster(3, "three"))).isEqualTo(Installed.UNCHANGED);
        assertThat(documents.install(roster(3, "another three"))).isEqualTo(Installed.ROLLED_BACK);
        assertThat(documents.install(roster(2, "two"))).isEqualTo(Installed.ROLLED_BACK);
        assertThat(documents.find(Kind.ROSTER)).contains(roster(3, "three"));
        assertThat(documents.install(roster(4, "four"))).isEqualTo(Installed.INSTALLED);
        assertThat(documents.find(Kind.ROSTER)).contains(roster(4, "four"));
        assertThat(documents.find(Kind.CERTIFICATE)).isEmpty();
    }

    @Test
    void offer_keepsAndSurvivesReopening() throws Exception {
        Waiting bundle = bundle(1, 2);

        assertThat(store.mailbox().offer(bundle, last())).isEqualTo(Offered.KEPT);
        store = reopen(store);

        List<Place> queue = store.mailbox().queue();
        assertThat(queue).hasSize(1);
        assertThat(store.mailbox().waiting(queue.getFirst().id())).contains(bundle);
    }

    @Test
    void offer_withAnyPointSeenBefore_isRepeatedAndNotCounted() throws Exception {
        store.mailbox().offer(bundle(1, 2), last());

        assertThat(store.mailbox().offer(bundle(2, 3), last())).isEqualTo(Offered.REPEATED);
        assertThat(store.mailbox().queue()).hasSize(1);
        // 3 was only in the refused bundle: it is still new.
        assertThat(store.mailbox().offer(bundle(3, 4), last())).isEqualTo(Offered.KEPT);
    }

    @Test
    void offer_fromManyThreadsWithOnePointInCommon_keepsExactlyOne() throws Exception {
        List<Offered> results = concurrently(20, i -> () -> store.mailbox().offer(bundle(1, 100 + i), last()));

        assertThat(results).filteredOn(Offered.KEPT::equals).hasSize(1);
        assertThat(results).filteredOn(Offered.REPEATED::equals).hasSize(19);
        assertThat(store.mailbox().queue()).hasSize(1);
    }

    @Test
    void offer_toAFullQueue_replacesOrRefusesAsDrawn() throws Exception {
        store.mailbox().offer(bundle(1, 2), last());
        store.mailbox().offer(bundle(3, 4), last());
        List<Long> before = store.mailbox().queue().stream().map(Place::id).toList();

        assertThat(store.mailbox().offer(bundle(5, 6), place(-1))).isEqualTo(Offered.NOT_DRAWN);
        assertThat(store.mailbox().queue()).extracting(Place::id).isEqualTo(before);
        assertThat(store.mailbox().offer(bundle(7, 8), place(1))).isEqualTo(Offered.KEPT);
        assertThat(store.mailbox().queue())
                .extracting(Place::id)
                .hasSize(2)
                .contains(before.get(0))
                .doesNotContain(before.get(1));
    }

    @Test
    void offer_countsOffersOnlyWhileTheQueueIsFull() throws Exception {
        List<Long> counts = new ArrayList<>();
        store.mailbox().offer(bundle(1, 2), counting(counts, 0));
        store.mailbox().offer(bundle(3, 4), counting(counts, -1));
        store.mailbox().offer(bundle(5, 6), counting(counts, 0));
        store.mailbox().offer(bundle(7, 8), counting(counts, 1));
        store.mailbox().offer(bundle(9, 10), counting(counts, -1));

        assertThat(counts).containsExactly(0L, 0L, 1L, 0L, 1L);
    }

    @Test
    void offer_afterItWasDisplacedOrNotDrawn_isNewAgain() throws Exception {
        store.mailbox().offer(bundle(1, 2), last());
        store.mailbox().offer(bundle(3, 4), place(0));
        store.mailbox().offer(bundle(5, 6), place(-1));

        assertThat(store.mailbox().offer(bundle(1, 2), last())).isEqualTo(Offered.KEPT);
        assertThat(store.mailbox().offer(bundle(5, 6), last())).isEqualTo(Offered.KEPT);
        assertThat(store.mailbox().offer(bundle(3, 4), last())).isEqualTo(Offered.REPEATED);
    }

    @Test
    void fill_leavesFilledSlotsAlone() throws Exception {
        store.mailbox().fill(slots(0, 3, 0));
        List<Slot> before = store.mailbox().slots(0, 10);
        store.mailbox().fill(slots(0, 5, 0));

        assertThat(store.mailbox().filled()).isEqualTo(5);
        assertThat(store.mailbox().slots(0, 3)).isEqualTo(before);
        assertThat(store.mailbox().hints(1, 2))
                .containsExactly(before.get(1).hint(), before.get(2).hint());
        assertThat(store.mailbox().envelope(2)).isEqualTo(before.get(2).envelope());
        assertThatThrownBy(() -> store.mailbox().envelope(5)).isInstanceOf(StoreException.class);
    }

    @Test
    void enter_changesEverythingAtOnce() throws Exception {
        store.mailbox().fill(slots(0, 4, 0));
        store.mailbox().offer(bundle(1, 2), last());
        long id = store.mailbox().queue().getFirst().id();
        Slot fresh = slots(2, 1, 900).getFirst();

        assertThat(store.mailbox().enter(turn(epoch(1, 100), List.of(fresh), List.of(id))))
                .isTrue();
        store = reopen(store);

        assertThat(store.mailbox().queue()).isEmpty();
        assertThat(store.mailbox().slots(2, 1)).containsExactly(fresh);
        assertThat(store.mailbox().leaving()).containsExactly(0L, 0L, 900L, 0L);
        assertThat(store.mailbox().buckets()).isPresent();
        assertThat(store.mailbox().lastEpoch().map(Epoch::number)).contains(1L);
    }

    @Test
    void enter_ofAnotherThanTheNextEpoch_changesNothing() throws Exception {
        store.mailbox().fill(slots(0, 1, 0));
        Slot fresh = slots(0, 1, 900).getFirst();
        store.mailbox().enter(turn(epoch(1, 100), List.of(), List.of()));

        for (Epoch wrong : List.of(epoch(1, 200), epoch(3, 200), epoch(2, 100), epoch(2, 99))) {
            assertThat(store.mailbox().enter(turn(wrong, List.of(fresh), List.of())))
                    .describedAs("%s", wrong)
                    .isFalse();
        }
        assertThat(store.mailbox().leaving()).containsExactly(0L);
        assertThat(store.mailbox().epochs(0)).hasSize(1);
    }

    @Test
    void enter_byTwoAtATime_letsOneIn() throws Exception {
        List<Boolean> results =
                concurrently(8, i -> () -> store.mailbox().enter(turn(epoch(1, 100 + i), List.of(), List.of())));

        assertThat(results).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(store.mailbox().epochs(0)).hasSize(1);
    }

    @Test
    void enter_remembersPointsUntilTheirTimeAndEpochsAsManyAsAsked() throws Exception {
        store.mailbox().offer(bundle(1, 2), last()); // remembered until 1000
        long id = store.mailbox().queue().getFirst().id();
        store.mailbox().enter(turn(epoch(1, 999), List.of(), List.of(id)));
        assertThat(store.mailbox().offer(bundle(1, 2), last())).isEqualTo(Offered.REPEATED);

        store.mailbox().enter(turn(epoch(2, 1000), List.of(), List.of()));
        assertThat(store.mailbox().offer(bundle(1, 2), last())).isEqualTo(Offered.KEPT);

        store.mailbox().enter(turn(epoch(3, 1001), List.of(), List.of()));
        store.mailbox().enter(turn(epoch(4, 1002), List.of(), List.of()));
        assertThat(store.mailbox().epochs(0)).extracting(Epoch::number).containsExactly(2L, 3L, 4L);
        assertThat(store.mailbox().epochs(3)).extracting(Epoch::number).containsExactly(3L, 4L);
    }

    @Test
    void prekey_firstOneStays() throws Exception {
        PrekeyStore prekeys = store.prekeys();
        JournalistId ada = JournalistId.copyOf(random.bytes(8));
        StoredPrekey first = new StoredPrekey(ada, 5, blob(10));
        prekeys.add(List.of(first, new StoredPrekey(ada, 6, blob(10))));
        prekeys.add(List.of(new StoredPrekey(ada, 5, blob(10)), new StoredPrekey(ada, 7, blob(10))));

        assertThat(prekeys.find(ada, 5)).contains(first);
        assertThat(prekeys.slots(ada, 6)).containsExactly(6L, 7L);
        prekeys.forgetBefore(6);
        assertThat(prekeys.find(ada, 5)).isEmpty();
        assertThat(prekeys.all()).extracting(StoredPrekey::slot).containsExactly(6L, 7L);
    }

    @Test
    void chunk_firstOfAnIdWinsAndTheQuotaHolds() throws Exception {
        ChunkTable chunks = store.chunks();
        Chunk first = chunk(1, 60, 9);

        assertThat(chunks.enter(first, 1, 100)).isEqualTo(Entered.ENTERED);
        assertThat(chunks.enter(chunk(1, 60, 9), 1, 100)).isEqualTo(Entered.KNOWN);
        assertThat(chunks.enter(chunk(2, 60, 9), 1, 100)).isEqualTo(Entered.QUOTA_USED);
        assertThat(chunks.used(1)).isEqualTo(60);
        assertThat(chunks.enter(chunk(2, 40, 9), 1, 100)).isEqualTo(Entered.ENTERED);
        assertThat(chunks.enter(chunk(3, 60, 9), 2, 100)).isEqualTo(Entered.ENTERED);
        store = reopen(store);
        assertThat(store.chunks().find(first.id())).contains(first);
        assertThat(store.chunks().used(1)).isEqualTo(100);
    }

    @Test
    void chunk_sequenceGrowsAndIsNeverUsedTwice() throws Exception {
        ChunkTable chunks = store.chunks();
        for (int i = 1; i <= 3; i++) {
            chunks.enter(chunk(i, 1, i), 1, 100);
        }
        long last = chunks.after(0, 10).getLast().sequence();

        assertThat(chunks.expired(3, 10)).extracting(Chunk::day).containsExactly(1L, 2L);
        chunks.remove(chunks.after(0, 10).stream().map(n -> n.chunk().id()).toList(), 1);
        assertThat(chunks.after(0, 10)).isEmpty();
        chunks.enter(chunk(4, 1, 4), 1, 100);

        List<Numbered> after = chunks.after(last, 10);
        assertThat(after).extracting(Numbered::sequence).allMatch(sequence -> sequence > last);
        assertThat(chunks.after(after.getFirst().sequence(), 10)).isEmpty();
    }

    @Test
    void chunk_enteredByManyAtATime_isEnteredOnce() throws Exception {
        List<Entered> results = concurrently(20, i -> () -> store.chunks().enter(chunk(1, 10, 9), 1, 1000));

        assertThat(results).filteredOn(Entered.ENTERED::equals).hasSize(1);
        assertThat(store.chunks().used(1)).isEqualTo(10);
    }

    @Test
    void manyWritersAtATime_areAllKept() throws Exception {
        concurrently(200, i -> () -> store.mailbox().offer(bundle(1000 + 2 * i, 1001 + 2 * i), last()));
        store = reopen(store);

        Set<Long> ids = store.mailbox().queue().stream().map(Place::id).collect(Collectors.toSet());
        assertThat(ids).hasSize(200);
    }

    private static Document roster(long serial, String text) {
        return new Document(Kind.ROSTER, serial, Blob.copyOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private Waiting bundle(long... points) {
        List<Blob> xs = LongStream.of(points)
                .mapToObj(point -> {
                    byte[] bytes = new byte[32];
                    bytes[0] = (byte) point;
                    bytes[1] = (byte) (point >> 8);
                    return Blob.takeOver(bytes);
                })
                .toList();
        return new Waiting(40, 1000, xs, blob(200));
    }

    private Draw last() {
        return draw(Optional.empty(), new ArrayList<>());
    }

    private Draw place(int place) {
        return draw(Optional.of(place), new ArrayList<>());
    }

    /** Notes the count of offers; {@code place}: 0 for a new place, else as {@link Draw#place}. */
    private Draw counting(List<Long> counts, int place) {
        return draw(place == 0 ? Optional.empty() : Optional.of(place), counts);
    }

    private Draw draw(Optional<Integer> place, List<Long> counts) {
        long id;
        synchronized (random) {
            id = random.nextLong();
        }
        return new Draw() {
            @Override
            public long id() {
                return id;
            }

            @Override
            public int place(int waiting, long offered) {
                counts.add(offered);
                return place.map(p -> Math.min(p, waiting)).orElse(waiting);
            }
        };
    }

    private List<Slot> slots(int first, int count, long leavesAt) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> new Slot(number, leavesAt, blob(64), blob(8176)))
                .toList();
    }

    private Epoch epoch(long number, long time) {
        synchronized (random) {
            return new Epoch(number, time, Digest.copyOf(random.bytes(32)), Digest.copyOf(random.bytes(32)), blob(300));
        }
    }

    private Turn turn(Epoch epoch, List<Slot> changed, List<Long> leaving) {
        return new Turn(epoch, changed, leaving, blob(25), 3);
    }

    private Chunk chunk(int id, int length, long day) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) id;
        synchronized (random) {
            return new Chunk(ChunkId.copyOf(bytes), length, Digest.copyOf(random.bytes(32)), day);
        }
    }

    private Blob blob(int length) {
        synchronized (random) {
            return Blob.takeOver(random.bytes(length));
        }
    }

    private interface Numbering<T> {
        Callable<T> task(int number);
    }

    private static <T> List<T> concurrently(int tasks, Numbering<T> numbering)
            throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(
                    IntStream.range(0, tasks).mapToObj(numbering::task).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }
}
