package org.lamplighter.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochClock;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.VerifiedKeys;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The files of one epoch, in the order of docs/spec 4.11, each verified as it comes and fetched again alone, at most 3 times,
 * when it is not what it should be.
 *
 * <p>What every client would refuse alike (a signature, a hash, a length) ends the download. What depends on this client, on
 * its clock and on what it remembers, is judged after the last file.
 */
final class EpochDownload {
    private static final int AGAIN = 3;
    private static final Set<Kind> PASSING = EnumSet.of(Kind.UNREACHABLE, Kind.CORRUPT);
    private static final String WHAT = "mailbox";
    /** The line of a head that names the files; believed only for the names until the signature is verified. */
    private static final Pattern EPOCH_LINE = Pattern.compile("\nepoch ([1-9][0-9]{0,17})\n");

    private final Transport transport;
    private final NewsroomKey newsroom;
    private final Progress progress;
    private String folder = "";
    private long done;
    private long total;

    EpochDownload(Transport transport, NewsroomKey newsroom, Progress progress) {
        this.transport = transport;
        this.newsroom = newsroom;
        this.progress = progress;
    }

    /** Turns the bytes of a file into what they mean, or says why they are not that file. */
    @FunctionalInterface
    private interface Verifier<T> {
        T verify(byte[] bytes) throws MalformedException, StationFailure;
    }

    VerifiedEpoch fetch(InstantSource clock, Optional<HeadMemory> memory, Optional<StationCertificate> lastCertificate)
            throws StationFailure {
        byte[] note = file("/v1/head", SignedNote.MAX_BYTES, "head", bytes -> bytes);
        folder = "/v1/epochs/" + unverifiedEpoch(note) + "/";
        StationCertificate certificate =
                file(folder + EpochLayout.PARAMETERS, SignedNote.MAX_BYTES, EpochLayout.PARAMETERS, this::certificate);
        Head head = head(note, certificate);
        VerifiedKeys keys = file(folder + EpochLayout.KEYS, KeysFile.MAX_BYTES, EpochLayout.KEYS, bytes -> {
            head.checkFile(EpochLayout.KEYS, bytes);
            return KeysFile.verify(bytes, newsroom);
        });
        requireSlot(keys.slot() == head.prekeySlot());
        EpochLayout layout = new EpochLayout(certificate.parameters().slots());
        total = EpochLayout.CHAIN_LENGTH
                + layout.hintsLength()
                + (long) EpochLayout.BODY_FILES * layout.bodyFileLength();
        Chain chain = file(folder + EpochLayout.CHAIN, EpochLayout.CHAIN_LENGTH, EpochLayout.CHAIN, head::parseChain);
        done += EpochLayout.CHAIN_LENGTH;
        byte[] hints = sized(head, EpochLayout.HINTS, layout.hintsLength());
        List<byte[]> bodies = new ArrayList<>();
        for (int index = 0; index < EpochLayout.BODY_FILES; index++) {
            bodies.add(sized(head, EpochLayout.bodyFile(index), layout.bodyFileLength()));
        }
        Instant now = clock.instant();
        requireInForce(certificate, keys, now);
        boolean replaced = lastCertificate.isPresent() && replaces(certificate, lastCertificate.get());
        boolean remembered = memory.isPresent() && !replaced && continues(memory.get(), head, chain);
        return new VerifiedEpoch(
                certificate,
                keys,
                head,
                freshness(certificate, head, now),
                new VerifiedEpoch.History(remembered, replaced),
                hints,
                bodies);
    }

    /**
     * Whether the newsroom has certified another key of the station after the one that is remembered (9.7): its heads are
     * counted anew. The station cannot bring that about alone, and under one key a fork stays a fork.
     */
    private static boolean replaces(StationCertificate certificate, StationCertificate last) {
        return certificate.serial() > last.serial() && !certificate.station().equals(last.station());
    }

    /** Refuses a head that is not of this time (4.9). */
    static void requireCurrent(StationCertificate certificate, Head head, Instant now) throws StationFailure {
        switch (freshness(certificate, head, now)) {
            case CURRENT -> {}
            case STALE ->
                throw new StationFailure(
                        Kind.STALE_HEAD,
                        "the station shows an old mailbox, so nothing was sent",
                        "check the date and time of this machine; if they are right, try again later");
            case CLOCKS_DISAGREE ->
                throw new StationFailure(
                        Kind.CLOCK_WRONG,
                        "the station's clock is ahead of this machine's, so nothing was sent",
                        "check the date and time of this machine");
        }
    }

