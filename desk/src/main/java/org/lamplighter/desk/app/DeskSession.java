package org.lamplighter.desk.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.app.SessionReport.Trouble;
import org.lamplighter.desk.evidence.Documents;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.inbox.Refusal;
import org.lamplighter.desk.inbox.Sorted;
import org.lamplighter.desk.inbox.Sorter;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.reply.Outbox;
import org.lamplighter.desk.vault.VaultException;

/**
 * One session with the station (docs/spec 4.11), always the same steps: fetch everything, hand over at most one bundle, sort what
 * is for this journalist, collect evidence, erase prekeys, upload prekeys. One use, one thread.
 *
 * <p>What is handed over was decided before: sorting takes longer the more is found, and the station would see by when the
 * bundle comes, or when the connection ends, how much that was.
 *
 * <p>What was found is stored before the next step. Only a session in which every row was stored or refused and all evidence
 * collected erases prekeys: whatever fails before, the secrets are there to try again.
 */
final class DeskSession {
    /** Blocks are uploaded up to the horizon of docs/spec 1.6, less one block. */
    private static final int MOST_AHEAD = 128;

    private final DeskParts desk;
    private final Progress progress;
    private final SessionReport.Tally refused = new SessionReport.Tally();
    private final List<Trouble> troubles = new ArrayList<>();
    private int received;
    private int confirmed;
    private boolean posted;
    private int chunks;
    private int uploaded;
    private int erased;

    DeskSession(DeskParts desk, Progress progress) {
        this.desk = desk;
        this.progress = progress;
    }

    /** Runs the session; {@code topUp} uploads prekeys although enough are ahead. */
    // The session's circuit ends before the collector's begins: closed early, and once more at the end in case of
    // failure.
    @SuppressWarnings("try")
    SessionReport run(boolean topUp) throws StationFailure, VaultException, DeskFailure {
        try (StationSession session = desk.station().session()) {
            VerifiedEpoch epoch = fetch(session);
            post(session, epoch);
            session.close();
            List<PrekeySecret> secrets = desk.prekeys().upTo(epoch.head().prekeySlot() + 1);
            try {
                sortAll(epoch, secrets);
                awaitNextMoment(session);
                Collecting collecting = new Collecting(desk, progress);
                collecting.run().ifPresent(troubles::add);
                chunks = collecting.chunks();
                openEvidence(secrets);
            } finally {
                secrets.forEach(PrekeySecret::close);
            }
            erase(epoch);
            upload(session, epoch, topUp);
            return report(epoch);
        }
    }

    private void erase(VerifiedEpoch epoch) throws VaultException {
        StationParameters parameters = epoch.certificate().parameters();
        if (isScanComplete()) {
            erased += desk.prekeys().eraseAfterScan(epoch.head().time(), parameters);
        }
        erased += desk.prekeys().eraseOverdue(desk.now(), epoch.head().time(), parameters);
    }

    /** What the next requests come after took the longer, the more was found: they come at a moment that does not tell. */
    private void awaitNextMoment(StationSession session) {
        try {
            desk.surroundings().pause().until(session.nextMoment());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The session goes on to its end.
        }
    }

    private boolean isScanComplete() {
        return troubles.stream()
                .noneMatch(trouble -> trouble.step() == Step.FRESHNESS || trouble.step() == Step.COLLECT);
    }

    private VerifiedEpoch fetch(StationSession session) throws StationFailure, VaultException, DeskFailure {
        Optional<StationMemory> memory =
                StationMemory.load(desk.vault(), desk.profile().newsroom());
        Optional<HeadMemory> head = memory.map(StationMemory::head);
        VerifiedEpoch epoch = session.fetch(head, memory.map(StationMemory::certificate), progress);
        if (memory.isPresent()) {
            requireNotOlder(memory.get(), epoch);
        }
        Enrolment.require(desk, epoch.keys());
        Enrolment.troubleWithPrekey(desk, epoch.keys()).ifPresent(troubles::add);
        if (epoch.freshness() == Freshness.CURRENT) {
            startOver(epoch);
            // An epoch of another time is no memory to hold the station to.
            new StationMemory(
                            epoch.memory(),
                            epoch.head().time(),
                            epoch.certificate(),
                            epoch.keys().roster())
                    .store(desk.vault());
        } else {
            try {
                epoch.requireCurrent(desk.surroundings().clock().instant());
            } catch (StationFailure e) {
                troubles.add(Trouble.of(Step.FRESHNESS, e));
            }
        }
        return epoch;
    }

