package org.lamplighter.station.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.chunks.PutOutcome;
import org.lamplighter.station.epoch.PublishedEpochs;
import org.lamplighter.station.epoch.ServedEpoch;
import org.lamplighter.station.epoch.ServedEpoch.EpochFile;
import org.lamplighter.station.http.Answer.Content;
import org.lamplighter.station.http.Answer.Empty;
import org.lamplighter.station.http.Answer.FileContent;
import org.lamplighter.station.keys.NewsroomDocuments.Verified;
import org.lamplighter.station.log.LogValue.Fault;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;
import org.lamplighter.station.store.ChunkTable.Chunk;

/** Answers requests (docs/spec/06-http.md). Knows no server, no connection and no header. Thread-safe. */
final class Router {
    private static final Answer NOT_FOUND = new Empty(404);
    private static final Answer UNAVAILABLE = new Empty(Route.UNAVAILABLE);
    private static final Answer TOO_LONG = new Empty(413);
    private static final Answer REFUSED = new Empty(400);
    private static final Answer OTHER_CIRCUIT = new Empty(429);
    /** 32 zero bytes: what an accepted body gets. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(32).asReadOnlyBuffer();

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int DROP_BUFFER = 65_536;

    private final Features features;
    private final InstantSource clock;
    private final AnswerGrid grid;
    private final StationLog log;
    private final CircuitTurns turns;
    private final UploadPlaces chunks;
    /** Places of their own: no flood of evidence may keep journalists from uploading. */
    private final UploadPlaces prekeys;

    private Router(
            Features features,
            InstantSource clock,
            AnswerGrid grid,
            StationLog log,
            HttpLimits limits,
            CircuitTurns turns) {
        this.turns = turns;
        this.features = features;
        this.clock = clock;
        this.grid = grid;
        this.log = log;
        this.chunks = UploadPlaces.of(limits);
        this.prekeys = UploadPlaces.of(limits);
    }

    static Router of(
            Features features,
            InstantSource clock,
            AnswerGrid grid,
            StationLog log,
            HttpLimits limits,
            CircuitTurns turns) {
        return new Router(features, clock, grid, log, limits, turns);
    }

    /**
     * The answer to a request; its body is read as far as the route says.
     *
     * @throws IOException when the client has gone: there is nobody to answer
     */
    Answer answer(Exchange exchange) throws IOException, InterruptedException {
        try {
            return route(exchange);
        } catch (RequestBody.ClientGoneException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Disk, store, or a fault of ours. What could not be made durable must not be answered as if it were.
            log.log(Event.REQUEST_FAILED, Fault.of(e));
            return UNAVAILABLE;
        }
    }

    private Answer route(Exchange exchange) throws IOException, InterruptedException {
        Optional<ServedEpoch> current = features.epochs().current();
        Verified documents = features.documents().current();
        if (current.isEmpty() || documents.certificate().isEmpty()) {
            return UNAVAILABLE;
        }
        StationParameters parameters = documents.certificate().get().parameters();
        Optional<Route.Match> match = Route.find(exchange.method(), exchange.target());
        if (match.isEmpty()) {
            return NOT_FOUND;
        }
        return switch (match.get().route()) {
            case HEAD -> file(current.get().file(EpochLayout.HEAD), EpochLayout.HEAD);
            case EPOCH_FILE -> epochFile(match.get(), parameters);
            case BUNDLES -> bundle(exchange, parameters);
            case PREKEYS -> prekeys(exchange, parameters);
            case COLLECT -> collect(exchange);
            case PUT_CHUNK -> putChunk(exchange, chunkId(match.get()), parameters);
            case GET_CHUNK -> chunk(chunkId(match.get()));
        };
    }

    private Answer epochFile(Route.Match match, StationParameters parameters) {
        long number = Long.parseLong(match.group(1));
        long linger = PublishedEpochs.lingerSeconds(parameters.epochSeconds());
        String name = match.group(2);
        return file(features.epochs().find(number, now(), linger).flatMap(epoch -> epoch.file(name)), name);
    }

    private static Answer file(Optional<EpochFile> file, String name) {
        boolean note = name.equals(EpochLayout.HEAD) || name.equals(EpochLayout.PARAMETERS);
        return file.map(found -> answer(found, note)).orElse(NOT_FOUND);
    }

    private static Answer answer(EpochFile file, boolean note) {
        return switch (file) {
            case EpochFile.InMemory inMemory -> new Content(200, inMemory.content(), note);
            case EpochFile.OnDisk onDisk -> new FileContent(200, onDisk.path(), onDisk.length());
        };
    }

    private Answer bundle(Exchange exchange, StationParameters parameters) throws IOException, InterruptedException {
        Optional<byte[]> body = read(exchange, Bundle.length(parameters.envelopes()));
        if (body.isEmpty()) {
            return TOO_LONG;
        }
        long start = grid.start();
        Answer answer = bundle(exchange, body.get(), parameters);
        grid.await(start, parameters.answerMillis());
        return answer;
    }

