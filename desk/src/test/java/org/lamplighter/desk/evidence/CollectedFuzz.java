package org.lamplighter.desk.evidence;

import java.util.List;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** How far the list of chunks was read, as it is stored. */
public final class CollectedFuzz {
    private CollectedFuzz() {}

    public static List<FuzzTarget> targets() {
        Collected collected = Collected.beginning()
                .reached(9)
                .damaged(new CollectResponse.Entry(
                        4, ChunkId.copyOf(new byte[ChunkId.LENGTH]), 65_552, Digest.copyOf(new byte[Digest.LENGTH])));
        return List.of(FuzzTarget.canonical(
                        "collected", 256, input -> Collected.parse(input).encode())
                .refusing(MalformedException.class)
                .seeded(collected.encode())
                .seeded(Collected.beginning().encode())
                .seeded(longest(collected.encode())));
    }

    /** With a length that is no int: once read as a negative one, which could not be written again. */
    private static byte[] longest(byte[] collected) {
        byte[] changed = collected.clone();
        changed[1 + 8 + 2 + 8 + ChunkId.LENGTH] = -1;
        return changed;
    }
}
