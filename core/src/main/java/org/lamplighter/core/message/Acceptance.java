package org.lamplighter.core.message;

import java.util.Optional;
import java.util.function.Predicate;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;

/**
 * Which opened messages a reader takes (docs/spec/03-message.md 3.6). An envelope that opens is authentic, but the station may
 * have kept it: what is too old, was seen before, or is of a kind that this sender does not send is refused. Immutable.
 */
public final class Acceptance {
    private static final byte[] LABEL =
            new ByteWriter().ascii("lamplighter/copy/v1").toByteArray();

    /** Days after the one on which somebody left whose slots are believed: clocks differ, and a session may be under way. */
    private static final long DAYS_OF_GRACE = 1;

    private static final long DAY = 86_400;

    private final Reader reader;
    private final StationParameters parameters;
    private final long oldestSlot;
    private final long newestSlot;

    private Acceptance(Reader reader, StationParameters parameters, long oldestSlot, long newestSlot) {
        this.reader = reader;
        this.parameters = parameters;
        this.oldestSlot = oldestSlot;
        this.newestSlot = newestSlot;
    }

    /** Who reads. */
    public enum Reader {
        SOURCE,
        JOURNALIST
    }

    /** The rules for a reader who saw a head of {@code headSlot}. */
    public static Acceptance of(Reader reader, StationParameters parameters, long headSlot) {
        long lifetime = (long) parameters.ttlSeconds() + parameters.waitingSeconds() + parameters.expirySeconds();
        long slotsBack = Math.ceilDiv(lifetime, (long) parameters.prekeySeconds()) + 2;
        return new Acceptance(reader, parameters, headSlot - slotsBack, headSlot + 1);
    }

    /** What becomes of a message. */
    public sealed interface Outcome {
        /**
         * The reader takes it, and keeps {@code copy} as seen until the slot of the message is older than {@link
         * Acceptance#oldestSlot}.
         */
        record Accepted(Digest copy) implements Outcome {}

        /** The reader acts as if it had not come. */
        record Refused(Reason reason) implements Outcome {}
    }

    /** Why a message is refused. */
    public enum Reason {
        /** Its slot is so old that no row of it can still be in the mailbox: kept and brought in again. */
        TOO_OLD,
        /** Its slot has not come yet. */
        FROM_THE_FUTURE,
        /** The same part of the same message of this sender was taken before. */
        SEEN_BEFORE,
        /** A kind that this sender does not send to this reader. */
        WRONG_KIND,
        /** A journalist's kind from a key whose owner lost it. */
        COMPROMISED_SENDER,
        /** A journalist's kind in a slot after its sender had left. */
        LEFT_SENDER
    }

    /**
     * Judges a message that opened.
     *
     * @param senderKey the key that authenticated it
     * @param standing who that is to this reader
     * @param seen whether a copy was taken before; only asked when all else is well
     */
    public Outcome judge(
            StructuredMessage message, ApkePublicKey senderKey, SenderStanding standing, Predicate<Digest> seen) {
        MessageHeader header = message.header();
        if (header.prekeySlot() < oldestSlot) {
            return new Outcome.Refused(Reason.TOO_OLD);
        }
        if (header.prekeySlot() > newestSlot) {
            return new Outcome.Refused(Reason.FROM_THE_FUTURE);
        }
        Optional<Reason> fault = fault(header, standing);
        if (fault.isPresent()) {
            return new Outcome.Refused(fault.get());
        }
        Digest copy = copy(message, senderKey);
        return seen.test(copy) ? new Outcome.Refused(Reason.SEEN_BEFORE) : new Outcome.Accepted(copy);
    }

    /** Messages of earlier slots are refused, so that what was seen of them may be forgotten. */
    public long oldestSlot() {
        return oldestSlot;
    }

    private Optional<Reason> fault(MessageHeader header, SenderStanding standing) {
        return switch (header.kind()) {
            case SUBMISSION -> wrongKindUnless(reader == Reader.JOURNALIST);
            case REPLY, THREAD ->
                switch (standing) {
                    case SenderStanding.Journalist journalist -> Optional.empty();
                    case SenderStanding.Left left ->
                        header.prekeySlot() <= lastSlot(left) ? Optional.empty() : Optional.of(Reason.LEFT_SENDER);
                    case SenderStanding.Compromised compromised -> Optional.of(Reason.COMPROMISED_SENDER);
                    case SenderStanding.Self self -> Optional.of(Reason.WRONG_KIND);
                    case SenderStanding.Stranger stranger -> Optional.of(Reason.WRONG_KIND);
                };
            case SELF_COPY -> wrongKindUnless(standing instanceof SenderStanding.Self);
            case DECOY -> Optional.of(Reason.WRONG_KIND);
        };
    }

    /**
     * The slot of the last second of the day of grace. Somebody who left may still name that slot or an earlier one, and is
     * believed until it is {@link Reason#TOO_OLD}: leaving ends what a journalist can write within the window.
     */
    private long lastSlot(SenderStanding.Left left) {
        return parameters.prekeySlot((left.since() + 1 + DAYS_OF_GRACE) * DAY - 1);
    }

    private static Optional<Reason> wrongKindUnless(boolean holds) {
        return holds ? Optional.empty() : Optional.of(Reason.WRONG_KIND);
    }

    /** One value for sender, kind, message id and part: the sender in it, so that nobody can use up another's message id. */
    private static Digest copy(StructuredMessage message, ApkePublicKey senderKey) {
        byte[] rest = new ByteWriter()
                .u8(message.header().kind().code())
                .bytes(message.header().id().toByteArray())
                .u16(message.part())
                .toByteArray();
        return Digest.copyOf(Sha256.digest(LABEL, senderKey.toByteArray(), rest));
    }
}
