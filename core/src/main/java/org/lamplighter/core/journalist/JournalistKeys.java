package org.lamplighter.core.journalist;

import java.security.SecureRandom;
import java.util.List;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.LongTermKeys;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/**
 * A journalist's long-term secret keys: signing, fetching, and the APKE key used when sending. Never printed; wiped on
 * close. Thread-safe until then.
 */
public final class JournalistKeys implements AutoCloseable {
    /** {@code u8 1 || signing seed 32 || fetch seed 64 || APKE seed 96}. */
    public static final int BYTES = 1 + SigningKey.SEED_BYTES + FetchSecretKey.SEED_BYTES + ApkeSecretKey.SEED_BYTES;

    private static final int VERSION = 1;

    private final SecretBytes serialised;
    private final SigningKey signing;
    private final FetchSecretKey fetch;
    private final ApkeSecretKey apke;

    private JournalistKeys(SecretBytes serialised, SigningKey signing, FetchSecretKey fetch, ApkeSecretKey apke) {
        this.serialised = serialised;
        this.signing = signing;
        this.fetch = fetch;
        this.apke = apke;
    }

    public static JournalistKeys generate(SecureRandom random) {
        byte[] seeds = new byte[BYTES - 1];
        random.nextBytes(seeds);
        try (SecretBytes serialised =
                SecretBytes.takeOver(new ByteWriter().u8(VERSION).bytes(seeds).toByteArray())) {
            return parse(serialised);
        } catch (MalformedException e) {
            throw new IllegalStateException("generated keys do not parse", e);
        } finally {
            SecretBytes.wipe(seeds);
        }
    }

    /** Reads what {@link #toSecretBytes} gave; the caller keeps it. */
    public static JournalistKeys parse(SecretBytes serialised) throws MalformedException {
        byte[] bytes = serialised.reveal();
        ByteReader reader = ByteReader.of(bytes, "journalist's keys");
        reader.version(VERSION);
        try (SecretBytes signing = SecretBytes.takeOver(reader.bytes(SigningKey.SEED_BYTES));
                SecretBytes fetch = SecretBytes.takeOver(reader.bytes(FetchSecretKey.SEED_BYTES));
                SecretBytes apke = SecretBytes.takeOver(reader.bytes(ApkeSecretKey.SEED_BYTES))) {
            reader.end();
            return new JournalistKeys(
                    SecretBytes.copyOf(bytes),
                    SigningKey.fromSeed(signing),
                    FetchSecretKey.fromSeed(fetch),
                    ApkeSecretKey.fromSeed(apke));
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    /** A copy of the seeds, {@value #BYTES} bytes, for keeping them. */
    public SecretBytes toSecretBytes() {
        return SecretBytes.takeOver(serialised.reveal());
    }

    public JournalistId id() {
        return RosterJournalist.id(signing.verifyingKey());
    }

    public SigningKey signing() {
        return signing;
    }

    public FetchSecretKey fetch() {
        return fetch;
    }

    /** The long-term key used when sending. */
    public ApkeSecretKey apke() {
        return apke;
    }

    public EnrolmentRequest enrolmentRequest(PersonName name) {
        return EnrolmentRequest.make(name, signing, new LongTermKeys(apke.publicKey(), fetch.publicKey()));
    }

    /** The upload of {@link PrekeyUpload#COUNT} prekeys of consecutive slots. */
    public PrekeyUpload upload(NewsroomId newsroom, List<PrekeySecret> secrets) {
        return PrekeyUpload.sign(
                newsroom, signing, secrets.stream().map(PrekeySecret::prekey).toList());
    }

    @Override
    public void close() {
        serialised.close();
        signing.close();
        fetch.close();
        apke.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
