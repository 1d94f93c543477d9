package org.lamplighter.desk.profile;

import java.util.Optional;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * What is kept of the last session: by it a fork is noticed, and without the station one still knows who is who.
 *
 * @param head of the last complete session
 * @param headTime its time in unix seconds
 * @param certificate with the parameters of the mailbox
 * @param roster the newest one seen
 */
public record StationMemory(HeadMemory head, long headTime, StationCertificate certificate, Roster roster) {
    private static final String ENTRY = "memory";
    private static final int VERSION = 1;
    private static final int MAX_NOTE = 262_144;

    /**
     * Empty before the first session, and when the entry is damaged: then the next session is like the first, and a fork
     * before it goes unnoticed.
     */
    public static Optional<StationMemory> load(Vault vault, NewsroomKey newsroom) throws VaultException {
        Optional<byte[]> bytes = vault.getIntact(ENTRY);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteReader in = ByteReader.of(bytes.get(), "station memory");
            in.version(VERSION);
            HeadMemory head = HeadMemory.parse(in.bytes(HeadMemory.LENGTH));
            long headTime = in.u64();
            StationCertificate certificate = StationCertificate.verify(note(in), newsroom);
            Roster roster = Roster.verify(note(in), newsroom);
            in.end();
            return Optional.of(new StationMemory(head, headTime, certificate, roster));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    public void store(Vault vault) throws VaultException {
        byte[] certificateNote = certificate.toByteArray();
        byte[] rosterNote = roster.toByteArray();
        vault.put(
                ENTRY,
                new ByteWriter()
                        .u8(VERSION)
                        .bytes(head.encode())
                        .u64(headTime)
                        .u32(certificateNote.length)
                        .bytes(certificateNote)
                        .u32(rosterNote.length)
                        .bytes(rosterNote)
                        .toByteArray());
    }

    private static byte[] note(ByteReader in) throws MalformedException {
        long length = in.u32();
        if (length > MAX_NOTE) {
            throw new MalformedException(Reason.TOO_LARGE, "station memory: note");
        }
        return in.bytes((int) length);
    }
}
