package org.lamplighter.cli.source;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Sizes;
import org.lamplighter.core.epoch.EpochClock;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.share.KeySealer;
import org.lamplighter.core.evidence.share.ShareRecipient;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.MessageId;

/**
 * One sending: session, evidence, bundle (docs/spec 3.7, 4.11). Used once, by one thread.
 *
 * <p>What is sealed is sealed for the epoch whose session ends in the POST. An upload of hours outlives its session; then
 * another one is opened, and keys, slot and shares are those of its epoch.
 */
final class Handover implements AutoCloseable {
    private static final int MOST_RENEWALS = 3;
    /** Two people open what is sealed. */
    private static final int THRESHOLD = 2;

    private final StationClient station;
    private final SourceKeys keys;
    private final Draft draft;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Pause pause;
    private final Progress progress;
    private final MessageId id;
    private final SecretBytes salt;
    private final SecretBytes acknowledgementKey;
    private Optional<Opened> opened = Optional.empty();
    private Optional<EvidenceUpload> upload = Optional.empty();

    Handover(
            StationClient station,
            SourceKeys keys,
            Draft draft,
            SecureRandom random,
            InstantSource clock,
            Pause pause,
            Progress progress) {
        this.station = station;
        this.keys = keys;
        this.draft = draft;
        this.random = random;
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
        this.id = MessageHeader.freshId(random);
        this.salt = SecretBytes.generate(32, random);
        this.acknowledgementKey = SecretBytes.generate(32, random);
    }

    /** A session after its GETs. */
    private record Opened(StationSession session, VerifiedEpoch epoch, Recipients recipients, Findings found) {}

    Delivery run() throws StationFailure, CommandFailure, IOException {
        Opened now = open(Optional.empty(), Optional.empty());
        checkRoom(now);
        List<FileEntry> files = List.of();
        if (!draft.files().isEmpty()) {
            // How long reading took, and with it how much was found, is not to be seen from when the upload begins.
            SourceFlow.sleepUntil(pause, now.session().nextMoment());
            files = upload(now.epoch()).files(draft.files());
        }
        for (int renewals = 0; ; renewals++) {
            if (!isCurrent(now.epoch())) {
                now = open(
                        Optional.of(now.epoch().memory()),
                        Optional.of(now.epoch().certificate()));
                requireSameStation(now.epoch());
            }
            byte[] bundle = bundle(now, files);
            if (isCurrent(now.epoch()) || renewals == MOST_RENEWALS) {
                SourceFlow.sleepUntil(pause, now.session().nextMoment());
                now.session().post(bundle);
                return delivery(now);
            }
        }
    }

    @Override
    public void close() {
        opened.ifPresent(each -> each.session().close());
        upload.ifPresent(EvidenceUpload::close);
        salt.close();
        acknowledgementKey.close();
    }

    /** What was uploaded went to a station that no longer is (docs/spec 9.7). */
    private static void requireSameStation(VerifiedEpoch epoch) throws CommandFailure {
        if (epoch.isStationReplaced()) {
            throw CommandFailure.of(
                    "the station was restored from a backup, or replaced, while this was on its way; nothing was handed over",
                    "run the command again: what was uploaded may be lost");
        }
    }

    private Opened open(Optional<HeadMemory> memory, Optional<StationCertificate> certificate)
            throws StationFailure, CommandFailure {
        opened.ifPresent(old -> old.session().close());
        StationSession session = station.session();
        try {
            VerifiedEpoch epoch = session.fetch(memory, certificate, progress).requireCurrent(clock.instant());
            int most = epoch.certificate().parameters().envelopes() - 1;
            Opened now = new Opened(
                    session,
                    epoch,
                    Recipients.choose(epoch.keys(), draft.to(), most),
                    Inbox.read(epoch, keys, progress));
            opened = Optional.of(now);
            return now;
        } finally {
            if (opened.isEmpty() || opened.get().session() != session) {
                session.close();
            }
        }
    }

    private boolean isCurrent(VerifiedEpoch epoch) {
        long time = epoch.head().time();
        return epochClock(epoch).freshness(time, clock.instant().getEpochSecond()) == Freshness.CURRENT;
    }

