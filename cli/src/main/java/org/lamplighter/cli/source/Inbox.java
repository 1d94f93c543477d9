package org.lamplighter.cli.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.client.Progress;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.message.Acceptance;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.SenderStanding;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.core.wire.NewsroomId;

/** Reads one epoch with the keys of a source (docs/spec 3.6, 4.10). Used once, by one thread. */
final class Inbox {
    private static final Comparator<ReceivedReply> BY_DAY = Comparator.comparingLong(ReceivedReply::day)
            .thenComparing(ReceivedReply::from)
            .thenComparing(reply -> reply.id().hex());

    private final VerifiedEpoch epoch;
    private final SourceKeys keys;
    private final NewsroomId newsroom;
    private final Acceptance acceptance;
    private final Set<Digest> seen = new HashSet<>();
    private final List<SentMessage> sent = new ArrayList<>();
    private final Map<Arrival, List<StructuredMessage>> arrived = new LinkedHashMap<>();
    private final Map<Replied, ReceivedReply> replies = new LinkedHashMap<>();
    private int incomplete;
    private int unreadable;

    private Inbox(VerifiedEpoch epoch, SourceKeys keys) {
        this.epoch = epoch;
        this.keys = keys;
        this.newsroom = epoch.certificate().newsroom().id();
        this.acceptance = Acceptance.of(
                Acceptance.Reader.SOURCE,
                epoch.certificate().parameters(),
                epoch.head().prekeySlot());
    }

    /** All parts of one message of one journalist. */
    private record Arrival(JournalistId sender, MessageKind kind, MessageId id) {}

    /** A reply, whether it came by itself or in a thread. */
    private record Replied(JournalistId sender, MessageId id) {}

    /** Tries every row; costs the same whatever there is. */
    static Findings read(VerifiedEpoch epoch, SourceKeys keys, Progress progress) {
        Inbox inbox = new Inbox(epoch, keys);
        inbox.scan(progress);
        inbox.assemble(MessageKind.REPLY);
        inbox.assemble(MessageKind.THREAD);
        inbox.sent.sort(Comparator.comparingLong(SentMessage::day)
                .thenComparing(message -> message.id().hex()));
        return new Findings(
                epoch.freshness(),
                inbox.sent,
                inbox.replies.values().stream().sorted(BY_DAY).toList(),
                inbox.incomplete,
                inbox.unreadable);
    }

    private void scan(Progress progress) {
        try {
            Scan scan = Scan.of(
                    epoch.hints(), epoch.layout(), newsroom, epoch.head().epoch());
            int threads = Runtime.getRuntime().availableProcessors();
            long bytes = epoch.hints().length;
            for (Match match : scan.run(
                    keys.fetch(), threads, (done, all) -> progress.update("search", bytes * done / all, bytes))) {
                try (match) {
                    open(match);
                }
            }
        } catch (MalformedException e) {
            throw new IllegalStateException("a verified epoch has hints of the right size", e);
        }
    }

    private void open(Match match) {
        Optional<OpenedEnvelope> opened = BodyOpener.open(match, epoch.bodyFile(match.bodyFile()))
                .flatMap(envelope -> Envelope.open(keys.opening(), newsroom, envelope));
        try {
            if (opened.isEmpty() || !take(opened.get())) {
                unreadable++;
            }
        } catch (MalformedException e) {
            unreadable++;
        }
    }

    /** Takes a message in, or says that it is by nobody the newsroom vouches for. What is old or came twice is passed over. */
    private boolean take(OpenedEnvelope envelope) throws MalformedException {
        StructuredMessage message = StructuredMessage.parse(envelope.structuredMessage());
        SenderStanding standing = SenderStanding.of(
                envelope.sender(), keys.recipient().apke(), epoch.keys().roster());
        Acceptance.Outcome outcome = acceptance.judge(message, envelope.sender(), standing, seen::contains);
        if (outcome instanceof Acceptance.Outcome.Accepted accepted) {
            seen.add(accepted.copy());
            if (message.header().kind() == MessageKind.SELF_COPY) {
                sent.add(sent(message));
            } else {
                arrived.computeIfAbsent(arrival(envelope, message.header()), key -> new ArrayList<>())
                        .add(message);
            }
        }
        return switch (standing) {
            case SenderStanding.Self self -> true;
            case SenderStanding.Journalist journalist -> true;
            case SenderStanding.Left left ->
                !outcome.equals(new Acceptance.Outcome.Refused(Acceptance.Reason.LEFT_SENDER));
            case SenderStanding.Compromised compromised -> false;
            case SenderStanding.Stranger stranger -> false;
        };
    }

    private Arrival arrival(OpenedEnvelope envelope, MessageHeader header) {
        RosterJournalist sender = epoch.keys().sender(envelope.sender()).orElseThrow();
        return new Arrival(sender.id(), header.kind(), header.id());
    }

    private SentMessage sent(StructuredMessage message) throws MalformedException {
        SelfCopy copy = SelfCopy.parse(message.content());
        // Not needed to show what was sent.
        copy.salt().close();
        copy.acknowledgementKey().close();
        List<String> to = message.header().addressees().stream().map(this::name).toList();
        return new SentMessage(message.header().id(), copy.day(), to, copy.files(), copy.totalSize());
    }

    private String name(JournalistId id) {
        return epoch.keys()
                .roster()
                .byId(id)
                .map(journalist -> journalist.name().text())
                .orElse(id.hex());
    }

    private void assemble(MessageKind kind) {
        arrived.forEach((thread, parts) -> {
            if (thread.kind() == kind) {
                assemble(thread, parts);
            }
        });
    }

    private void assemble(Arrival thread, Collection<StructuredMessage> parts) {
        try {
            Optional<byte[]> document = Parts.assemble(parts);
            if (document.isEmpty()) {
                incomplete++;
            } else if (thread.kind() == MessageKind.REPLY) {
                keep(thread, thread.id(), ReplyDocument.parse(document.get()));
            } else {
                for (ThreadDocument.Earlier earlier :
                        ThreadDocument.parse(document.get()).replies()) {
                    keep(thread, earlier.id(), earlier.reply());
                }
            }
        } catch (MalformedException e) {
            unreadable++;
        }
    }

    /** Keeps a reply unless it came by itself: threads say again what was said (3.4). */
    private void keep(Arrival thread, MessageId id, ReplyDocument reply) {
        RosterJournalist sender = epoch.keys().roster().byId(thread.sender()).orElseThrow();
        replies.putIfAbsent(
                new Replied(thread.sender(), id),
                new ReceivedReply(
                        id,
                        thread.id(),
                        thread.sender(),
                        sender.name().text(),
                        sender.state() != JournalistState.ACTIVE,
                        reply.day(),
                        reply.text()));
    }
}
