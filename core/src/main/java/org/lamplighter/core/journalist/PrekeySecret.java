package org.lamplighter.core.journalist;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.Prekey;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;

/** The secret keys of one prekey slot. Never printed; wiped on close. Thread-safe until then. */
public final class PrekeySecret implements AutoCloseable {
    /** {@code u8 1 || slot u32 || APKE seed 96 || PKE seed 32}. */
    public static final int BYTES = 1 + 4 + ApkeSecretKey.SEED_BYTES + PkeSecretKey.SEED_BYTES;

    private static final int VERSION = 1;
    private static final long DAY = 86_400;

    private final SecretBytes serialised;
    private final long slot;
    private final ApkeSecretKey apke;
    private final PkeSecretKey pke;

    private PrekeySecret(SecretBytes serialised, long slot, ApkeSecretKey apke, PkeSecretKey pke) {
        this.serialised = serialised;
        this.slot = slot;
        this.apke = apke;
        this.pke = pke;
    }

    /** The secrets of the {@link PrekeyUpload#COUNT} slots from {@code firstSlot} on. */
    public static List<PrekeySecret> generate(long firstSlot, SecureRandom random) {
        return LongStream.range(firstSlot, firstSlot + PrekeyUpload.COUNT)
                .mapToObj(slot -> generateOne(slot, random))
                .toList();
    }

    /** Reads what {@link #toSecretBytes} gave; the caller keeps it. */
    public static PrekeySecret parse(SecretBytes serialised) throws MalformedException {
        byte[] bytes = serialised.reveal();
        ByteReader reader = ByteReader.of(bytes, "prekey secret");
        reader.version(VERSION);
        long slot = reader.u32();
        try (SecretBytes apke = SecretBytes.takeOver(reader.bytes(ApkeSecretKey.SEED_BYTES));
                SecretBytes pke = SecretBytes.takeOver(reader.bytes(PkeSecretKey.SEED_BYTES))) {
            reader.end();
            return new PrekeySecret(
                    SecretBytes.copyOf(bytes), slot, ApkeSecretKey.fromSeed(apke), PkeSecretKey.fromSeed(pke));
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    /** A copy of the seeds, {@value #BYTES} bytes, for keeping them. */
    public SecretBytes toSecretBytes() {
        return SecretBytes.takeOver(serialised.reveal());
    }

    public long slot() {
        return slot;
    }

    public Prekey prekey() {
        return new Prekey(slot, apke.publicKey(), pke.publicKey());
    }

    public PkeSecretKey pke() {
        return pke;
    }

    /** What opens an envelope that was sealed to this slot. */
    public OpeningKeys openingKeys(FetchPublicKey fetch) {
        return new OpeningKeys(apke, pke, fetch);
    }

    /**
     * Whether the secrets of {@code slot} are to be erased after a complete scan of an epoch of {@code scannedEpochTime}
     * unix seconds (docs/spec 1.8).
     */
    public static boolean isDueForErasure(long slot, long scannedEpochTime, StationParameters parameters) {
        long end = parameters.prekeySlotEnd(slot);
        return scannedEpochTime > end + parameters.waitingSeconds() + 2L * parameters.epochSeconds();
    }

    /** Whether the secrets of {@code slot} are to be erased at {@code now} unix seconds, scanned or not (docs/spec 1.8). */
    public static boolean isOverdue(long slot, long now, StationParameters parameters) {
        return now
                > parameters.prekeySlotEnd(slot)
                        + parameters.waitingSeconds()
                        + parameters.ttlSeconds()
                        + parameters.expirySeconds()
                        + DAY;
    }

    @Override
    public void close() {
        serialised.close();
        apke.close();
        pke.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    private static PrekeySecret generateOne(long slot, SecureRandom random) {
        byte[] seeds = new byte[ApkeSecretKey.SEED_BYTES + PkeSecretKey.SEED_BYTES];
        random.nextBytes(seeds);
        try (SecretBytes serialised = SecretBytes.takeOver(
                new ByteWriter().u8(VERSION).u32(slot).bytes(seeds).toByteArray())) {
            return parse(serialised);
        } catch (MalformedException e) {
            throw new IllegalStateException("generated keys do not parse", e);
        } finally {
            SecretBytes.wipe(seeds);
        }
    }
}
