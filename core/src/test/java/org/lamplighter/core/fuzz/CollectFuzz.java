package org.lamplighter.core.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Receipts, and lists of chunks. */
final class CollectFuzz {
    private static final int SIGNED = CollectRequest.BYTES - SigningKey.SIGNATURE_BYTES;

    private static final SeededRandom RANDOM = SeededRandom.of(63);
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(RANDOM.bytes(NewsroomId.LENGTH));
    private static final ChunkId CHUNK = ChunkId.copyOf(RANDOM.bytes(ChunkId.LENGTH));
    private static final Digest HASH = Digest.copyOf(RANDOM.bytes(Digest.LENGTH));
    private static final StationKey STATION = StationKey.fromSeed(SecretBytes.takeOver(RANDOM.bytes(32)));
    private static final SigningKey JOURNALIST = SigningKey.fromSeed(SecretBytes.takeOver(RANDOM.bytes(32)));

    private CollectFuzz() {}

    static List<FuzzTarget> targets() {
        byte[] request = CollectRequest.sign(NEWSROOM, JOURNALIST, 1_795_000_000, 7);
        byte[] list = list();
        return List.of(
                FuzzTarget.canonical(
                                "chunk-receipt",
                                80,
                                input -> ChunkReceipt.verify(input, STATION.verifyingKey(), NEWSROOM, CHUNK, HASH)
                                        .toByteArray())
                        .refusing(MalformedException.class)
                        .seeded(ChunkReceipt.sign(STATION, NEWSROOM, CHUNK, HASH, 20_781)
                                .toByteArray()),
                FuzzTarget.canonical("collect-request", 160, CollectFuzz::request)
                        .refusing(MalformedException.class)
                        .seeded(request),
                FuzzTarget.of("collect-request-signed", 64, input -> {
                            byte[] signed = Patch.apply(Arrays.copyOf(request, SIGNED), input);
                            byte[] signature = JOURNALIST.sign("ll-j-collect", signed);
                            byte[] whole = Arrays.copyOf(signed, signed.length + signature.length);
                            System.arraycopy(signature, 0, whole, signed.length, signature.length);
                            FuzzTarget.requireSame(request(whole), whole);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {0, 65, 2, -1, -1}),
                FuzzTarget.of("collect-response", 512, input -> {
                            byte[] bytes = Patch.apply(list, input);
                            FuzzTarget.requireSame(
                                    CollectResponse.parse(bytes, 3).toByteArray(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {0, 1, 2, 0, 1}));
    }

    private static byte[] request(byte[] bytes) throws MalformedException {
        CollectRequest read = CollectRequest.verify(bytes, NEWSROOM);
        return CollectRequest.sign(NEWSROOM, JOURNALIST, read.time(), read.after());
    }

    private static byte[] list() {
        List<CollectResponse.Entry> entries = LongStream.of(4, 5, 9)
                .mapToObj(sequence -> new CollectResponse.Entry(sequence, CHUNK, 65_552, HASH))
                .toList();
        return new CollectResponse(9, entries).toByteArray();
    }
}