    /** What a restored station, or a restored folder, makes necessary; before the memory by which it is noticed (9.7, 9.8). */
    private void startOver(VerifiedEpoch epoch) throws VaultException {
        if (epoch.isStationReplaced()) {
            desk.chunks().beginAgain();
        }
        if (epoch.isStationReplaced() || hasForeignPrekey()) {
            desk.prekeys().forgetUploads();
        }
    }

    /** Then the station keeps what it has, and an upload would be for nothing. */
    private boolean hasForeignPrekey() {
        return troubles.stream().anyMatch(trouble -> trouble.step() == Step.OWN_PREKEY);
    }

    /** With an older roster a journalist would come back whom the newsroom has declared compromised. */
    private static void requireNotOlder(StationMemory memory, VerifiedEpoch epoch) throws DeskFailure {
        try {
            memory.roster().checkSuccessor(epoch.keys().roster());
            memory.certificate().checkSuccessor(epoch.certificate());
        } catch (MalformedException e) {
            throw new DeskFailure(
                    DeskFailure.Kind.WENT_BACK,
                    "the station shows an older roster or certificate than before (" + e.getMessage() + ")",
                    "tell the newsroom: its newest roster and certificate must be installed at the station");
        }
    }

    /** Stores or refuses every row that is for this journalist. Nothing in a row can stop the next one. */
    private void sortAll(VerifiedEpoch epoch, List<PrekeySecret> secrets) throws StationFailure, VaultException {
        Sorter sorter = new Sorter(
                desk.vault(),
                desk.inbox(),
                desk.profile().keys().apke().publicKey(),
                epoch.keys().roster(),
                epoch.certificate().parameters(),
                epoch.head().prekeySlot(),
                desk.now());
        NewsroomId newsroom = desk.profile().newsroom().id();
        for (Match match : scan(epoch, newsroom)) {
            try (match) {
                Optional<OpenedEnvelope> envelope = BodyOpener.open(match, epoch.bodyFile(match.bodyFile()))
                        .flatMap(bytes -> open(bytes, secrets, newsroom));
                if (envelope.isPresent()) {
                    take(sorter.sort(envelope.get()));
                } else {
                    refused.add(Refusal.NOT_READABLE);
                }
            }
        }
        received += sorter.settle().size();
    }

    private List<Match> scan(VerifiedEpoch epoch, NewsroomId newsroom) throws StationFailure {
        try {
            EpochLayout layout =
                    new EpochLayout(epoch.certificate().parameters().slots());
            long bytes = epoch.hints().length;
            return Scan.of(epoch.hints(), layout, newsroom, epoch.head().epoch())
                    .run(
                            desk.profile().keys().fetch(),
                            desk.surroundings().threads(),
                            (done, all) -> progress.update("search", bytes * done / all, bytes));
        } catch (MalformedException e) {
            throw new IllegalStateException("the client has verified the length of the hints", e);
        }
    }

    private Optional<OpenedEnvelope> open(byte[] sealed, List<PrekeySecret> secrets, NewsroomId newsroom) {
        FetchPublicKey fetch = desk.profile().keys().fetch().publicKey();
        return secrets.stream()
                .flatMap(secret -> Envelope.open(secret.openingKeys(fetch), newsroom, sealed).stream())
                .findFirst();
    }

