package org.lamplighter.client;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;

/**
 * Brings chunks to the station (docs/spec 5.7, 6.7), one at a time. A chunk whose upload broke off is sent again, the same
 * bytes under the same id, for some minutes; what is uploaded is uploaded only when the station's receipt for exactly these
 * bytes verifies. One thread at a time.
 */
public final class ChunkUploader implements AutoCloseable {
    private static final int AGAIN = 10;
    private static final Set<Kind> PASSING = EnumSet.of(Kind.UNREACHABLE, Kind.NOT_READY);

    private final Transport transport;
    private final StationCertificate certificate;
    private final InstantSource clock;

    /** Uploads through {@code transport}, which it closes in the end, to the station that {@code certificate} names. */
    ChunkUploader(Transport transport, StationCertificate certificate, InstantSource clock) {
        this.transport = transport;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** Receives how many bytes of one chunk have left. */
    @FunctionalInterface
    public interface Sent {
        void bytes(int sent);
    }

    /**
     * Uploads {@code chunk} and yields the verified receipt.
     *
     * @param sent is told the bytes of this chunk that are through; begins again at 0 with each try
     */
    public ChunkReceipt upload(SealedChunk chunk, Sent sent) throws StationFailure {
        String path = "/v1/chunks/" + chunk.id().hex();
        Answer answer = Retry.of(transport, AGAIN, PASSING, () -> {
            Answer got = transport.put(path, chunk.buffer(), ChunkReceipt.BYTES, sent::bytes, chunk::hash);
            if (got.status() != 200) {
                throw refusal(got.status());
            }
            return got;
        });
        return verified(answer.body(), chunk.id(), chunk.hash());
    }

    @Override
    public void close() {
        transport.close();
    }

    private ChunkReceipt verified(byte[] receipt, ChunkId chunk, Digest hash) throws StationFailure {
        try {
            ChunkReceipt verified = ChunkReceipt.verify(
                    receipt, certificate.station(), certificate.newsroom().id(), chunk, hash);
            // A day less than promised: the clocks may be on two sides of midnight.
            long promised =
                    Validity.day(clock.instant()) + certificate.parameters().chunkTtlDays() - 1;
            if (verified.day() < promised) {
                throw StationFailure.corrupt("the station does not promise to keep the evidence as long as it must");
            }
            return verified;
        } catch (MalformedException e) {
            throw StationFailure.corrupt("the station's receipt for the evidence is not valid");
        }
    }

    private static StationFailure refusal(int status) {
        return switch (status) {
            case 429 ->
                new StationFailure(
                        Kind.QUOTA,
                        "the station takes no more evidence today",
                        "try again tomorrow, or send the text without the files now");
            case 507 ->
                new StationFailure(
                        Kind.DISK_FULL,
                        "the station's disk is full",
                        "try again later, or send the text without the files now");
            case 503 -> StationFailure.notReady();
            default ->
                new StationFailure(
                        Kind.REFUSED,
                        "the station refuses the evidence (status " + status + ")",
                        "run the command again, it seals anew; if it stays so, this program may be too old");
        };
    }
}
