package org.lamplighter.core.epoch;

import java.util.Optional;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;

/**
 * What a client keeps of the last head it saw, so that it notices a station that shows different people different mailboxes
 * (docs/spec/04-mailbox.md 4.8). Immutable.
 *
 * @param epoch the epoch of that head
 * @param chain its chain value
 */
public record HeadMemory(long epoch, Digest chain) {
    /** Bytes of {@link #encode}. */
    public static final int LENGTH = 1 + 8 + Digest.LENGTH;

    public HeadMemory {
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs are counted from 1");
        }
    }

    /** What to keep of {@code head}. */
    public static HeadMemory of(Head head) {
        return new HeadMemory(head.epoch(), head.chain());
    }

    /** What comparing a head with the memory shows; a client stops at {@link Fork} and does not forget its memory. */
    public sealed interface Verdict {
        /** A later head that continues what was seen. */
        record Fresh() implements Verdict {}

        /** The head that was seen last. */
        record SameEpoch() implements Verdict {}

        /** A head that contradicts what was seen. */
        record Fork(ForkReason reason) implements Verdict {}

        /** The memory is older than the chain file reaches: nothing can be said here, and the user is told so. */
        record TooOldToCheck() implements Verdict {}
    }

    /** How a head contradicts the memory. */
    public enum ForkReason {
        /** The epoch that was seen, with another chain value. */
        SAME_EPOCH_OTHER_CHAIN,
        /** An epoch before the one that was seen. */
        EPOCH_WENT_BACK,
        /** A later epoch whose chain does not go through the one that was seen. */
        CHAIN_DOES_NOT_FIT
    }

    /** Compares a verified head, and the chain file that was parsed with it, with this memory. */
    public Verdict check(Head head, Chain chainFile) {
        if (chainFile.epoch() != head.epoch() || !chainFile.value().equals(head.chain())) {
            throw new IllegalArgumentException("the chain belongs to another head");
        }
        return compare(chainFile);
    }

    Verdict compare(Chain now) {
        if (now.epoch() == epoch) {
            return now.value().equals(chain)
                    ? new Verdict.SameEpoch()
                    : new Verdict.Fork(ForkReason.SAME_EPOCH_OTHER_CHAIN);
        }
        if (now.epoch() < epoch) {
            return new Verdict.Fork(ForkReason.EPOCH_WENT_BACK);
        }
        Optional<Digest> computed = now.valueFrom(epoch, chain);
        if (computed.isEmpty()) {
            return new Verdict.TooOldToCheck();
        }
        return computed.get().equals(now.value())
                ? new Verdict.Fresh()
                : new Verdict.Fork(ForkReason.CHAIN_DOES_NOT_FIT);
    }

    /** {@code u8 1 || epoch u64 || chain 32}: {@value #LENGTH} bytes. */
    public byte[] encode() {
        return new ByteWriter().u8(1).u64(epoch).bytes(chain.toByteArray()).toByteArray();
    }

    /** Reads {@link #encode}. */
    public static HeadMemory parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "head memory");
        reader.version(1);
        long epoch = reader.u64();
        Digest chain = Digest.copyOf(reader.bytes(Digest.LENGTH));
        reader.end();
        if (epoch < 1) {
            throw new MalformedException(MalformedException.Reason.BAD_FIELD, "head memory: epoch");
        }
        return new HeadMemory(epoch, chain);
    }
}
