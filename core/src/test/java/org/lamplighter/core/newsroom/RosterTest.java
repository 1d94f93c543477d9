package org.lamplighter.core.newsroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.newsroom.TestNewsroom.NOW;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;

final class RosterTest {
    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 11);
    private final Person ada = newsroom.person("Ada Example");
    private final Person bo = newsroom.person("Bo Beispiel-Ø");

    @Test
    void randomRosters_areReadAsTheyWereSigned() throws Exception {
        Roster roster = newsroom.root.emptyRoster(newsroom.validity);
        for (int i = 0; i < 12; i++) {
            roster = newsroom.random.nextInt(4) == 0
                    ? newsroom.root.enrolTrustee(
                            roster,
                            new TrusteeRequest(new PersonName("Trustee " + i), newsroom.pkeKey()),
                            newsroom.validity)
                    : newsroom.root.enrol(roster, newsroom.person("Person " + i).request(), newsroom.validity);
            Roster read = Roster.verify(roster.toByteArray(), newsroom.key);

            assertThat(read.toByteArray()).isEqualTo(roster.toByteArray());
            assertThat(read.serial()).isEqualTo(i + 2);
            assertThat(read.journalists().size() + read.trustees().size()).isEqualTo(i + 1);
            assertThat(textOf(read))
                    .isEqualTo(SignedNote.verify(roster.toByteArray(), newsroom.key.noteKey(), "roster"));
        }
    }

    @Test
    void journalist_hasTheKeysThatWereSigned() throws Exception {
        Roster roster = newsroom.roster(ada, bo);
        RosterJournalist found =
                roster.byId(RosterJournalist.id(ada.signing().verifyingKey())).orElseThrow();

        assertThat(found.keys()).isEqualTo(ada.keys());
        assertThat(found.name().text()).isEqualTo("Ada Example");
        assertThat(found.since()).isEqualTo(Validity.day(NOW));
        assertThat(found.isActive()).isTrue();
    }

    @Test
    void revoke_changesTheStateAndNothingElse() throws Exception {
        Roster before = newsroom.roster(ada, bo);
        JournalistId id = RosterJournalist.id(ada.signing().verifyingKey());
        Roster left = newsroom.root
                .revoke(before, id, JournalistState.LEFT, newsroom.validity)
                .orElseThrow();
        Roster lost = newsroom.root
                .revoke(left, id, JournalistState.COMPROMISED, newsroom.validity)
                .orElseThrow();

        assertThat(left.active()).hasSize(1);
        assertThat(left.knownSenders()).hasSize(2);
        assertThat(lost.knownSenders()).hasSize(1);
        assertThat(lost.byId(id).orElseThrow().keys()).isEqualTo(ada.keys());
        assertThat(lost.serial()).isEqualTo(before.serial() + 2);
        assertThat(newsroom.root.revoke(
                        before, JournalistId.copyOf(new byte[8]), JournalistState.LEFT, newsroom.validity))
                .isEmpty();
        assertThatThrownBy(() -> newsroom.root.revoke(before, id, JournalistState.ACTIVE, newsroom.validity))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void enrol_whoIsOnItAlready_isRefused() throws Exception {
        Roster roster = newsroom.roster(ada);
        assertRefused(Reason.BAD_FIELD, () -> newsroom.root.enrol(roster, ada.request(), newsroom.validity));
        assertRefused(
                Reason.BAD_FIELD,
                () -> newsroom.root.enrol(roster, newsroom.person("ADA Example").request(), newsroom.validity));
        // Somebody else's keys, self-signed by a key of one's own.
        assertRefused(
                Reason.BAD_FIELD,
                () -> newsroom.root.enrol(
                        roster,
                        EnrolmentRequest.make(new PersonName("Mallory"), bo.signing(), ada.keys()),
                        newsroom.validity));
        assertRefused(
                Reason.BAD_FIELD,
                () -> newsroom.root.enrolTrustee(
                        roster,
                        new TrusteeRequest(new PersonName("Ada Example"), newsroom.pkeKey()),
                        newsroom.validity));
    }

    @Test
    void enrol_moreThanTheCeiling_isRefused() throws Exception {
        Person[] people = new Person[Roster.MAX_JOURNALISTS];
        Arrays.setAll(people, i -> newsroom.person("Person " + i));
        Roster full = newsroom.roster(people);
        assertThat(full.toByteArray().length).isLessThan(SignedNote.MAX_BYTES * 2 / 3);
        assertRefused(Reason.TOO_LARGE, () -> newsroom.root.enrol(full, ada.request(), newsroom.validity));

        // The same, signed by a newsroom that does not count.
        String text = SignedNote.verify(full.toByteArray(), newsroom.key.noteKey(), "roster");
        assertRefused(Reason.TOO_LARGE, () -> verify(text + line(ada)));
    }

    @Test
    void checkDate_onlyFromTheDayBeforeToTheDayBeforeExpiry() throws Exception {
        Roster roster = newsroom.roster(ada);
        roster.checkDate(NOW.minus(Duration.ofDays(1)));
        roster.checkDate(NOW.plus(Duration.ofDays(364)));
        assertRefused(Reason.OUT_OF_DATE, () -> roster.checkDate(NOW.minus(Duration.ofDays(2))));
        assertRefused(Reason.OUT_OF_DATE, () -> roster.checkDate(NOW.plus(Duration.ofDays(365))));
    }

    @Test
    void verify_linesInAnotherOrderOrTwice_areRefused() {
        String a = line(ada);
        String b = line(bo);
        String sorted = Arrays.compareUnsigned(
                                ada.signing().verifyingKey().toByteArray(),
                                bo.signing().verifyingKey().toByteArray())
                        < 0
                ? a + b
                : b + a;
        String reversed = sorted.startsWith(a) ? b + a : a + b;
        String head = newsroom.rosterHead(3);
        assertThat(verified(head + sorted).journalists()).hasSize(2);
        assertRefused(Reason.NOT_CANONICAL, () -> verify(head + reversed));
        assertRefused(Reason.NOT_CANONICAL, () -> verify(head + a + a));
    }

    @Test
    void verify_otherTexts_areRefusedForTheirOwnReason() {
        String head = newsroom.rosterHead(3);
        assertRefused(Reason.UNKNOWN_VERSION, () -> verify(head.replace("roster/v1", "roster/v2")));
        assertRefused(Reason.WRONG_SIGNER, () -> verify(head.replace("harbour-courier", "other-courier")));
        assertRefused(
                Reason.WRONG_SIGNER, () -> verify(head.replace(newsroom.key.id().hex(), "00".repeat(32))));
        assertRefused(Reason.BAD_FIELD, () -> verify(head.replace("serial 3", "serial 03")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head.replace("serial 3", "serial 0")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head.replace("serial 3", "serial 9999999999999999999")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head.replace("serial 3\n", "")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head.replace("expires", "expiry")));
        assertRefused(Reason.TRAILING_BYTES, () -> verify(head + "note of our own\n"));
        assertRefused(Reason.TRAILING_BYTES, () -> verify(head + "\n"));
        assertRefused(Reason.BAD_FIELD, () -> verify(head + line(ada).replace("active", "asleep")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head + line(ada).replace(" Ada Example", "")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head + line(ada).replace("Ada Example", "Ada Example ")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head + line(ada).replace("Ada Example", "Ada \u202eExample")));
        assertRefused(Reason.BAD_FIELD, () -> verify(head + "trustee AAAA Tess\n"));
    }

    /** The parser beneath the signature: a root that signs anything, and texts that are changed before it does. */
    @Test
    void malleability_acceptedText_isTheOneEncoding() throws Exception {
        Roster roster = newsroom.root.enrolTrustee(
                newsroom.roster(ada), new TrusteeRequest(new PersonName("Tess"), newsroom.pkeKey()), newsroom.validity);
        String text = SignedNote.verify(roster.toByteArray(), newsroom.key.noteKey(), "roster");
        int accepted = Malleability.check(
                text.getBytes(UTF_8),
                MalformedException.class,
                4_000,
                12,
                bytes ->
                        textOf(Roster.verify(signAnything(bytes), newsroom.key)).getBytes(UTF_8));
        assertThat(accepted).as("serials, dates and names are free").isPositive();
    }

    /** The planted fault: a parser that does not mind what comes after the last line it knows. */
    @Test
    void malleability_trailingTextIgnored_wouldBeNoticed() throws Exception {
        String text = newsroom.rosterHead(3);
        assertThatThrownBy(() -> Malleability.check(
                        text.getBytes(UTF_8),
                        MalformedException.class,
                        100,
                        12,
                        bytes -> textOf(Roster.verify(
                                        signAnything(Arrays.copyOf(bytes, Math.min(bytes.length, text.length()))),
                                        newsroom.key))
                                .getBytes(UTF_8)))
                .isInstanceOf(AssertionError.class);
    }

    private byte[] signAnything(byte[] text) throws MalformedException {
        if (text.length == 0 || text[0] < 32) {
            throw new MalformedException(Reason.BAD_FIELD, "no note");
        }
        byte[] empty = newsroom.sign("x\n");
        byte[] named = Base64.getDecoder()
                .decode(new String(empty, UTF_8).lines().toList().getLast().split(" ", 3)[2]);
        System.arraycopy(newsroom.rootSigning.signNote(text), 0, named, 4, 64);
        return new ByteWriter()
                .bytes(text)
                .bytes(("\n\u2014 harbour-courier/newsroom "
                                + Base64.getEncoder().encodeToString(named) + "\n")
                        .getBytes(UTF_8))
                .toByteArray();
    }

    private String textOf(Roster roster) {
        return Roster.text(newsroom.key, roster.serial(), roster.validity(), roster.journalists(), roster.trustees());
    }

    private String line(Person person) {
        return TestNewsroom.line(
                person.signing(),
                "active",
                person.request().selfSignature(),
                newsroom.rootSigning.sign(
                        "nr-sig", person.signing().verifyingKey().toByteArray()),
                person.keys().toByteArray(),
                person.request().name().text());
    }

    private Roster verify(String text) throws MalformedException {
        return Roster.verify(newsroom.sign(text), newsroom.key);
    }

    private Roster verified(String text) {
        try {
            return verify(text);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noteLines_ofOneKeyOnly_areReadInOrder() throws Exception {
        NoteLines lines = NoteLines.of("title/v1\nbody 00 ab\nbody 01 cd\n", "title/v1", "test");
        assertThat(List.of(lines.value("body 00"), lines.value("body 01"))).containsExactly("ab", "cd");
        lines.end();
    }
}
