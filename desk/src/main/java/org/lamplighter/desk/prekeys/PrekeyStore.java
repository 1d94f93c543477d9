package org.lamplighter.desk.prekeys;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/** The prekey secrets in a vault, one entry for each slot. One thread at a time. */
public final class PrekeyStore {
    /** A journalist uploads when fewer slots than this are left ahead (docs/spec 1.6). */
    public static final int WANTED_AHEAD = 28;

    private static final String PREFIX = "prekey/";
    private static final String UPLOADED = "prekeys";
    private static final int VERSION = 1;

    private final Vault vault;

    private PrekeyStore(Vault vault) {
        this.vault = vault;
    }

    public static PrekeyStore of(Vault vault) {
        return new PrekeyStore(vault);
    }

    /** How many slots after {@code slot} have public keys at the station. */
    public long ahead(long slot, long slotSeconds) throws VaultException {
        return Math.max(0, uploadedThrough(slotSeconds).orElse(slot) - slot);
    }

    /** Whether it is time to upload again: few slots are ahead, or this very one is without keys. */
    public boolean isDue(long slot, long slotSeconds) throws VaultException {
        OptionalLong through = uploadedThrough(slotSeconds);
        return through.isEmpty() || through.getAsLong() - slot < WANTED_AHEAD;
    }

    /**
     * The secrets of the next {@link PrekeyUpload#COUNT} slots that were never uploaded, all of them in the vault when this
     * returns. After an upload that failed, the same ones: whichever of the two reached the station, its secrets are here.
     */
    public List<PrekeySecret> nextBlock(long slot, long slotSeconds, SecureRandom random) throws VaultException {
        long first = Math.max(slot, uploadedThrough(slotSeconds).orElse(slot - 1) + 1);
        List<PrekeySecret> block = new ArrayList<>();
        for (PrekeySecret fresh : PrekeySecret.generate(first, random)) {
            Optional<PrekeySecret> kept = secret(fresh.slot());
            if (kept.isEmpty()) {
                byte[] bytes = fresh.toSecretBytes().reveal();
                vault.put(entryName(fresh.slot()), bytes);
                SecretBytes.wipe(bytes);
            } else {
                fresh.close();
            }
            block.add(kept.orElse(fresh));
        }
        return block;
    }

    /** Remembers that the station has the public keys of {@code upload}. */
    public void uploaded(PrekeyUpload upload, long slotSeconds) throws VaultException {
        byte[] bytes = new ByteWriter()
                .u8(VERSION)
                .u64(slotSeconds)
                .u32(upload.firstSlot() + PrekeyUpload.COUNT - 1)
                .toByteArray();
        vault.put(UPLOADED, bytes);
    }

    /**
     * Forgets what was uploaded, so that it is uploaded again from the current slot on, with the same secrets as far as they
     * are here: the station has lost it, or this folder has lost the secrets (docs/spec 1.6).
     */
    public void forgetUploads() throws VaultException {
        vault.erase(UPLOADED);
    }

    /** Whether an entry of this name is of prekeys, and so in no backup (docs/spec 9.8). */
    public static boolean isEntry(String name) {
        return name.startsWith(PREFIX) || name.equals(UPLOADED);
    }

    /** The secrets of a slot; empty when they were never made, or are erased or damaged. */
    public Optional<PrekeySecret> secret(long slot) throws VaultException {
        Optional<byte[]> bytes = vault.getIntact(entryName(slot));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (SecretBytes secret = SecretBytes.takeOver(bytes.get())) {
            return Optional.of(PrekeySecret.parse(secret));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** The secrets of all slots up to {@code slot}, the newest first: what may open a message. The caller closes them. */
    public List<PrekeySecret> upTo(long slot) throws VaultException {
        List<PrekeySecret> secrets = new ArrayList<>();
        for (long candidate : slots().reversed()) {
            if (candidate <= slot) {
                secret(candidate).ifPresent(secrets::add);
            }
        }
        return secrets;
    }

    /** The slots that have secrets here, in ascending order. */
    public List<Long> slots() {
        return vault.names(PREFIX).stream()
                .map(name -> Long.parseLong(name.substring(PREFIX.length()), 16))
                .toList();
    }

    /**
     * Erases what is due after a complete scan of an epoch of {@code scannedEpochTime} unix seconds, and answers how many
     * slots that was (docs/spec 1.8). To be called after every row was stored or refused, and after nothing less.
     */
    public int eraseAfterScan(long scannedEpochTime, StationParameters parameters) throws VaultException {
        return erase(slot -> PrekeySecret.isDueForErasure(slot, scannedEpochTime, parameters));
    }

    /**
     * Erases what must be gone whether it was used or not, and answers how many slots that was. A clock that is ahead
     * erases nothing early: what sources are sealing to today could not be opened any more.
     *
     * @param now unix seconds, after the clock of this machine
     * @param headTime unix seconds of the head that was verified in this session
     */
    public int eraseOverdue(long now, long headTime, StationParameters parameters) throws VaultException {
        return erase(slot -> PrekeySecret.isOverdue(slot, Math.min(now, headTime), parameters));
    }

    private int erase(LongPredicate due) throws VaultException {
        int erased = 0;
        for (long slot : slots()) {
            if (due.test(slot)) {
                vault.erase(entryName(slot));
                erased++;
            }
        }
        return erased;
    }

    /** Slots are numbered by their length; when the newsroom changes it, the old number means nothing. */
    private OptionalLong uploadedThrough(long slotSeconds) throws VaultException {
        try {
            Optional<byte[]> bytes = vault.getIntact(UPLOADED);
            if (bytes.isEmpty()) {
                return OptionalLong.empty();
            }
            ByteReader in = ByteReader.of(bytes.get(), "prekeys");
            in.version(VERSION);
            boolean sameLength = in.u64() == slotSeconds;
            long through = in.u32();
            in.end();
            return sameLength ? OptionalLong.of(through) : OptionalLong.empty();
        } catch (MalformedException e) {
            return OptionalLong.empty();
        }
    }

    private static String entryName(long slot) {
        return String.format("%s%08x", PREFIX, slot);
    }
}
