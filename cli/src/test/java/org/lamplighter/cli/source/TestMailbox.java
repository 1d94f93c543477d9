package org.lamplighter.cli.source;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.HeadBuilder;
import org.lamplighter.core.epoch.HeadContents;
import org.lamplighter.core.epoch.SignedHead;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.open.ChunkSource;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.PrekeyEntry;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;

/** A newsroom, its journalists and a station with a real mailbox that turns when told to; time stands still meanwhile. */
final class TestMailbox {
    static final int SLOTS = 128;
    static final int ENVELOPES = 4;
    static final int EPOCH_SECONDS = 5;
    private static final String CHUNKS = " /v1/chunks/";

    final SecureRandom random = new SecureRandom();
    final RootKey root;
    final StationKey station = StationKey.generate(random);
    StationCertificate certificate;
    final PkeSecretKey trustee;
    final List<Person> people = new ArrayList<>();
    final Map<String, byte[]> chunks = new HashMap<>();
    final List<Bundle> waiting = new ArrayList<>();
    /** Changes what is served under a name; nothing else notices. */
    final Map<String, UnaryOperator<byte[]>> spoilt = new HashMap<>();

    /** Signs the heads; another key than {@link #station} is one the newsroom did not certify. */
    StationKey signer = station;

    Instant now = Instant.ofEpochSecond(1_795_000_000);

    private final Map<String, byte[]> files = new HashMap<>();
    private final List<MailboxRow> rows = new ArrayList<>();
    private Roster roster;
    private Chain chain = Chain.beginning();
    private byte[] hints = new byte[0];

    /** A journalist with the prekeys from now on. */
    record Person(String name, JournalistKeys keys, List<PrekeySecret> prekeys) {
        PrekeySecret prekey(long slot) {
            return prekeys.stream()
                    .filter(each -> each.slot() == slot)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The first {@code withPrekeys} of {@code names} can be written to. */
    TestMailbox(int withPrekeys, String... names) throws MalformedException {
        Validity validity = Validity.from(now, 30);
        root = RootKey.generate(Origin.parse("harbour-courier"), random);
        certificate = root.certify(
                station.verifyingKey(),
                1,
                validity,
                new StationParameters(
                        "tiny", SLOTS, ENVELOPES, EPOCH_SECONDS, 600, 60, 180, 120, 600, 250, 1, 1L << 30));
        roster = root.emptyRoster(validity);
        for (String name : names) {
            JournalistKeys keys = JournalistKeys.generate(random);
            roster = root.enrol(roster, keys.enrolmentRequest(PersonName.parse(name)), validity);
            boolean reachable = people.size() < withPrekeys;
            people.add(new Person(name, keys, reachable ? PrekeySecret.generate(slot(), random) : List.of()));
        }
        try (SecretBytes seed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random)) {
            trustee = PkeSecretKey.fromSeed(seed);
        }
        roster = root.enrolTrustee(
                roster, new TrusteeRequest(PersonName.parse("Grace Example"), trustee.publicKey()), validity);
        while (rows.size() < SLOTS) {
            rows.add(Decoys.generate(random));
        }
        build();
    }

    long slot() {
        return certificate.parameters().prekeySlot(now.getEpochSecond());
    }

    /** One epoch on, with all bundles that wait. */
    void turn() throws MalformedException {
        now = nextBoundary();
        for (Bundle bundle : waiting) {
            rows.subList(0, ENVELOPES).clear();
            rows.addAll(bundle.rows());
        }
        waiting.clear();
        build();
    }

    Reply answer(Received request) {
        String line = request.line();
        if (line.equals("GET /v1/head")) {
            return found("head");
        }
        if (line.startsWith("GET /v1/epochs/" + chain.epoch() + "/")) {
            return found(line.substring(("GET /v1/epochs/" + chain.epoch() + "/").length()));
        }
        if (line.startsWith("PUT" + CHUNKS)) {
            return put(line.substring(("PUT" + CHUNKS).length()), request.body());
        }
        if (line.equals("POST /v1/bundles")) {
            try {
                waiting.add(Bundle.parse(request.body(), ENVELOPES));
                return Reply.of(202, new byte[32]);
            } catch (MalformedException e) {
                return Reply.of(400, new byte[0]);
            }
        }
        return Reply.of(404, new byte[0]);
    }

    StationClient client(LoopbackServer server) throws MalformedException {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return StationClient.of(route, root.newsroomKey(), random, () -> now, Backoff.none());
    }

    /** A source's flow; waiting moves the clock and turns the mailbox. */
    SourceFlow flow(LoopbackServer server) throws MalformedException {
        return SourceFlow.of(client(server), random, () -> now, pause());
    }

    /** Waiting moves the clock, and turns the mailbox when an epoch passes. */
    Pause pause() {
        return instant -> {
            while (!instant.isBefore(nextBoundary())) {
                turnUnchecked();
            }
            now = now.isBefore(instant) ? instant : now;
        };
    }

    private Instant nextBoundary() {
        long second = now.getEpochSecond();
        return Instant.ofEpochSecond(second - second % EPOCH_SECONDS + EPOCH_SECONDS);
    }

    /** From now on the station shows another history, one epoch on, signed as well as the true one. */
    void forkHistory() throws MalformedException {
        long epochs = chain.epoch();
        chain = Chain.beginning();
        while (chain.epoch() <= epochs) {
            now = nextBoundary();
            build();
        }
    }

    /** The station was lost and brought back: another key, which the newsroom has certified after the first, counted anew. */
    void restore() throws MalformedException {
        signer = StationKey.generate(random);
        certificate = root.certify(
                signer.verifyingKey(), certificate.serial() + 1, certificate.validity(), certificate.parameters());
        chain = Chain.beginning();
        now = nextBoundary();
        build();
    }

