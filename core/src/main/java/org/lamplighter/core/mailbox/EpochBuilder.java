package org.lamplighter.core.mailbox;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.hint.HintKey;
import org.lamplighter.core.hint.RowLoop;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Turns all slots of a mailbox into the hints and bodies of one epoch (docs/spec/04-mailbox.md 4.5): permuted afresh,
 * re-randomised with a scalar per row, bodies sealed under the hint keys. Decoys and messages go through the same code.
 *
 * <p>It works in two passes. The first makes the hints, on several threads if asked: two multiplications a row. The second
 * seals the bodies, on the calling thread, one body file at a time, so that besides the hints no more than one body file and
 * one envelope are in memory: 0.5 MiB instead of 64 at N = 4096. What lets anybody link two epochs, that is the epoch secret,
 * the permutation and the body keys, lives in this call alone and is wiped at its end.
 *
 * <p>Immutable; may be used once or often.
 */
public final class EpochBuilder {
    private static final byte[] NO_AAD = {};
    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
    private static final int SECRET_LENGTH = 64;

    private final HintKey hintKey;
    private final long epoch;
    private final int threads;

    private EpochBuilder(HintKey hintKey, long epoch, int threads) {
        this.hintKey = hintKey;
        this.epoch = epoch;
        this.threads = threads;
    }

    /** A builder for {@code epoch}, counted from 1, whose first pass uses {@code threads} threads. */
    public static EpochBuilder of(NewsroomId newsroom, long epoch, int threads) {
        if (epoch < 1 || threads < 1) {
            throw new IllegalArgumentException("epochs and threads are counted from 1");
        }
        return new EpochBuilder(HintKey.of(newsroom, epoch), epoch, threads);
    }

    /** Where the envelope of a slot is read from: 8176 bytes; called once for each slot, in random order. */
    @FunctionalInterface
    public interface EnvelopeSource<E extends Exception> {
        byte[] envelope(int slot) throws E;
    }

    /** Where a finished body file goes; called for file 0 to 63 in this order. The array may be kept. */
    @FunctionalInterface
    public interface BodySink<E extends Exception> {
        void bodyFile(int index, byte[] bytes) throws E;
    }

    /**
     * Builds the epoch from the hint of each slot, of which there are N, and the envelopes.
     *
     * @param previousHints the hints file of the epoch before, or nothing for the first epoch
     * @return the hints file and the hashes for the head
     * @throws E what source or sink throw; the epoch must then not be published, and is built again from new randomness
     * @throws UnsafeEpochException when a Q is the identity, occurs twice or occurred in the previous epoch: the randomness of
     *     this machine is broken, and publishing would link rows
     */
    public <E extends Exception> BuiltEpoch build(
            List<HintPair> hints,
            byte[] previousHints,
            SecureRandom random,
            EnvelopeSource<E> envelopes,
            BodySink<E> bodies)
            throws E {
        int[] slotAt = UniformChoice.permutation(hints.size(), random);
        try (SecretBytes secret = SecretBytes.generate(SECRET_LENGTH, random)) {
            return build(hints, previousHints, secret, slotAt, envelopes, bodies);
        } finally {
            Arrays.fill(slotAt, 0);
        }
    }

    /** As {@link #build}, with all randomness given: for vectors, and for tests that plant a fault in it. */
    <E extends Exception> BuiltEpoch build(
            List<HintPair> hints,
            byte[] previousHints,
            SecretBytes epochSecret,
            int[] slotAt,
            EnvelopeSource<E> envelopes,
            BodySink<E> bodies)
            throws E {
        EpochLayout layout = new EpochLayout(hints.size());
        byte[] hintsFile = new byte[layout.hintsLength()];
        byte[][] bodyKeys = new byte[layout.slots()][];
        try {
            RowLoop.forEach(layout.slots(), threads, position -> {
                try (Scalar r = rerandomiser(epochSecret, epoch, position)) {
                    bodyKeys[position] = writeHint(hints.get(slotAt[position]), r, hintsFile, position);
                }
            });
            refuseLinkable(hintsFile, previousHints);
            List<Digest> digests = sealBodies(layout, slotAt, bodyKeys, envelopes, bodies);
            return new BuiltEpoch(hintsFile, digests);
        } finally {
            Arrays.stream(bodyKeys).filter(key -> key != null).forEach(SecretBytes::wipe);
        }
    }

