package org.lamplighter.desk.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MessageId;

/** A source that does what docs/spec says, and on demand what it forbids. */
final class TestSource {
    private final World world;
    private final SourceKeys keys;

    TestSource(World world) {
        this.world = world;
        this.keys = SourceKeys.derive(Passphrase.generate(world.random()));
    }

    SourceKeys keys() {
        return keys;
    }

    /** Sends a text to the journalists of these names and answers its message id. */
    MessageId send(String text, String... to) throws Exception {
        return send(text, Optional.empty(), List.of(), new Sealing.None(), to);
    }

    MessageId answer(MessageId reference, String text, String... to) throws Exception {
        return send(text, Optional.of(reference), List.of(), new Sealing.None(), to);
    }

    MessageId send(String text, Optional<MessageId> reference, List<FileEntry> files, Sealing sealing, String... to)
            throws Exception {
        Submission submission = submission(text, files, sealing);
        return post(
                MessageKind.SUBMISSION, reference, new SubmissionDocument.Whole(submission).encode(), submission, to);
    }

    /** Sends a text under the message id of another message. */
    void sendUnder(MessageId id, String text, String... to) throws Exception {
        Submission submission = submission(text, List.of(), new Sealing.None());
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            MessageHeader header =
                    new MessageHeader(MessageKind.SUBMISSION, epoch.head().prekeySlot(), id, Optional.empty(), ids(to));
            StructuredMessage message = StructuredMessage.of(header, new SubmissionDocument.Whole(submission).encode());
            world.await(session.nextMoment());
            session.post(bundle(epoch, message, submission, to));
        }
    }

    Submission submission(String text, List<FileEntry> files, Sealing sealing) {
        return new Submission(
                SecretBytes.generate(32, world.random()),
                SecretBytes.generate(32, world.random()),
                world.clock().second() / 86_400,
                text,
                files,
                sealing);
    }

    /** Posts any content as any kind. */
    MessageId post(MessageKind kind, Optional<MessageId> reference, byte[] content, Submission submission, String... to)
            throws Exception {
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            StructuredMessage message = message(epoch, kind, reference, content, to);
            world.await(session.nextMoment());
            session.post(bundle(epoch, message, submission, to));
            return message.header().id();
        }
    }

    StructuredMessage message(
            VerifiedEpoch epoch, MessageKind kind, Optional<MessageId> reference, byte[] content, String... to) {
        List<JournalistId> ids = ids(to);
        MessageHeader header = new MessageHeader(
                kind, epoch.head().prekeySlot(), MessageHeader.freshId(world.random()), reference, ids);
        return StructuredMessage.of(header, content);
    }

    byte[] bundle(VerifiedEpoch epoch, StructuredMessage message, Submission submission, String... to) {
        List<RecipientKeys> recipients = new ArrayList<>();
        for (JournalistId id : ids(to)) {
            recipients.add(
                    epoch.keys().addressee(id).orElseThrow().recipientKeys().orElseThrow());
        }
        return BundleComposer.of(
                        world.root().newsroomKey().id(), world.parameters().envelopes(), world.random())
                .compose(keys.sender(), keys.recipient(), recipients, message, SelfCopy.of(message, submission));
    }

    void upload(List<SealedChunk> chunks) throws Exception {
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            try (ChunkUploader uploader = world.client().uploader(epoch.certificate())) {
                for (SealedChunk chunk : chunks) {
                    uploader.upload(chunk, sent -> {});
                }
            }
        }
    }

    /** What is in the mailbox for this source, opened: kind, id and text of every message. */
    List<Seen> read() throws Exception {
        List<StructuredMessage> messages = new ArrayList<>();
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            EpochLayout layout = new EpochLayout(world.parameters().slots());
            Scan scan = Scan.of(
                    epoch.hints(),
                    layout,
                    world.root().newsroomKey().id(),
                    epoch.head().epoch());
            for (Match match : scan.run(keys.fetch(), 2, (done, all) -> {})) {
                byte[] body =
                        BodyOpener.open(match, epoch.bodyFile(match.bodyFile())).orElseThrow();
                OpenedEnvelope opened = Envelope.open(
                                keys.opening(), world.root().newsroomKey().id(), body)
                        .orElseThrow();
                messages.add(StructuredMessage.parse(opened.structuredMessage()));
            }
        }
        return seen(messages);
    }

    /** A reply or thread as the source sees it. */
    record Seen(MessageKind kind, MessageId id, List<String> texts) {}

    private static List<Seen> seen(List<StructuredMessage> messages) throws Exception {
        List<Seen> seen = new ArrayList<>();
        for (MessageId id : messages.stream()
                .map(message -> message.header().id())
                .distinct()
                .toList()) {
            List<StructuredMessage> parts = messages.stream()
                    .filter(message -> message.header().id().equals(id))
                    .filter(message -> message.header().kind() != MessageKind.SELF_COPY)
                    .toList();
            Optional<byte[]> document = Parts.assemble(parts);
            if (document.isPresent()) {
                MessageKind kind = parts.getFirst().header().kind();
                List<String> texts = kind == MessageKind.THREAD
                        ? ThreadDocument.parse(document.get()).replies().stream()
                                .map(earlier -> earlier.reply().text())
                                .toList()
                        : List.of(ReplyDocument.parse(document.get()).text());
                seen.add(new Seen(kind, id, texts));
            }
        }
        return seen;
    }

    private List<JournalistId> ids(String... names) {
        List<JournalistId> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(world.listed(name).id());
        }
        return ids;
    }
}
