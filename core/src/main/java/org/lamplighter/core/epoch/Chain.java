package org.lamplighter.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The hash chain over all heads of a station, with the cores of the last 512 epochs (docs/spec/04-mailbox.md 4.8). Whoever
 * remembers one value of it notices any change to a later head. Immutable.
 */
public final class Chain {
    /** Epochs whose cores the chain file holds. */
    public static final int WINDOW = 512;

    private static final byte[] LABEL =
            new ByteWriter().ascii("lamplighter/chain/v1").toByteArray();
    private static final Digest ZERO = Digest.copyOf(new byte[Digest.LENGTH]);

    private final long epoch;
    private final Digest value;
    /** The cores of the epochs up to {@link #epoch}, oldest first, at most {@link #WINDOW}. */
    private final List<Digest> cores;

    private Chain(long epoch, Digest value, List<Digest> cores) {
        this.epoch = epoch;
        this.value = value;
        this.cores = cores;
    }

    /** The chain before epoch 1: {@code chain_0} is 32 zero bytes. */
    public static Chain beginning() {
        return new Chain(0, ZERO, List.of());
    }

    /**
     * The chain as a station kept it.
     *
     * @param epoch the last epoch
     * @param value {@code chain_e}
     * @param cores the cores of the epochs up to it, oldest first: all of them, or the last {@value #WINDOW} at least
     */
    public static Chain resume(long epoch, Digest value, List<Digest> cores) {
        if (cores.size() < Math.min(epoch, WINDOW) || cores.size() > epoch) {
            throw new IllegalArgumentException("cores are missing");
        }
        int surplus = Math.max(0, cores.size() - WINDOW);
        return new Chain(epoch, value, List.copyOf(cores.subList(surplus, cores.size())));
    }

    /** The chain after one more epoch with this core. */
    public Chain next(Digest core) {
        List<Digest> longer = new ArrayList<>(cores);
        longer.add(core);
        int surplus = Math.max(0, longer.size() - WINDOW);
        return new Chain(epoch + 1, link(value, core), List.copyOf(longer.subList(surplus, longer.size())));
    }

    /**
     * Reads the chain file that belongs to a head: {@value EpochLayout#CHAIN_LENGTH} bytes.
     *
     * @param core the core of this head, which must be the file's last
     * @param value the chain value in this head; checked against the file when it reaches back to epoch 1
     * @throws MalformedException {@code WRONG_HASH} when the file does not belong to the head, {@code NOT_CANONICAL} when it has
     *     cores before epoch 1, or a size reason
     */
    static Chain parse(byte[] file, long epoch, Digest core, Digest value) throws MalformedException {
        ByteReader reader = ByteReader.of(file, "chain");
        List<Digest> cores = new ArrayList<>(WINDOW);
        for (int behind = WINDOW - 1; behind >= 0; behind--) {
            Digest read = Digest.copyOf(reader.bytes(Digest.LENGTH));
            if (epoch - behind >= 1) {
                cores.add(read);
            } else if (!read.equals(ZERO)) {
                throw new MalformedException(Reason.NOT_CANONICAL, "chain: a core before epoch 1");
            }
        }
        reader.end();
        Chain chain = new Chain(epoch, value, List.copyOf(cores));
        boolean wholeAndDifferent = epoch <= WINDOW
                && !chain.valueFrom(0, ZERO).filter(value::equals).isPresent();
        if (!cores.getLast().equals(core) || wholeAndDifferent) {
            throw new MalformedException(Reason.WRONG_HASH, "chain: does not belong to this head");
        }
        return chain;
    }

    /** The chain file: {@code core_(e-511) … core_e}, zero for epochs before 1. */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().padTo((WINDOW - cores.size()) * Digest.LENGTH);
        cores.forEach(core -> writer.bytes(core.toByteArray()));
        return writer.toByteArray();
    }

    /** The epoch of the last core; 0 at the beginning. */
    public long epoch() {
        return epoch;
    }

    /** {@code chain_e}. */
    public Digest value() {
        return value;
    }

    /** {@code chain_e} recomputed from an older value of the chain; nothing when that is older than the window, or not older. */
    Optional<Digest> valueFrom(long earlierEpoch, Digest earlierValue) {
        long oldest = epoch - cores.size() + 1;
        if (earlierEpoch + 1 < oldest || earlierEpoch > epoch) {
            return Optional.empty();
        }
        Digest computed = earlierValue;
        for (Digest core : cores.subList((int) (earlierEpoch + 1 - oldest), cores.size())) {
            computed = link(computed, core);
        }
        return Optional.of(computed);
    }

    /** {@code SHA-256("lamplighter/chain/v1" || chain_(e-1) || core_e)}. */
    public static Digest link(Digest previous, Digest core) {
        return Digest.copyOf(Sha256.digest(LABEL, previous.toByteArray(), core.toByteArray()));
    }
}
