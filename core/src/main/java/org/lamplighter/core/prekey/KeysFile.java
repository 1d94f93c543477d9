package org.lamplighter.core.prekey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** The keys file of an epoch, the same bytes for everybody (docs/spec 1.7). Stateless and thread-safe. */
public final class KeysFile {
    /** Ceiling on the file, in bytes. */
    public static final int MAX_BYTES = 11 + SignedNote.MAX_BYTES + Roster.MAX_JOURNALISTS * PrekeyEntry.BYTES;

    private static final String WHAT = "keys file";

    private KeysFile() {}

    /** The file for {@code slot}; active journalists that {@code entries} lacks have no prekey. */
    public static byte[] build(long slot, Roster roster, Map<JournalistId, PrekeyEntry> entries) {
        byte[] note = roster.toByteArray();
        List<RosterJournalist> active = roster.active();
        ByteWriter writer =
                new ByteWriter().u8(1).u32(slot).u32(note.length).bytes(note).u16(active.size());
        for (RosterJournalist journalist : active) {
            PrekeyEntry entry = entries.get(journalist.id());
            if (entry != null && entry.prekey().slot() != slot) {
                throw new IllegalArgumentException("entry of another slot");
            }
            writer.bytes(entry == null ? new byte[PrekeyEntry.BYTES] : entry.toByteArray());
        }
        return writer.toByteArray();
    }

    /** Reads and verifies everything in the file; whether the roster holds today is for the caller to check. */
    public static VerifiedKeys verify(byte[] bytes, NewsroomKey newsroom) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        reader.version(1);
        long slot = reader.u32();
        long length = reader.u32();
        if (length > SignedNote.MAX_BYTES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": roster");
        }
        Roster roster = Roster.verify(reader.bytes((int) length), newsroom);
        List<RosterJournalist> active = roster.active();
        if (reader.u16() != active.size()) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": not one entry for each active journalist");
        }
        List<Addressee> addressees = new ArrayList<>();
        for (RosterJournalist journalist : active) {
            Optional<PrekeyEntry> entry =
                    PrekeyEntry.verify(reader.bytes(PrekeyEntry.BYTES), newsroom.id(), journalist.key(), slot);
            addressees.add(new Addressee(journalist, entry.map(PrekeyEntry::prekey)));
        }
        reader.end();
        return new VerifiedKeys(slot, roster, addressees);
    }
}
