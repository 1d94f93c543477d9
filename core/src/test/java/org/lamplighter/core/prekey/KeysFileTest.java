package org.lamplighter.core.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.TestNewsroom;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;

final class KeysFileTest {
    private static final long SLOT = 41_550;

    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 61);
    private final Person ada = newsroom.person("Ada Example");
    private final Person bo = newsroom.person("Bo Beispiel");
    private final Person cy = newsroom.person("Cy Sample");
    private final Map<JournalistId, PrekeyEntry> entries = new HashMap<>();
    private final Roster roster;
    private final PrekeyEntry adasEntry;
    private final byte[] file;

    KeysFileTest() throws MalformedException {
        Roster all = newsroom.roster(ada, bo, cy);
        roster = newsroom.root
                .revoke(all, id(cy), JournalistState.LEFT, newsroom.validity)
                .orElseThrow();
        adasEntry = entry(ada, SLOT - 3);
        entries.put(id(ada), adasEntry);
        file = KeysFile.build(SLOT, roster, entries);
    }

    @Test
    void verify_givesEveryActiveJournalist_withThePrekeyOfTheSlot() throws Exception {
        VerifiedKeys keys = verify(file);

        assertThat(keys.slot()).isEqualTo(SLOT);
        assertThat(keys.addressees()).extracting(Addressee::id).containsExactlyInAnyOrder(id(ada), id(bo));
        assertThat(keys.addressee(id(ada)).orElseThrow().prekey()).contains(adasEntry.prekey());
        assertThat(keys.addressee(id(ada))
                        .orElseThrow()
                        .recipientKeys()
                        .orElseThrow()
                        .fetch())
                .isEqualTo(ada.keys().fetch());
        assertThat(keys.addressee(id(bo)).orElseThrow().recipientKeys()).isEmpty();
        assertThat(keys.addressee(id(cy))).isEmpty();
        assertThat(keys.sender(cy.keys().apke()).orElseThrow().state()).isEqualTo(JournalistState.LEFT);
        assertThat(keys.sender(newsroom.person("Nobody").keys().apke())).isEmpty();
    }

    @Test
    void prekeyOfAnotherJournalist_isRefused() {
        entries.put(id(bo), entry(ada, SLOT));
        byte[] attack = KeysFile.build(SLOT, roster, entries);
        assertAttackRefused(
                Reason.BAD_SIGNATURE,
                attack,
                this::verify,
                // The planted fault: the entry is checked under the key of whoever is first on the list.
                bytes -> PrekeyEntry.verify(
                        entryBytes(bytes, bo), newsroom.key.id(), ada.signing().verifyingKey(), SLOT));
    }

    @Test
    void prekeyOfAPastSlot_isRefused() {
        // A station that keeps handing out a key whose secret it has got hold of.
        PrekeyEntry old = entry(ada, SLOT - 64);
        byte[] attack = file.clone();
        System.arraycopy(old.toByteArray(), 0, attack, entryAt(ada), PrekeyEntry.BYTES);
        assertAttackRefused(
                Reason.OUT_OF_DATE,
                attack,
                this::verify,
                // The planted fault: the slot is the entry's own word.
                bytes -> PrekeyEntry.verify(
                        entryBytes(bytes, ada),
                        newsroom.key.id(),
                        ada.signing().verifyingKey(),
                        old.prekey().slot()));
        assertThatThrownBy(() -> KeysFile.build(SLOT, roster, Map.of(id(ada), old)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pathThatLeadsElsewhere_isRefused() {
        byte[] attack = file.clone();
        attack[entryAt(ada) + PrekeyEntry.BYTES - 1] ^= 1;
        assertRefused(Reason.WRONG_HASH, () -> verify(attack));
        byte[] swapped = file.clone();
        byte[] other = Prekeys.one(SLOT, newsroom.random).keyBytes();
        System.arraycopy(other, 0, swapped, entryAt(ada) + 1 + 4 + 32 + 64, other.length);
        assertAttackRefused(Reason.WRONG_HASH, swapped, this::verify, bytes -> {
            // The planted fault: root and signature are checked, the path is not.
            byte[] honest = entryBytes(bytes, ada);
            System.arraycopy(adasEntry.prekey().keyBytes(), 0, honest, 1 + 4 + 32 + 64, Prekey.BYTES);
            return PrekeyEntry.verify(honest, newsroom.key.id(), ada.signing().verifyingKey(), SLOT);
        });
    }

    @Test
    void rosterOfAnotherNewsroom_isRefused() throws Exception {
        TestNewsroom other = new TestNewsroom("harbour-courier", 62);
        byte[] attack = KeysFile.build(SLOT, other.roster(ada), Map.of());
        assertAttackRefused(Reason.WRONG_SIGNER, attack, this::verify, bytes -> KeysFile.verify(bytes, other.key));
    }

    @Test
    void entryLeftOutOrAdded_isRefused() {
        int bo = entryAt(this.bo);
        byte[] fewer = file.clone();
        int countAt = file.length - 2 * PrekeyEntry.BYTES - 2;
        fewer[countAt + 1] = 1;
        assertThat(bo).isPositive();
        assertRefused(Reason.BAD_FIELD, () -> verify(Arrays.copyOf(fewer, file.length - PrekeyEntry.BYTES)));
        assertRefused(Reason.TRUNCATED, () -> verify(Arrays.copyOf(file, file.length - PrekeyEntry.BYTES)));
        assertRefused(Reason.TRAILING_BYTES, () -> verify(Arrays.copyOf(file, file.length + PrekeyEntry.BYTES)));
    }

    @Test
    void otherShapes_areRefusedForTheirOwnReason() {
        assertRefused(Reason.TRUNCATED, () -> verify(new byte[0]));
        assertRefused(Reason.UNKNOWN_VERSION, () -> verify(with(0, 2)));
        assertRefused(Reason.TOO_LARGE, () -> verify(with(6, 0xff)));
        assertRefused(Reason.BAD_FIELD, () -> verify(with(entryAt(ada), 2)));
        assertRefused(Reason.NOT_CANONICAL, () -> verify(with(entryAt(ada), 0)));
        assertRefused(Reason.NOT_CANONICAL, () -> verify(with(entryAt(bo) + 100, 1)));
    }

    @Test
    void malleability_acceptedFile_isTheOneEncoding() throws Exception {
        byte[] empty = KeysFile.build(SLOT, newsroom.root.emptyRoster(newsroom.validity), Map.of());
        int accepted = Malleability.check(empty, MalformedException.class, 2_000, 63, this::reencoded);
        assertThat(accepted).as("the slot is free when nobody has a prekey").isPositive();
        Malleability.check(file, MalformedException.class, 1_000, 64, this::reencoded);
    }

    private byte[] reencoded(byte[] bytes) throws MalformedException {
        VerifiedKeys keys = verify(bytes);
        Map<JournalistId, PrekeyEntry> read = new HashMap<>();
        if (keys.addressees().stream().anyMatch(addressee -> addressee.prekey().isPresent())) {
            read.putAll(entries);
        }
        return KeysFile.build(keys.slot(), keys.roster(), read);
    }

    private PrekeyEntry entry(Person person, long firstSlot) {
        PrekeyUpload upload =
                PrekeyUpload.sign(newsroom.key.id(), person.signing(), Prekeys.from(firstSlot, newsroom.random));
        return upload.entry(Math.min(SLOT, firstSlot + 63));
    }

    private int entryAt(Person person) {
        int index = roster.active().stream().map(RosterJournalist::id).toList().indexOf(id(person));
        return file.length - (roster.active().size() - index) * PrekeyEntry.BYTES;
    }

    private byte[] entryBytes(byte[] bytes, Person person) {
        return Arrays.copyOfRange(bytes, entryAt(person), entryAt(person) + PrekeyEntry.BYTES);
    }

    private byte[] with(int at, int value) {
        return new ByteWriter()
                .bytes(Arrays.copyOf(file, at))
                .u8(value)
                .bytes(Arrays.copyOfRange(file, at + 1, file.length))
                .toByteArray();
    }

    private VerifiedKeys verify(byte[] bytes) throws MalformedException {
        return KeysFile.verify(bytes, newsroom.key);
    }

    private static JournalistId id(Person person) {
        return RosterJournalist.id(person.signing().verifyingKey());
    }
}
