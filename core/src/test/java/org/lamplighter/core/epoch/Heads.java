package org.lamplighter.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;

/** A station that signs heads over random digests. */
final class Heads {
    static final Origin ORIGIN = new Origin("harbour-courier");
    static final StationKey STATION =
            StationKey.fromSeed(SecretBytes.takeOver(SeededRandom.of(42).bytes(32)));
    static final NoteKey KEY = new NoteKey(ORIGIN.stationName(), STATION.verifyingKey());

    private Heads() {}

    /** Contents that differ by {@code epoch} and {@code variant} alone. */
    static HeadContents contents(long epoch, long variant) {
        SeededRandom random = SeededRandom.of(epoch * 1_000_003 + variant);
        return new HeadContents(
                ORIGIN,
                epoch,
                1_795_000_000L + 3600 * epoch,
                41_550 + epoch / 12,
                digest(random),
                digest(random),
                digest(random),
                IntStream.range(0, 64).mapToObj(i -> digest(random)).toList());
    }

    /** The signed heads of epochs 1 to {@code count}; the head of epoch {@code changed} has other contents. */
    static List<SignedHead> history(int count, int changed) {
        List<SignedHead> heads = new ArrayList<>();
        Chain chain = Chain.beginning();
        for (int epoch = 1; epoch <= count; epoch++) {
            SignedHead head = HeadBuilder.sign(contents(epoch, epoch == changed ? 1 : 0), chain, STATION);
            heads.add(head);
            chain = head.chain();
        }
        return heads;
    }

    static Head verified(SignedHead head) throws MalformedException {
        return Head.verify(head.note(), KEY);
    }

    private static Digest digest(SeededRandom random) {
        return Digest.copyOf(random.bytes(32));
    }
}