    private static Freshness freshness(StationCertificate certificate, Head head, Instant now) {
        return new EpochClock(certificate.parameters().epochSeconds()).freshness(head.time(), now.getEpochSecond());
    }

    private StationCertificate certificate(byte[] note) throws MalformedException, StationFailure {
        try {
            return StationCertificate.verify(note, newsroom);
        } catch (MalformedException e) {
            if (e.reason() == Reason.WRONG_SIGNER) {
                throw new StationFailure(
                        Kind.FOREIGN_NEWSROOM,
                        "this station is not one of " + newsroom.origin().name(),
                        "check the address, and that the newsroom's key is the one you were given");
            }
            throw e;
        }
    }

    /**
     * Verifies the head, now that the station's key is known. Its time must lie on the station's clock and its prekey slot
     * must be that of its time: a station that could choose would keep senders on a slot whose keys are about to be erased.
     */
    private static Head head(byte[] note, StationCertificate certificate) throws StationFailure {
        try {
            Head head = Head.verify(note, certificate.stationNoteKey());
            head.checkFile(EpochLayout.PARAMETERS, certificate.toByteArray());
            StationParameters parameters = certificate.parameters();
            requireSlot(head.prekeySlot() == parameters.prekeySlot(head.time())
                    && new EpochClock(parameters.epochSeconds()).isBoundary(head.time()));
            return head;
        } catch (MalformedException e) {
            throw new StationFailure(
                    Kind.CORRUPT,
                    "the station's head is not validly signed, or belongs to other files",
                    "try again; if it stays so, the station was restored and its new key is not certified yet, or somebody is"
                            + " not honest: tell the newsroom");
        }
    }

    private static void requireSlot(boolean right) throws StationFailure {
        if (!right) {
            throw StationFailure.corrupt("the station's head names a time or a prekey slot that does not fit");
        }
    }

    private static long unverifiedEpoch(byte[] note) throws StationFailure {
        Matcher line = EPOCH_LINE.matcher(new String(note, StandardCharsets.ISO_8859_1));
        if (!line.find()) {
            throw StationFailure.corrupt("the station's head is not one");
        }
        return Long.parseLong(line.group(1));
    }

    private static void requireInForce(StationCertificate certificate, VerifiedKeys keys, Instant now)
            throws StationFailure {
        try {
            certificate.checkDate(now);
            keys.roster().checkDate(now);
        } catch (MalformedException e) {
            throw new StationFailure(
                    Kind.EXPIRED,
                    e.getMessage() + "",
                    "check the date of this machine; if it is right, the newsroom must sign a new one");
        }
    }

    /** Whether the head was shown to continue the memory; a memory too old to tell is no fork (4.8). */
    private static boolean continues(HeadMemory memory, Head head, Chain chain) throws StationFailure {
        return switch (memory.check(head, chain)) {
            case HeadMemory.Verdict.Fresh fresh -> true;
            case HeadMemory.Verdict.SameEpoch same -> true;
            case HeadMemory.Verdict.TooOldToCheck old -> false;
            case HeadMemory.Verdict.Fork fork ->
                throw new StationFailure(
                        Kind.FORK,
                        "the station shows another history than before: it may show different people different mailboxes",
                        "send nothing, and tell the newsroom by another way; one that was restored shows a newer certificate,"
                                + " and is not taken for this");
        };
    }

    private byte[] sized(Head head, String name, int length) throws StationFailure {
        byte[] bytes = file(folder + name, length, name, candidate -> {
            if (candidate.length != length) {
                throw new MalformedException(Reason.TRUNCATED, name);
            }
            head.checkFile(name, candidate);
            return candidate;
        });
        done += length;
        return bytes;
    }

    private <T> T file(String path, int ceiling, String name, Verifier<T> verifier) throws StationFailure {
        IntConsumer received = total == 0 ? bytes -> {} : bytes -> progress.update(WHAT, done + bytes, total);
        return Retry.of(transport, AGAIN, PASSING, () -> {
            Answer answer = transport.get(path, ceiling, received);
            switch (answer.status()) {
                case 200 -> {}
                case 404 -> throw folder.isEmpty() ? StationFailure.refused("file " + name, 404) : gone(name);
                default -> throw StationFailure.refused("file " + name, answer.status());
            }
            try {
                return verifier.verify(answer.body());
            } catch (MalformedException e) {
                throw StationFailure.corrupt(
                        "the station's file " + name + " is not what its head says, or is malformed");
            }
        });
    }

    private static StationFailure gone(String name) {
        return new StationFailure(
                Kind.EPOCH_GONE,
                "the station no longer has file " + name + " of the epoch that this session began with",
                "try again; over a very slow connection, choose a quieter hour");
    }
}
