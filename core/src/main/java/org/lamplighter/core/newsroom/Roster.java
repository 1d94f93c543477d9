package org.lamplighter.core.newsroom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The newsroom's list of its journalists and trustees (docs/spec 1.3). Exists only verified: the note, both signatures of
 * each journalist, the order, and that no key, id or name stands twice. Immutable and thread-safe.
 */
public final class Roster {
    public static final int MAX_JOURNALISTS = 64;
    public static final int MAX_TRUSTEES = 16;

    private static final String TITLE = "lamplighter-roster/v1";
    private static final String WHAT = "roster";

    private final byte[] note;
    private final long serial;
    private final Validity validity;
    private final List<RosterJournalist> journalists;
    private final List<RosterTrustee> trustees;

    private Roster(
            byte[] note,
            long serial,
            Validity validity,
            List<RosterJournalist> journalists,
            List<RosterTrustee> trustees) {
        this.note = note;
        this.serial = serial;
        this.validity = validity;
        this.journalists = journalists;
        this.trustees = trustees;
    }

    /** Reads and verifies a roster of {@code newsroom}; whether it holds today is {@link #checkDate}'s to say. */
    public static Roster verify(byte[] note, NewsroomKey newsroom) throws MalformedException {
        NoteLines lines = NoteLines.of(SignedNote.verify(note, newsroom.noteKey(), WHAT), TITLE, WHAT);
        StationCertificate.requireNewsroom(lines, newsroom, WHAT);
        long serial = lines.number("serial", 1, Long.MAX_VALUE);
        Validity validity = Validity.read(lines, WHAT);
        List<RosterJournalist> journalists = new ArrayList<>();
        for (Optional<String> line = lines.optional("journalist");
                line.isPresent();
                line = lines.optional("journalist")) {
            requireRoom(journalists, MAX_JOURNALISTS);
            journalists.add(RosterJournalist.verify(line.get(), lines, newsroom.key()));
        }
        List<RosterTrustee> trustees = new ArrayList<>();
        for (Optional<String> line = lines.optional("trustee"); line.isPresent(); line = lines.optional("trustee")) {
            requireRoom(trustees, MAX_TRUSTEES);
            trustees.add(RosterTrustee.parse(line.get()));
        }
        lines.end();
        requireOrder(journalists, trustees);
        return new Roster(note.clone(), serial, validity, List.copyOf(journalists), List.copyOf(trustees));
    }

    static String text(
            NewsroomKey newsroom,
            long serial,
            Validity validity,
            List<RosterJournalist> journalists,
            List<RosterTrustee> trustees) {
        StringBuilder text = new StringBuilder(
                TITLE + "\n" + StationCertificate.head(newsroom) + "serial " + serial + "\n" + validity.lines());
        journalists.forEach(journalist -> text.append(journalist.line()).append('\n'));
        trustees.forEach(trustee -> text.append(trustee.line()).append('\n'));
        return text.toString();
    }

    /** Refuses a day on which the roster does not hold. */
    public void checkDate(Instant now) throws MalformedException {
        validity.check(now, WHAT);
    }

    /**
     * Refuses to replace this roster by an older one, with which a revoked journalist would come back, and by another one of
     * the same serial: the newsroom signs each serial once. The same roster again is fine.
     */
    public void checkSuccessor(Roster newer) throws MalformedException {
        Serial.checkSuccessor(serial, note, newer.serial, newer.note, WHAT);
    }

    public byte[] toByteArray() {
        return note.clone();
    }

    /** Grows with each roster that the newsroom signs. */
    public long serial() {
        return serial;
    }

    public Validity validity() {
        return validity;
    }

    /** All of them, whatever their state, in ascending order of their keys. */
    public List<RosterJournalist> journalists() {
        return journalists;
    }

    public List<RosterJournalist> active() {
        return journalists.stream().filter(RosterJournalist::isActive).toList();
    }

    /** Those whose messages are believed: all that are not compromised (docs/spec 3.6). */
    public List<RosterJournalist> knownSenders() {
        return journalists.stream()
                .filter(journalist -> journalist.state() != JournalistState.COMPROMISED)
                .toList();
    }

    public List<RosterTrustee> trustees() {
        return trustees;
    }

    public Optional<RosterJournalist> byId(JournalistId id) {
        return journalists.stream()
                .filter(journalist -> journalist.id().equals(id))
                .findFirst();
    }

    private static void requireRoom(List<?> people, int max) throws MalformedException {
        if (people.size() == max) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": more than " + max + " people of a kind");
        }
    }

    private static void requireOrder(List<RosterJournalist> journalists, List<RosterTrustee> trustees)
            throws MalformedException {
        String lastKey = "";
        Set<Object> seen = new HashSet<>();
        for (RosterJournalist journalist : journalists) {
            if (!seen.add(journalist.id())
                    || !seen.add(journalist.keys().fetch())
                    || !seen.add(journalist.keys().apke())
                    || !seen.add(journalist.name())
                    || journalist.key().hex().compareTo(lastKey) <= 0) {
                throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": journalists out of order, or one twice");
            }
            lastKey = journalist.key().hex();
        }
        Optional<RosterTrustee> last = Optional.empty();
        for (RosterTrustee trustee : trustees) {
            if (!seen.add(trustee.name())
                    || !seen.add(trustee.key())
                    || (last.isPresent() && RosterTrustee.ORDER.compare(last.get(), trustee) >= 0)) {
                throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": trustees out of order, or one twice");
            }
            last = Optional.of(trustee);
        }
    }
}
