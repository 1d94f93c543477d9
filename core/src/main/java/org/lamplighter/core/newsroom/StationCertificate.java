package org.lamplighter.core.newsroom;

import java.time.Instant;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A newsroom's word for its station: which key signs, and with which parameters (docs/spec 1.2). Exists only verified.
 * Immutable and thread-safe.
 */
public final class StationCertificate {
    static final String TITLE = "lamplighter-station/v1";
    private static final String WHAT = "station certificate";

    private final byte[] note;
    private final NewsroomKey newsroom;
    private final VerifyingKey station;
    private final long serial;
    private final Validity validity;
    private final StationParameters parameters;

    private StationCertificate(
            byte[] note,
            NewsroomKey newsroom,
            VerifyingKey station,
            long serial,
            Validity validity,
            StationParameters parameters) {
        this.note = note;
        this.newsroom = newsroom;
        this.station = station;
        this.serial = serial;
        this.validity = validity;
        this.parameters = parameters;
    }

    /** Reads and verifies a certificate of {@code newsroom}; whether it holds today is {@link #checkDate}'s to say. */
    public static StationCertificate verify(byte[] note, NewsroomKey newsroom) throws MalformedException {
        NoteLines lines = NoteLines.of(SignedNote.verify(note, newsroom.noteKey(), WHAT), TITLE, WHAT);
        requireNewsroom(lines, newsroom, WHAT);
        VerifyingKey station =
                VerifyingKey.parse(Hex.parse(lines.value("station"), VerifyingKey.BYTES, WHAT + ": station"));
        long serial = lines.number("serial", 1, Long.MAX_VALUE);
        Validity validity = Validity.read(lines, WHAT);
        StationParameters parameters = StationParameters.read(lines, WHAT);
        lines.end();
        return new StationCertificate(note.clone(), newsroom, station, serial, validity, parameters);
    }

    static String text(
            NewsroomKey newsroom, VerifyingKey station, long serial, Validity validity, StationParameters parameters) {
        return TITLE + "\n" + head(newsroom) + "station " + station.hex() + "\nserial " + serial + "\n"
                + validity.lines() + parameters.lines();
    }

    static String head(NewsroomKey newsroom) {
        return "origin " + newsroom.origin().name() + "\nnewsroom "
                + newsroom.id().hex() + "\n";
    }

    static void requireNewsroom(NoteLines lines, NewsroomKey newsroom, String what) throws MalformedException {
        if (!lines.value("origin").equals(newsroom.origin().name())
                || !lines.value("newsroom").equals(newsroom.id().hex())) {
            throw new MalformedException(Reason.WRONG_SIGNER, what + ": of another newsroom");
        }
    }

    /** Refuses a day on which the certificate does not hold. */
    public void checkDate(Instant now) throws MalformedException {
        validity.check(now, WHAT);
    }

    /** As {@link Roster#checkSuccessor}, for certificates. */
    public void checkSuccessor(StationCertificate newer) throws MalformedException {
        Serial.checkSuccessor(serial, note, newer.serial, newer.note, WHAT);
    }

    /** The note itself: file {@code parameters} of an epoch. */
    public byte[] toByteArray() {
        return note.clone();
    }

    /** SHA-256 of the note. */
    public Digest digest() {
        return Digest.copyOf(Sha256.digest(note));
    }

    public NewsroomKey newsroom() {
        return newsroom;
    }

    public VerifyingKey station() {
        return station;
    }

    /** Name and key under which the station signs notes. */
    public NoteKey stationNoteKey() {
        return new NoteKey(newsroom.origin().stationName(), station);
    }

    public long serial() {
        return serial;
    }

    public Validity validity() {
        return validity;
    }

    public StationParameters parameters() {
        return parameters;
    }
}