    /** Refuses before the first byte of evidence what would be refused after the last. */
    private void checkRoom(Opened now) throws CommandFailure {
        long daily = now.epoch().certificate().parameters().chunkBytesPerDay();
        if (draft.uploadBytes() > daily) {
            throw CommandFailure.of(
                    "the files are " + Sizes.bytes(draft.uploadBytes()) + " with padding, and the station takes "
                            + Sizes.bytes(daily) + " a day",
                    "send fewer or smaller files at once");
        }
        if (draft.files().size() > Submission.MAX_FILES) {
            throw CommandFailure.of(
                    "more than " + Submission.MAX_FILES + " files", "pack them into one, for example with zip");
        }
        long parts = draft.files().stream()
                .mapToLong(file -> PartLayout.count(file.size()))
                .sum();
        if (parts > PartLayout.MAX_PARTS) {
            throw CommandFailure.of(
                    "the files are more than " + Sizes.bytes(PartLayout.MAX_FILE_BYTES) + " together",
                    "send them in several messages");
        }
        if (!draft.sealed()) {
            return;
        }
        if (draft.files().isEmpty()) {
            throw CommandFailure.of("only files can be sealed", "name them with --file, or leave out --sealed");
        }
        int holders = holders(now).size();
        if (!SealedKeys.isRule(THRESHOLD, holders)) {
            throw CommandFailure.of(
                    "sealing needs 2 to " + SealedKeys.MAX_HOLDERS + " holders of shares, and there are " + holders,
                    holders < THRESHOLD
                            ? "the newsroom has no trustee: write to two journalists, or leave out --sealed"
                            : "name fewer journalists with --to, or leave out --sealed");
        }
    }

    private EvidenceUpload upload(VerifiedEpoch epoch) {
        if (upload.isEmpty()) {
            upload = Optional.of(new EvidenceUpload(station.uploader(epoch.certificate()), random, progress));
        }
        return upload.get();
    }

    private byte[] bundle(Opened now, List<FileEntry> files) throws StationFailure {
        Submission submission = submission(now, files);
        SubmissionDocument document = SubmissionDocument.fits(submission)
                ? new SubmissionDocument.Whole(submission)
                : elsewhere(now, submission);
        MessageHeader header = new MessageHeader(
                MessageKind.SUBMISSION,
                now.epoch().head().prekeySlot(),
                id,
                now.found().newestReply(now.recipients().ids()),
                now.recipients().ids());
        byte[] content = document.encode();
        StructuredMessage message = StructuredMessage.of(header, content);
        SecretBytes.wipe(content);
        StationParameters parameters = now.epoch().certificate().parameters();
        return BundleComposer.of(station.newsroom().id(), parameters.envelopes(), random)
                .compose(
                        keys.sender(),
                        keys.recipient(),
                        now.recipients().keys(),
                        message,
                        SelfCopy.of(message, submission));
    }

    private Submission submission(Opened now, List<FileEntry> files) {
        long day = Validity.day(clock.instant());
        if (!draft.sealed()) {
            return new Submission(salt, acknowledgementKey, day, draft.text(), files, new Sealing.None());
        }
        List<PartKey> partKeys =
                files.stream().flatMap(file -> file.keys().stream()).toList();
        List<FileEntry> locked = files.stream().map(FileEntry::lock).toList();
        Sealing sealing = new Sealing.KOfN(KeySealer.seal(partKeys, THRESHOLD, holders(now), random));
        return new Submission(salt, acknowledgementKey, day, draft.text(), locked, sealing);
    }

    private static List<ShareRecipient> holders(Opened now) {
        List<ShareRecipient> holders = new ArrayList<>();
        now.recipients()
                .journalists()
                .forEach(journalist -> holders.add(ShareRecipient.journalist(
                        journalist.id(), journalist.prekey().orElseThrow().pke())));
        now.epoch().keys().roster().trustees().forEach(trustee -> holders.add(ShareRecipient.trustee(trustee.key())));
        return holders;
    }

    /** Uploads a submission that does not fit into one message (3.3, mode 1). */
    private SubmissionDocument elsewhere(Opened now, Submission submission) throws StationFailure {
        byte[] encoded = submission.encode();
        try {
            return new SubmissionDocument.Elsewhere(
                    encoded.length, upload(now.epoch()).document(encoded));
        } finally {
            SecretBytes.wipe(encoded);
        }
    }

    private Delivery delivery(Opened now) {
        StationParameters parameters = now.epoch().certificate().parameters();
        Instant posted = clock.instant();
        EpochClock epochs = epochClock(now.epoch());
        long boundary = epochs.boundaryAfter(posted.getEpochSecond());
        boolean late = posted.getEpochSecond() >= epochs.cutOff(boundary);
        return new Delivery(
                id,
                now.recipients().names(),
                now.recipients().leftOut(),
                now.epoch().keys().roster().validity().issued(),
                Instant.ofEpochSecond(late ? boundary + parameters.epochSeconds() : boundary),
                posted.plusSeconds(parameters.waitingSeconds()),
                parameters.epochSeconds(),
                now.found());
    }

    private static EpochClock epochClock(VerifiedEpoch epoch) {
        return new EpochClock(epoch.certificate().parameters().epochSeconds());
    }
}