    private Answer bundle(Exchange exchange, byte[] body, StationParameters parameters)
            throws IOException, InterruptedException {
        long now = now();
        if (exchange.circuit().isPresent()
                && !turns.take(exchange.circuit().getAsInt(), body, now / parameters.epochSeconds())) {
            return OTHER_CIRCUIT;
        }
        return features.intake().post(body, parameters, now) ? new Content(202, ZEROS, false) : REFUSED;
    }

    private Answer prekeys(Exchange exchange, StationParameters parameters) throws IOException, InterruptedException {
        if (!prekeys.take(exchange.body())) {
            return UNAVAILABLE;
        }
        try {
            Optional<byte[]> body = read(exchange, PrekeyUpload.BYTES);
            if (body.isEmpty()) {
                return TOO_LONG;
            }
            Optional<Roster> roster = features.documents().refresh().roster();
            long slot = parameters.prekeySlot(now());
            boolean accepted = roster.isPresent() && features.prekeys().upload(body.get(), roster.get(), slot);
            return accepted ? Content.of(ZEROS) : REFUSED;
        } finally {
            prekeys.leave(exchange.body());
        }
    }

    private Answer collect(Exchange exchange) throws IOException {
        Optional<byte[]> body = read(exchange, CollectRequest.BYTES);
        if (body.isEmpty()) {
            return TOO_LONG;
        }
        Optional<Roster> roster = features.documents().refresh().roster();
        Optional<byte[]> list = Optional.empty();
        if (roster.isPresent()) {
            list = features.chunkList().answer(body.get(), roster.get(), now());
        }
        return list.<Answer>map(bytes -> Content.of(ByteBuffer.wrap(bytes))).orElse(new Empty(403));
    }

    private Answer putChunk(Exchange exchange, ChunkId id, StationParameters parameters)
            throws IOException, InterruptedException {
        long length = exchange.length().orElse(-1);
        if (length > SizeClass.MAX_CHUNK_BYTES) {
            return TOO_LONG;
        }
        if (!SizeClass.isChunkLength(length)) { // an unannounced length is none of the four either
            skip(exchange, SizeClass.MAX_CHUNK_BYTES);
            return REFUSED;
        }
        if (!chunks.take(exchange.body())) {
            return UNAVAILABLE;
        }
        try {
            long today = now() / SECONDS_PER_DAY;
            long lastDay = today + parameters.chunkTtlDays();
            return answer(features.chunks()
                    .put(id, (int) length, exchange.body(), today, lastDay, parameters.chunkBytesPerDay()));
        } finally {
            chunks.leave(exchange.body());
        }
    }

    private Answer answer(PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Kept kept -> Content.of(ByteBuffer.wrap(receipt(kept.chunk())));
            case PutOutcome.Refused refused ->
                switch (refused) {
                    case WRONG_LENGTH -> REFUSED;
                    case OTHER_BYTES -> new Empty(409);
                    case QUOTA_USED -> new Empty(429);
                    case DISK_FULL -> new Empty(507);
                };
        };
    }

    private byte[] receipt(Chunk chunk) {
        return ChunkReceipt.sign(features.key(), features.newsroom().id(), chunk.id(), chunk.hash(), chunk.day())
                .toByteArray();
    }

    private Answer chunk(ChunkId id) throws IOException {
        Optional<Chunk> chunk = features.chunks().find(id, now() / SECONDS_PER_DAY);
        return chunk.isEmpty()
                ? NOT_FOUND
                : new FileContent(
                        200, features.chunks().file(chunk.get()), chunk.get().length());
    }

    private static ChunkId chunkId(Route.Match match) {
        try {
            return ChunkId.parseHex(match.group(1), "chunk id");
        } catch (MalformedException e) {
            throw new IllegalStateException("the route lets nothing else through", e);
        }
    }

    /** Reads and drops up to {@code most} bytes, because a client that is still sending does not hear the answer. */
    private static void skip(Exchange exchange, int most) throws IOException {
        byte[] dropped = new byte[DROP_BUFFER];
        int left = most;
        for (int n = 0; n >= 0 && left > 0; left -= Math.max(0, n)) {
            n = exchange.body().read(dropped, 0, Math.min(left, dropped.length));
        }
    }

    /** The body up to {@code most} bytes; empty when it is longer. A shorter one is for the parser to refuse. */
    private static Optional<byte[]> read(Exchange exchange, int most) throws IOException {
        if (exchange.length().orElse(0) > most) {
            return Optional.empty();
        }
        InputStream in = exchange.body();
        byte[] body = in.readNBytes(most);
        return body.length == most && in.read() >= 0 ? Optional.empty() : Optional.of(body);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
