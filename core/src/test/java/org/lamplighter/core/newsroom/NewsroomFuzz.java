package org.lamplighter.core.newsroom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.fuzz.Signable;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** The newsroom's documents: as they come, and signed after they were changed, so that what lies behind the signature is reached. */
public final class NewsroomFuzz {
    private static final TestNewsroom NEWSROOM = new TestNewsroom("harbour-courier", 65);
    private static final Person ADA = NEWSROOM.person("Ada Example");
    private static final Person BEN = NEWSROOM.person("Ben Example");

    private NewsroomFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        TrusteeRequest trustee = new TrusteeRequest(new PersonName("Tess Trustee"), NEWSROOM.pkeKey());
        StationRequest station =
                new StationRequest(StationKey.generate(NEWSROOM.random).verifyingKey());
        Roster roster = NEWSROOM.root.enrolTrustee(NEWSROOM.roster(ADA, BEN), trustee, NEWSROOM.validity);
        return List.of(
                FuzzTarget.canonicalText(
                                "person-name",
                                80,
                                text -> PersonName.parse(text).text())
                        .refusing(MalformedException.class)
                        .seeded("Ada Example")
                        .seeded("Jürgen Прохоров"),
                FuzzTarget.typedText(
                                "person-name-typed",
                                80,
                                text -> PersonName.typed(text).text())
                        .refusing(MalformedException.class)
                        .seeded(" Ada \t Example "),
                FuzzTarget.canonicalText(
                                "origin", 80, text -> Origin.parse(text).name())
                        .refusing(MalformedException.class)
                        .seeded("harbour-courier"),
                FuzzTarget.canonicalText(
                                "journalist-state",
                                16,
                                text -> JournalistState.parse(text).word())
                        .refusing(MalformedException.class)
                        .seeded("active")
                        .seeded("left")
                        .seeded("compromised"),
                FuzzTarget.canonicalText(
                                "station-profile",
                                16,
                                text -> StationParameters.profile(text).profile())
                        .refusing(MalformedException.class)
                        .seeded("solo")
                        .seeded("demo"),
                FuzzTarget.typedText(
                                "newsroom-key",
                                200,
                                text -> NewsroomKey.parse(text).format())
                        .refusing(MalformedException.class)
                        .seeded(NEWSROOM.key.format())
                        .seeded(NEWSROOM.key.format() + "\n"),
                FuzzTarget.of("long-term-keys", 256, NewsroomFuzz::longTermKeys)
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.canonical(
                                "station-request",
                                200,
                                input -> StationRequest.parse(input).toByteArray())
                        .refusing(MalformedException.class)
                        .seeded(station.toByteArray()),
                document(
                        "trustee-request",
                        trustee.toByteArray(),
                        input -> TrusteeRequest.parse(input).toByteArray()),
                document(
                        "enrolment-request",
                        ADA.request().toByteArray(),
                        input -> EnrolmentRequest.verify(input).toByteArray()),
                FuzzTarget.of("enrolment-request-signed", 256, NewsroomFuzz::enrolment)
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                certificate(station),
                roster(roster),
                FuzzTarget.of("roster-journalist-signed", 256, NewsroomFuzz::journalist)
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]));
    }

    /** A document without the newsroom's signature: changed, it is refused or read as it stands. */
    private static FuzzTarget document(String name, byte[] valid, FuzzTarget.Reencoding reencoding) {
        return FuzzTarget.of(name, 512, input -> {
                    byte[] changed = Patch.apply(valid, input);
                    FuzzTarget.requireSame(reencoding.of(changed), changed);
                    return true;
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0]);
    }

    private static boolean longTermKeys(byte[] input) throws MalformedException {
        byte[] keys = Patch.apply(ADA.keys().toByteArray(), input);
        FuzzTarget.requireSame(LongTermKeys.parse(keys).toByteArray(), keys);
        return true;
    }

    /** Keys and name of the input's choice, signed by who asks. */
    private static boolean enrolment(byte[] input) throws MalformedException {
        byte[] keys = Patch.apply(ADA.keys().toByteArray(), Arrays.copyOf(input, input.length / 2));
        byte[] name = Arrays.copyOfRange(input, input.length / 2, input.length);
        Base64.Encoder base64 = Base64.getEncoder();
        String text = "lamplighter-enrolment/v1\nname A" + FuzzTarget.text(name) + "\njournalist "
                + ADA.signing().verifyingKey().hex() + "\nsignature "
                + base64.encodeToString(ADA.signing().sign("j-sig-ltk", keys)) + "\nkeys "
                + base64.encodeToString(keys) + "\n";
        byte[] document = text.getBytes(UTF_8);
        FuzzTarget.requireSame(EnrolmentRequest.verify(document).toByteArray(), document);
        return true;
    }

    private static FuzzTarget certificate(StationRequest station) {
        String valid = StationCertificate.text(
                NEWSROOM.key,
                station.station(),
                7,
                NEWSROOM.validity,
                new StationParameters("demo", 64, 2, 5, 600, 60, 180, 120, 600, 10, 1, 1L << 30));
        return FuzzTarget.of("station-certificate-signed", 512, input -> {
                    String text = Signable.patched(valid, input);
                    StationCertificate read = StationCertificate.verify(NEWSROOM.sign(text), NEWSROOM.key);
                    FuzzTarget.requireSame(
                            StationCertificate.text(
                                    read.newsroom(), read.station(), read.serial(), read.validity(), read.parameters()),
                            text);
                    return true;
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0]);
    }

    private static FuzzTarget roster(Roster valid) throws MalformedException {
        String text =
                Roster.text(NEWSROOM.key, valid.serial(), valid.validity(), valid.journalists(), valid.trustees());
        return FuzzTarget.of("roster-signed", 512, input -> {
                    String changed = Signable.patched(text, input);
                    Roster read = Roster.verify(NEWSROOM.sign(changed), NEWSROOM.key);
                    FuzzTarget.requireSame(
                            Roster.text(
                                    NEWSROOM.key, read.serial(), read.validity(), read.journalists(), read.trustees()),
                            changed);
                    return true;
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0]);
    }

    /** A line of a roster with keys, name and state of the input's choice, under both signatures. */
    private static boolean journalist(byte[] input) throws MalformedException {
        byte[] keys = Patch.apply(ADA.keys().toByteArray(), Arrays.copyOf(input, input.length / 2));
        String name = FuzzTarget.text(Arrays.copyOfRange(input, input.length / 2, input.length));
        byte[] self = ADA.signing().sign("j-sig-ltk", keys);
        byte[] byNewsroom =
                NEWSROOM.rootSigning.sign("nr-sig", ADA.signing().verifyingKey().toByteArray());
        String line = TestNewsroom.line(ADA.signing(), "active", self, byNewsroom, keys, "A" + name);
        NoteLines lines = NoteLines.of("roster\n" + line, "roster", "roster");
        Optional<String> value = lines.optional("journalist");
        RosterJournalist read = RosterJournalist.verify(value.orElseThrow(), lines, NEWSROOM.key.key());
        FuzzTarget.requireSame(read.line(), "journalist " + value.get());
        return true;
    }
}
