package org.lamplighter.core.newsroom;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;

/** What is carried from a new station to the newsroom: its verifying key (docs/spec 1.4). Immutable. */
public record StationRequest(VerifyingKey station) {
    private static final String TITLE = "lamplighter-station-request/v1";
    private static final String WHAT = "station request";

    public static StationRequest parse(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        VerifyingKey station =
                VerifyingKey.parse(Hex.parse(lines.value("station"), VerifyingKey.BYTES, WHAT + ": station"));
        lines.end();
        return new StationRequest(station);
    }

    /** The document that {@link #parse} reads. */
    public byte[] toByteArray() {
        return (TITLE + "\nstation " + station.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(station.toByteArray());
    }
}
