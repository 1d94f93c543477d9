package org.lamplighter.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.HeadBuilder;
import org.lamplighter.core.epoch.HeadContents;
import org.lamplighter.core.epoch.SignedHead;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;

/** The files of a station that turns epochs when told to; rows are random bytes, which nobody here opens. */
final class TestStation {
    static final int SLOTS = 64;
    static final int EPOCH_SECONDS = 5;

    final Newsrooms newsroom = new Newsrooms();
    final StationCertificate certificate;
    /** What is served, by path below the epoch; {@code head} too. Tests may spoil it. */
    final Map<String, byte[]> files = new HashMap<>();

    Chain chain = Chain.beginning();
    private final JournalistKeys journalist = JournalistKeys.generate(newsroom.random);
    private final Roster roster;

    TestStation() throws MalformedException {
        this(Validity.from(Newsrooms.NOW, 30));
    }

    TestStation(Validity validity) throws MalformedException {
        certificate = newsroom.root.certify(
                newsroom.station.verifyingKey(),
                1,
                validity,
                new StationParameters("tiny", SLOTS, 2, EPOCH_SECONDS, 600, 60, 180, 120, 600, 250, 1, 1L << 30));
        roster = newsroom.root.enrol(
                newsroom.root.emptyRoster(validity),
                journalist.enrolmentRequest(PersonName.parse("Ada Example")),
                validity);
    }

    /** Turns to the epoch of {@code boundary}. */
    TestStation turn(Instant boundary) {
        return turn(boundary, contents -> contents);
    }

    /** Turns to an epoch whose head says what {@code change} makes of the truth. */
    TestStation turn(Instant boundary, UnaryOperator<HeadContents> change) {
        long time = boundary.getEpochSecond();
        long slot = certificate.parameters().prekeySlot(time);
        PrekeyUpload upload =
                journalist.upload(newsroom.root.newsroomKey().id(), PrekeySecret.generate(slot, newsroom.random));
        files.clear();
        files.put(EpochLayout.PARAMETERS, certificate.toByteArray());
        files.put(EpochLayout.KEYS, KeysFile.build(slot, roster, Map.of(journalist.id(), upload.entry(slot))));
        EpochLayout layout = new EpochLayout(SLOTS);
        files.put(EpochLayout.HINTS, random(layout.hintsLength()));
        List<Digest> bodies = new ArrayList<>();
        for (int i = 0; i < EpochLayout.BODY_FILES; i++) {
            files.put(EpochLayout.bodyFile(i), random(layout.bodyFileLength()));
            bodies.add(digest(EpochLayout.bodyFile(i)));
        }
        HeadContents contents = new HeadContents(
                newsroom.root.newsroomKey().origin(),
                chain.epoch() + 1,
                time,
                slot,
                digest(EpochLayout.PARAMETERS),
                digest(EpochLayout.KEYS),
                digest(EpochLayout.HINTS),
                bodies);
        SignedHead head = HeadBuilder.sign(change.apply(contents), chain, newsroom.station);
        chain = head.chain();
        files.put(EpochLayout.CHAIN, chain.encode());
        files.put(EpochLayout.HEAD, head.note());
        return this;
    }

    byte[] file(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    /** Serves the files, and answers any POST of a bundle as a station does. */
    Reply answer(Received request) {
        String epoch = "GET /v1/epochs/" + chain.epoch() + "/";
        String line = request.line();
        if (line.equals("GET /v1/head")) {
            return Reply.of(200, file(EpochLayout.HEAD));
        }
        if (line.equals("POST /v1/bundles")) {
            return Reply.of(202, new byte[32]);
        }
        byte[] found = line.startsWith(epoch) ? files.get(line.substring(epoch.length())) : null;
        return found == null ? Reply.of(404, new byte[0]) : Reply.of(200, found);
    }

    /** The request lines of one whole session (docs/spec 4.11), written down from the page and not from the code. */
    List<String> wholeSession() {
        List<String> lines = new ArrayList<>();
        lines.add("GET /v1/head");
        for (String name : List.of("parameters", "keys", "chain", "hints")) {
            lines.add("GET /v1/epochs/" + chain.epoch() + "/" + name);
        }
        for (int i = 0; i < 64; i++) {
            lines.add(String.format("GET /v1/epochs/%d/bodies/%02d", chain.epoch(), i));
        }
        return lines;
    }

    private Digest digest(String name) {
        return Sha256Hash.of(file(name));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        newsroom.random.nextBytes(bytes);
        return bytes;
    }
}