    /** What {@code person} opens among the rows of all slots, whose hints a desk would scan. */
    List<OpenedEnvelope> opened(Person person) {
        return rows.stream()
                .flatMap(row -> person.prekeys().stream()
                        .filter(prekey -> Math.abs(prekey.slot() - slot()) <= 1)
                        .flatMap(prekey -> Envelope.open(
                                prekey.openingKeys(person.keys().fetch().publicKey()),
                                root.newsroomKey().id(),
                                row.envelope())
                                .stream()))
                .toList();
    }

    /** The one submission for {@code person}, as it stands in its message. */
    SubmissionDocument submission(Person person) throws MalformedException {
        return SubmissionDocument.parse(message(person).content());
    }

    /** The message in which the one submission for {@code person} came, among copies of its own replies. */
    StructuredMessage message(Person person) throws MalformedException {
        for (OpenedEnvelope envelope : opened(person)) {
            StructuredMessage message = StructuredMessage.parse(envelope.structuredMessage());
            if (message.header().kind() == MessageKind.SUBMISSION) {
                return message;
            }
        }
        throw new IllegalStateException("no submission for " + person.name());
    }

    /** Bundles in which {@code person} sends {@code document} to a source, one a part. */
    void send(Person person, RecipientKeys source, MessageKind kind, MessageId id, byte[] document)
            throws MalformedException {
        MessageHeader header = new MessageHeader(kind, slot(), id, Optional.empty(), List.of());
        for (StructuredMessage part : Parts.split(header, document)) {
            PrekeySecret prekey = person.prekey(slot());
            SenderKeys sender = new SenderKeys(
                    person.keys().apke(),
                    person.keys().fetch().publicKey(),
                    prekey.prekey().pke());
            RecipientKeys self = new RecipientKeys(
                    prekey.prekey().apke(),
                    prekey.prekey().pke(),
                    person.keys().fetch().publicKey());
            byte[] body = BundleComposer.of(root.newsroomKey().id(), ENVELOPES, random)
                    .compose(sender, self, List.of(source), part, SelfCopy.of(part, Validity.day(now), random));
            waiting.add(Bundle.parse(body, ENVELOPES));
        }
    }

    /** The chunks that were uploaded. */
    ChunkSource shelf() {
        return new ChunkSource() {
            @Override
            public Optional<byte[]> read(ChunkId id) {
                return Optional.ofNullable(chunks.get(id.hex())).map(byte[]::clone);
            }

            @Override
            public boolean holds(ChunkId id) {
                return chunks.containsKey(id.hex());
            }
        };
    }

    /** The clock goes on by an epoch, and the mailbox with it. */
    void pauseUntilNextEpoch() {
        turnUnchecked();
    }

    MessageId freshId() {
        return MessageHeader.freshId(random);
    }

    private Reply found(String name) {
        byte[] bytes = files.get(name);
        return bytes == null
                ? Reply.of(404, new byte[0])
                : Reply.of(200, spoilt.getOrDefault(name, same -> same).apply(bytes.clone()));
    }

    private Reply put(String id, byte[] body) {
        chunks.put(id, body);
        try {
            ChunkId chunk = ChunkId.parseHex(id, "chunk");
            return Reply.of(
                    200,
                    ChunkReceipt.sign(signer, root.newsroomKey().id(), chunk, sha256(body), Validity.day(now) + 1)
                            .toByteArray());
        } catch (MalformedException e) {
            return Reply.of(400, new byte[0]);
        }
    }

    private void turnUnchecked() {
        try {
            turn();
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row is a decoy from the next turn on. */
    void forgetMessages() {
        rows.replaceAll(row -> Decoys.generate(random));
    }

    /** The same mailbox once more, as another epoch. */
    void rebuild() throws MalformedException {
        now = nextBoundary();
        build();
    }

    private void build() throws MalformedException {
        files.clear();
        List<Digest> bodies = new ArrayList<>();
        BuiltEpoch built = EpochBuilder.of(root.newsroomKey().id(), chain.epoch() + 1, 1)
                .build(
                        rows.stream().map(MailboxRow::hint).toList(),
                        hints,
                        random,
                        slot -> rows.get(slot).envelope(),
                        (index, bytes) -> files.put(EpochLayout.bodyFile(index), bytes));
        bodies.addAll(built.bodyDigests());
        hints = built.hints();
        files.put(EpochLayout.HINTS, hints);
        files.put(EpochLayout.PARAMETERS, certificate.toByteArray());
        byte[] keys = KeysFile.build(slot(), roster, entries());
        files.put(EpochLayout.KEYS, keys);
        HeadContents contents = new HeadContents(
                root.newsroomKey().origin(),
                chain.epoch() + 1,
                now.getEpochSecond(),
                slot(),
                certificate.digest(),
                sha256(keys),
                built.hintsDigest(),
                bodies);
        SignedHead head = HeadBuilder.sign(contents, chain, signer);
        chain = head.chain();
        files.put(EpochLayout.CHAIN, chain.encode());
        files.put(EpochLayout.HEAD, head.note());
    }

    private Map<JournalistId, PrekeyEntry> entries() {
        Map<JournalistId, PrekeyEntry> entries = new HashMap<>();
        for (Person person : people) {
            if (!person.prekeys().isEmpty()) {
                entries.put(
                        person.keys().id(),
                        person.keys()
                                .upload(root.newsroomKey().id(), person.prekeys())
                                .entry(slot()));
            }
        }
        return entries;
    }

    private static Digest sha256(byte[] bytes) {
        try {
            return Digest.copyOf(
                    java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