    /** {@code r_k = wide(HKDF-Expand(epoch secret, "lamplighter/r/v1" || e u64 || k u32, 64))}, 1 in place of 0 (4.5). */
    static Scalar rerandomiser(SecretBytes epochSecret, long epoch, int position) {
        byte[] info = new ByteWriter()
                .ascii("lamplighter/r/v1")
                .u64(epoch)
                .u32(position)
                .toByteArray();
        byte[] wide = epochSecret.apply(prk -> Hkdf.expand(prk, info, Scalar.WIDE_BYTES));
        Scalar r = Scalar.fromWideBytes(wide);
        SecretBytes.wipe(wide);
        return r.isZero() ? scalarOne() : r;
    }

    /** Writes {@code Q || tag} at the position and gives the key of the body. */
    private byte[] writeHint(HintPair hint, Scalar r, byte[] hintsFile, int position) {
        byte[] q = hint.x().multiply(r).encode();
        byte[] shared = hint.z().multiply(r).encode();
        byte[] okm = hintKey.okm(shared, q);
        int offset = position * EpochLayout.HINT_LENGTH;
        System.arraycopy(q, 0, hintsFile, offset, q.length);
        System.arraycopy(okm, 0, hintsFile, offset + q.length, HintKey.TAG_LENGTH);
        byte[] bodyKey = Arrays.copyOfRange(okm, HintKey.TAG_LENGTH, HintKey.LENGTH);
        SecretBytes.wipe(shared);
        SecretBytes.wipe(okm);
        return bodyKey;
    }

    private static <E extends Exception> List<Digest> sealBodies(
            EpochLayout layout, int[] slotAt, byte[][] bodyKeys, EnvelopeSource<E> envelopes, BodySink<E> bodies)
            throws E {
        List<Digest> digests = new ArrayList<>(EpochLayout.BODY_FILES);
        for (int file = 0; file < EpochLayout.BODY_FILES; file++) {
            byte[] bytes = new byte[layout.bodyFileLength()];
            for (int row = 0; row < layout.rowsPerBodyFile(); row++) {
                int position = file * layout.rowsPerBodyFile() + row;
                byte[] envelope = envelopes.envelope(slotAt[position]);
                if (envelope.length != MailboxRow.ENVELOPE_LENGTH) {
                    throw new IllegalArgumentException("envelope of another length");
                }
                // The key is fresh for this row and epoch, so that the nonce may be constant (4.5).
                byte[] body = Aead.CHACHA20_POLY1305.seal(bodyKeys[position], ZERO_NONCE, NO_AAD, envelope);
                System.arraycopy(body, 0, bytes, row * EpochLayout.BODY_LENGTH, body.length);
            }
            digests.add(Digest.copyOf(Sha256.digest(bytes)));
            bodies.bodyFile(file, bytes);
        }
        return List.copyOf(digests);
    }

    /** Fresh scalars make this impossible; it is the last line before the randomness of a broken machine is public. */
    private static void refuseLinkable(byte[] hintsFile, byte[] previousHints) {
        Set<ByteBuffer> seen = new HashSet<>(allQ(previousHints));
        byte[] identity = new byte[RistrettoElement.BYTES];
        for (ByteBuffer q : allQ(hintsFile)) {
            if (!seen.add(q) || MessageDigest.isEqual(identity, toArray(q))) {
                throw new UnsafeEpochException();
            }
        }
    }

    private static List<ByteBuffer> allQ(byte[] hintsFile) {
        return IntStream.range(0, hintsFile.length / EpochLayout.HINT_LENGTH)
                .mapToObj(
                        row -> ByteBuffer.wrap(hintsFile).slice(row * EpochLayout.HINT_LENGTH, RistrettoElement.BYTES))
                .toList();
    }

    private static byte[] toArray(ByteBuffer buffer) {
        byte[] out = new byte[buffer.remaining()];
        buffer.duplicate().get(out);
        return out;
    }

    private static Scalar scalarOne() {
        byte[] wide = new byte[Scalar.WIDE_BYTES];
        wide[0] = 1;
        return Scalar.fromWideBytes(wide);
    }
}