    private void take(Sorted sorted) throws VaultException {
        switch (sorted) {
            case Sorted.Kept kept -> received++;
            case Sorted.Refused left -> refused.add(left.reason());
            case Sorted.OwnCopy copy ->
                confirmed += desk.outbox().confirm(copy.id(), copy.message(), desk.now()) ? 1 : 0;
            case Sorted.Waiting waiting -> {}
            case Sorted.Known known -> {}
        }
    }

    /** At most one bundle a session, whatever was found. */
    private void post(StationSession session, VerifiedEpoch epoch) throws VaultException {
        if (epoch.freshness() != Freshness.CURRENT) {
            return;
        }
        StationParameters parameters = epoch.certificate().parameters();
        desk.outbox().renewThreads(desk.now(), parameters, desk.surroundings().random());
        Optional<Outbox.Due> due = desk.outbox().next(desk.now(), epoch.head().prekeySlot(), parameters);
        Optional<PrekeySecret> own = desk.prekeys().secret(epoch.head().prekeySlot());
        if (due.isEmpty() || own.isEmpty()) {
            own.ifPresent(PrekeySecret::close);
            return;
        }
        try (PrekeySecret prekey = own.get()) {
            byte[] bundle = new ReplySealer(desk, epoch, prekey).seal(due.get());
            desk.outbox().attempt(due.get());
            desk.surroundings().pause().until(session.nextMoment());
            session.post(bundle);
            desk.outbox().posted(due.get(), desk.now());
            posted = true;
        } catch (StationFailure e) {
            // It stays in the outbox, and the next session tries again.
            troubles.add(Trouble.of(Step.POST, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The session goes on to its end; what was not posted stays in the outbox.
        }
    }

    /** Texts that came as evidence, and this journalist's shares: both need the prekeys that are erased next. */
    private void openEvidence(List<PrekeySecret> secrets) throws VaultException {
        // In the order of arrival: a set of sealed keys belongs to the message in which it came first.
        List<Message> messages = desk.inbox().messages().stream()
                .sorted(Comparator.comparingLong(Message::storedAt)
                        .thenComparingLong(Message::prekeySlot)
                        .thenComparing(message -> message.id().hex()))
                .toList();
        for (Message message : messages) {
            if (desk.inbox().isOpened(message)) {
                continue;
            }
            Documents.State state = Documents.open(message, desk.inbox(), desk.chunks());
            Optional<Submission> submission =
                    state == Documents.State.READ ? desk.inbox().submission(message) : Optional.empty();
            if (submission.isPresent()) {
                desk.shares().keepOwn(message, submission.get(), secrets);
            }
            // Chunks that are here never change, and prekeys only get fewer: another try would end alike. What stands
            // in
            // the message itself is quickly read again.
            if (state != Documents.State.MISSING && Documents.isElsewhere(message)) {
                desk.inbox().opened(message);
            }
        }
    }

    private void upload(StationSession session, VerifiedEpoch epoch, boolean topUp) throws VaultException {
        long slot = epoch.head().prekeySlot();
        long length = epoch.certificate().parameters().prekeySeconds();
        boolean wanted =
                desk.prekeys().isDue(slot, length) || (topUp && desk.prekeys().ahead(slot, length) < MOST_AHEAD);
        if (epoch.freshness() != Freshness.CURRENT || !wanted || hasForeignPrekey()) {
            return;
        }
        awaitNextMoment(session);
        try {
            Replenishment.upload(desk, slot, length);
            uploaded++;
        } catch (StationFailure e) {
            troubles.add(Trouble.of(Step.PREKEYS, e));
        }
    }

    private SessionReport report(VerifiedEpoch epoch) throws VaultException {
        long length = epoch.certificate().parameters().prekeySeconds();
        return new SessionReport(
                received,
                refused.counts(),
                confirmed,
                posted,
                chunks,
                uploaded,
                erased,
                desk.prekeys().ahead(epoch.head().prekeySlot(), length) * length,
                troubles,
                epoch.isHistoryChecked(),
                epoch.isStationReplaced());
    }
}
