package org.lamplighter.core.newsroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Attacks to which the protocol's proof of concept falls, and some of its kin; each with the fault that would let it in. */
final class RosterAttacksTest {
    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 21);
    private final Person ada = newsroom.person("Ada Example");
    private final Person mallory = newsroom.person("Mallory");

    @Test
    void enrolmentByAnybody_rosterSignedByAStranger_isRefused() {
        TestNewsroom strangers = new TestNewsroom("harbour-courier", 22);
        byte[] note = strangers.sign(newsroom.rosterHead(9) + line(mallory, newsroom.rootSigning));
        assertAttackRefused(Reason.WRONG_SIGNER, note, this::verify, this::withoutNoteSignature);
    }

    @Test
    void enrolmentByAnybody_journalistWithoutTheNewsroomsSignature_isRefused() {
        // The note is the root's, as if somebody had tricked it into signing a list; the entry is signed by Mallory
        // alone.
        byte[] note = newsroom.sign(newsroom.rosterHead(9) + line(mallory, mallory.signing()));
        assertAttackRefused(Reason.BAD_SIGNATURE, note, this::verify, bytes -> {
            // The planted fault: an entry is verified under its own key.
            NoteLines lines = lines(bytes);
            return RosterJournalist.verify(
                    lines.value("journalist"), lines, mallory.signing().verifyingKey());
        });
    }

    @Test
    void longTermKeysThatDifferFromTheSignedBytes_areRefused() throws Exception {
        byte[] swappedFetch = ada.keys().toByteArray();
        System.arraycopy(mallory.keys().fetch().toByteArray(), 0, swappedFetch, 1216, 32);
        byte[] swappedApke = ada.keys().toByteArray();
        System.arraycopy(mallory.keys().apke().toByteArray(), 0, swappedApke, 0, 1216);
        for (byte[] swapped : new byte[][] {swappedFetch, swappedApke}) {
            byte[] note = newsroom.sign(newsroom.rosterHead(9)
                    + TestNewsroom.line(
                            ada.signing(),
                            "active",
                            ada.request().selfSignature(),
                            bySigning(ada),
                            swapped,
                            "Ada Example"));
            // The planted fault: the signature is checked over the bytes that were signed, kept apart, not over these.
            assertAttackRefused(
                    Reason.BAD_SIGNATURE,
                    note,
                    this::verify,
                    bytes -> journalistWithSelfSignatureOver(bytes, ada.keys().toByteArray()));
        }
    }

    @Test
    void selfSignatureOfAnotherJournalist_isRefused() {
        byte[] note = newsroom.sign(newsroom.rosterHead(9)
                + TestNewsroom.line(
                        mallory.signing(),
                        "active",
                        ada.request().selfSignature(),
                        bySigning(mallory),
                        ada.keys().toByteArray(),
                        "Mallory"));
        assertAttackRefused(Reason.BAD_SIGNATURE, note, this::verify, bytes -> {
            // The planted fault: a self signature by anybody on the list will do.
            return selfSignatureVerifies(bytes, ada.signing(), "j-sig-ltk");
        });
    }

    @Test
    void selfSignatureUnderAnotherTag_isRefused() {
        byte[] otherTag = ada.signing().sign("j-sig-eph", ada.keys().toByteArray());
        byte[] note = newsroom.sign(newsroom.rosterHead(9)
                + TestNewsroom.line(
                        ada.signing(),
                        "active",
                        otherTag,
                        bySigning(ada),
                        ada.keys().toByteArray(),
                        "Ada Example"));
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                note,
                this::verify,
                bytes ->
                        // The planted fault: the tag is not looked at.
                        selfSignatureVerifies(bytes, ada.signing(), "j-sig-eph"));
    }

    @Test
    void newsroomSignatureUnderAnotherTag_isRefused() {
        byte[] otherTag = newsroom.rootSigning.sign(
                "fpf-sig-nr", ada.signing().verifyingKey().toByteArray());
        byte[] note = newsroom.sign(newsroom.rosterHead(9)
                + TestNewsroom.line(
                        ada.signing(),
                        "active",
                        ada.request().selfSignature(),
                        otherTag,
                        ada.keys().toByteArray(),
                        "Ada Example"));
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                note,
                this::verify,
                bytes -> newsroom.rootSigning
                        .verifyingKey()
                        .verifies("fpf-sig-nr", ada.signing().verifyingKey().toByteArray(), otherTag));
    }

    @Test
    void identityOrNonCanonicalFetchKey_isRefusedThoughSelfSigned() {
        byte[] identity = new byte[32];
        byte[] nonCanonical = new byte[32];
        Arrays.fill(nonCanonical, (byte) 0xff);
        refuseSelfSigned(Reason.IDENTITY, identity);
        refuseSelfSigned(Reason.NOT_CANONICAL, nonCanonical);
    }

    @Test
    void apkeKeyOfLowOrder_isRefusedThoughSelfSigned() {
        byte[] keys = ada.keys().toByteArray();
        Arrays.fill(keys, 0, 32, (byte) 0);
        byte[] request = request(keys);
        assertThatThrownBy(() -> EnrolmentRequest.verify(request)).isInstanceOf(MalformedException.class);
    }

    @Test
    void rosterRollback_isRefused() throws Exception {
        Roster before = newsroom.roster(ada, mallory);
        Roster after = newsroom.root
                .revoke(
                        before,
                        RosterJournalist.id(mallory.signing().verifyingKey()),
                        JournalistState.COMPROMISED,
                        newsroom.validity)
                .orElseThrow();
        before.checkSuccessor(after);
        after.checkSuccessor(after);
        // The planted fault: any verified roster replaces the last one.
        assertAttackRefused(Reason.OUT_OF_DATE, before.toByteArray(), bytes -> install(after, bytes), this::verify);
    }

    @Test
    void twoRostersOfOneSerial_theSecondIsRefused() throws Exception {
        Roster one = newsroom.roster(ada);
        Roster other = newsroom.roster(mallory);
        assertAttackRefused(Reason.OUT_OF_DATE, other.toByteArray(), bytes -> install(one, bytes), bytes -> {
            // The planted fault: only smaller serials are refused.
            Roster read = Roster.verify(bytes, newsroom.key);
            return read.serial() >= one.serial();
        });
    }

    @Test
    void rosterOfAnotherNewsroomUnderTheSameRoot_isRefused() {
        // One root key under two names: what it signs for one must not count for the other.
        RootKey elsewhere = RootKey.fromSeed(new Origin("city-paper"), newsroom.root.seed());
        byte[] note = elsewhere.emptyRoster(newsroom.validity).toByteArray();
        assertAttackRefused(Reason.WRONG_SIGNER, note, this::verify, this::withoutNoteSignature);
    }

    @Test
    void certificateAsRoster_isRefused() throws Exception {
        StationCertificate certificate = newsroom.root.certify(
                SigningKey.generate(newsroom.random).verifyingKey(),
                1,
                newsroom.validity,
                StationParameters.profile("small"));
        assertRefused(Reason.UNKNOWN_VERSION, () -> verify(certificate.toByteArray()));
        assertRefused(
                Reason.UNKNOWN_VERSION,
                () -> StationCertificate.verify(newsroom.roster(ada).toByteArray(), newsroom.key));
    }

    private void refuseSelfSigned(Reason reason, byte[] fetch) {
        byte[] keys = ada.keys().toByteArray();
        System.arraycopy(fetch, 0, keys, 1216, 32);
        assertAttackRefused(reason, request(keys), EnrolmentRequest::verify, this::withoutKeyChecks);
        byte[] note = newsroom.sign(newsroom.rosterHead(9)
                + TestNewsroom.line(
                        ada.signing(),
                        "active",
                        ada.signing().sign("j-sig-ltk", keys),
                        bySigning(ada),
                        keys,
                        "Ada Example"));
        assertAttackRefused(reason, note, this::verify, bytes -> journalistWithSelfSignatureOver(bytes, keys));
    }

    private byte[] request(byte[] keys) {
        return ("lamplighter-enrolment/v1\nname Ada Example\njournalist "
                        + ada.signing().verifyingKey().hex() + "\nsignature "
                        + Base64Text.format(ada.signing().sign("j-sig-ltk", keys)) + "\nkeys " + Base64Text.format(keys)
                        + "\n")
                .getBytes(UTF_8);
    }

    /** Planted: the signature is verified and the keys are taken as they are. */
    private Object withoutKeyChecks(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, "lamplighter-enrolment/v1", "request");
        lines.value("name");
        lines.value("journalist");
        byte[] signature = Base64Text.parse(lines.value("signature"), 64, "signature");
        byte[] keys = Base64Text.parse(lines.value("keys"), LongTermKeys.BYTES, "keys");
        if (!ada.signing().verifyingKey().verifies("j-sig-ltk", keys, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "request");
        }
        return keys;
    }

    private Object journalistWithSelfSignatureOver(byte[] note, byte[] signed) throws MalformedException {
        NoteLines lines = lines(note);
        byte[] self = Base64Text.parse(lines.value("journalist").split(" ", 7)[3], 64, "self");
        if (!ada.signing().verifyingKey().verifies("j-sig-ltk", signed, self)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "self");
        }
        return signed;
    }

    /** Planted: the self signature is checked under a key and a tag of the attacker's choice. */
    private Object selfSignatureVerifies(byte[] note, SigningKey by, String tag) throws MalformedException {
        String[] fields = lines(note).value("journalist").split(" ", 7);
        byte[] self = Base64Text.parse(fields[3], 64, "self");
        byte[] keys = Base64Text.parse(fields[5], LongTermKeys.BYTES, "keys");
        if (!by.verifyingKey().verifies(tag, keys, self)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "self");
        }
        return keys;
    }

    /** The note's lines up to the journalists. */
    private NoteLines lines(byte[] note) throws MalformedException {
        NoteLines lines = NoteLines.of(
                SignedNote.verify(note, newsroom.key.noteKey(), "roster"), "lamplighter-roster/v1", "roster");
        for (String key : new String[] {"origin", "newsroom", "serial", "issued", "expires"}) {
            lines.value(key);
        }
        return lines;
    }

    /** Planted: a roster is read without asking who signed it. */
    private Object withoutNoteSignature(byte[] note) throws MalformedException {
        String text = new String(note, UTF_8);
        NoteLines lines =
                NoteLines.of(text.substring(0, text.lastIndexOf("\n\n") + 1), "lamplighter-roster/v1", "roster");
        lines.value("origin");
        return Hex.parse(lines.value("newsroom"), 32, "newsroom");
    }

    private Object install(Roster inForce, byte[] bytes) throws MalformedException {
        Roster newer = Roster.verify(bytes, newsroom.key);
        inForce.checkSuccessor(newer);
        return newer;
    }

    private Object verify(byte[] note) throws MalformedException {
        return Roster.verify(note, newsroom.key);
    }

    private byte[] bySigning(Person person) {
        return newsroom.rootSigning.sign(
                "nr-sig", person.signing().verifyingKey().toByteArray());
    }

    private static String line(Person person, SigningKey by) {
        return TestNewsroom.line(
                person.signing(),
                "active",
                person.request().selfSignature(),
                by.sign("nr-sig", person.signing().verifyingKey().toByteArray()),
                person.keys().toByteArray(),
                person.request().name().text());
    }
}
