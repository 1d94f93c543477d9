package org.lamplighter.core.newsroom;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A newsroom's root key: signs who is a journalist and which station is its own. Kept offline; never printed; wiped on
 * close. Thread-safe until then.
 */
public final class RootKey implements AutoCloseable {
    private final Origin origin;
    private final SigningKey key;

    private RootKey(Origin origin, SigningKey key) {
        this.origin = origin;
        this.key = key;
    }

    public static RootKey generate(Origin origin, SecureRandom random) {
        return new RootKey(origin, SigningKey.generate(random));
    }

    /** The key of a seed of 32 bytes, of which a copy is taken. */
    public static RootKey fromSeed(Origin origin, SecretBytes seed) {
        return new RootKey(origin, SigningKey.fromSeed(seed));
    }

    /** A copy of the seed, 32 bytes, for keeping it. */
    public SecretBytes seed() {
        return key.seed();
    }

    public NewsroomKey newsroomKey() {
        return new NewsroomKey(origin, key.verifyingKey());
    }

    public StationCertificate certify(
            VerifyingKey station, long serial, Validity validity, StationParameters parameters) {
        String text = StationCertificate.text(newsroomKey(), station, serial, validity, parameters);
        return verified(note -> StationCertificate.verify(note, newsroomKey()), text);
    }

    /** The first roster, of nobody. */
    public Roster emptyRoster(Validity validity) {
        return roster(1, validity, List.of(), List.of());
    }

    /** The same people with other dates. */
    public Roster renew(Roster roster, Validity validity) {
        return roster(roster.serial() + 1, validity, roster.journalists(), roster.trustees());
    }

    /** The roster with one journalist more. Refuses keys or a name that it knows, whatever the state. */
    public Roster enrol(Roster roster, EnrolmentRequest request, Validity validity) throws MalformedException {
        requireEnrollable(roster, request);
        List<RosterJournalist> journalists = new ArrayList<>(roster.journalists());
        journalists.add(RosterJournalist.enrol(request, validity.issued(), key));
        return roster(roster.serial() + 1, validity, journalists, roster.trustees());
    }

    /** Refuses what {@link #enrol} would refuse; needs no key. */
    public static void requireEnrollable(Roster roster, EnrolmentRequest request) throws MalformedException {
        JournalistId id = RosterJournalist.id(request.journalist());
        if (roster.byId(id).isPresent()) {
            throw new MalformedException(Reason.BAD_FIELD, "roster: this journalist's key is on it already");
        }
        if (roster.journalists().stream().anyMatch(person -> person.keys().sharesOneWith(request.keys()))) {
            throw new MalformedException(Reason.BAD_FIELD, "roster: long-term keys of somebody who is on it already");
        }
        requireFreeName(roster, request.name());
        if (roster.journalists().size() == Roster.MAX_JOURNALISTS) {
            throw new MalformedException(Reason.TOO_LARGE, "roster: full");
        }
    }

    /** The roster with one trustee more. Refuses a key or a name that it knows. */
    public Roster enrolTrustee(Roster roster, TrusteeRequest request, Validity validity) throws MalformedException {
        requireEnrollable(roster, request);
        List<RosterTrustee> trustees = new ArrayList<>(roster.trustees());
        trustees.add(new RosterTrustee(request.name(), request.key()));
        return roster(roster.serial() + 1, validity, roster.journalists(), trustees);
    }

    /** Refuses what {@link #enrolTrustee} would refuse; needs no key. */
    public static void requireEnrollable(Roster roster, TrusteeRequest request) throws MalformedException {
        if (roster.trustees().stream().anyMatch(person -> person.key().equals(request.key()))) {
            throw new MalformedException(Reason.BAD_FIELD, "roster: this trustee's key is on it already");
        }
        requireFreeName(roster, request.name());
        if (roster.trustees().size() == Roster.MAX_TRUSTEES) {
            throw new MalformedException(Reason.TOO_LARGE, "roster: full");
        }
    }

    /** The roster in which {@code id} is no longer active; nothing when it knows no such journalist. */
    public Optional<Roster> revoke(Roster roster, JournalistId id, JournalistState state, Validity validity) {
        if (state == JournalistState.ACTIVE) {
            throw new IllegalArgumentException("nobody is revoked to be active");
        }
        if (roster.byId(id).isEmpty()) {
            return Optional.empty();
        }
        List<RosterJournalist> journalists = roster.journalists().stream()
                .map(journalist -> journalist.id().equals(id) ? journalist.with(state, validity.issued()) : journalist)
                .toList();
        return Optional.of(roster(roster.serial() + 1, validity, journalists, roster.trustees()));
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    private Roster roster(
            long serial, Validity validity, List<RosterJournalist> journalists, List<RosterTrustee> trustees) {
        List<RosterJournalist> byKey = journalists.stream()
                .sorted(Comparator.comparing(journalist -> journalist.key().hex()))
                .toList();
        List<RosterTrustee> byName =
                trustees.stream().sorted(RosterTrustee.ORDER).toList();
        return verified(
                note -> Roster.verify(note, newsroomKey()),
                Roster.text(newsroomKey(), serial, validity, byKey, byName));
    }

    private static void requireFreeName(Roster roster, PersonName name) throws MalformedException {
        boolean taken = roster.journalists().stream()
                        .anyMatch(person -> person.name().looksLike(name))
                || roster.trustees().stream().anyMatch(person -> person.name().looksLike(name));
        if (taken) {
            throw new MalformedException(
                    Reason.BAD_FIELD, "roster: this name, or one that looks like it, is on it already");
        }
    }

    /** What we sign passes our own verifier, or it is a fault of ours and is not signed away. */
    private <T> T verified(Verifier<T> verifier, String text) {
        try {
            return verifier.verify(SignedNote.sign(text, origin.rootName(), key));
        } catch (MalformedException e) {
            throw new IllegalStateException("signed a document that does not verify", e);
        }
    }

    private interface Verifier<T> {
        T verify(byte[] note) throws MalformedException;
    }
}
