package org.lamplighter.core.envelope;

import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Seals a structured message to one recipient, and opens it (protocol 0.4, steps 6 and 7; docs/spec 2). All sizes are fixed, so
 * that no two envelopes differ in length. Stateless and thread-safe.
 */
public final class Envelope {
    /** Structured message (docs/spec 3.1). */
    public static final int STRUCTURED_BYTES = 3440;
    /** Sender fetch key 32, sender PKE key 1216, structured message 3440: 4688. */
    public static final int PLAINTEXT_BYTES = FetchPublicKey.BYTES + PkePublicKey.BYTES + STRUCTURED_BYTES;
    /** c2 1088, c1 32, plaintext 4688, tag 16: 5824. */
    public static final int CT_APKE_BYTES = SdApke.OVERHEAD_BYTES + PLAINTEXT_BYTES;
    /** X-Wing ciphertext 1120, sender APKE key 1216, tag 16: 2352. */
    public static final int CT_PKE_BYTES = SdPke.OVERHEAD_BYTES + ApkePublicKey.BYTES;
    /** CT_APKE 5824, CT_PKE 2352: 8176. */
    public static final int BYTES = CT_APKE_BYTES + CT_PKE_BYTES;

    private Envelope() {}

    /**
     * Seals {@code structuredMessage}, 3440 bytes, with a fresh hint (protocol 0.4, step 6).
     *
     * @param randomness all parts of which are taken
     */
    public static SealedEnvelope seal(
            SenderKeys sender,
            RecipientKeys recipient,
            NewsroomId newsroom,
            byte[] structuredMessage,
            SealingRandomness randomness) {
        if (structuredMessage.length != STRUCTURED_BYTES) {
            throw new IllegalArgumentException("structured message of the wrong length");
        }
        byte[] plaintext = new ByteWriter()
                .bytes(sender.fetch().toByteArray())
                .bytes(sender.pke().toByteArray())
                .bytes(structuredMessage)
                .toByteArray();
        try {
            byte[] hint = randomness.takeHint(wide -> hint(wide, recipient.fetch()));
            return new SealedEnvelope(new ByteWriter()
                    .bytes(hint)
                    .bytes(SdApke.authEnc(
                            sender.apke(),
                            recipient.apke(),
                            recipient.fetch(),
                            newsroom.toByteArray(),
                            plaintext,
                            randomness))
                    .bytes(SdPke.enc(recipient.pke(), sender.apke().publicKey().toByteArray(), randomness))
                    .toByteArray());
        } finally {
            SecretBytes.wipe(plaintext);
        }
    }

    /**
     * Opens an envelope (protocol 0.4, step 7; docs/spec 2.5): first the metadata, then the message under the sender's key
     * found there. Empty means "not for these keys": the outcome is the same whether the length is wrong, a ciphertext
     * does not open, or an enclosed key is one that must not be used, and nothing more is told.
     */
    public static Optional<OpenedEnvelope> open(OpeningKeys recipient, NewsroomId newsroom, byte[] envelope) {
        if (envelope.length != BYTES) {
            return Optional.empty();
        }
        byte[] ctApke = Arrays.copyOf(envelope, CT_APKE_BYTES);
        byte[] ctPke = Arrays.copyOfRange(envelope, CT_APKE_BYTES, BYTES);
        return SdPke.dec(recipient.pke(), ctPke)
                .flatMap(metadata -> openMessage(recipient, newsroom, metadata, ctApke));
    }

    private static Optional<OpenedEnvelope> openMessage(
            OpeningKeys recipient, NewsroomId newsroom, byte[] metadata, byte[] ctApke) {
        try {
            ApkePublicKey sender = ApkePublicKey.parse(metadata);
            Optional<byte[]> plaintext =
                    SdApke.authDec(recipient.apke(), recipient.fetch(), sender, newsroom.toByteArray(), ctApke);
            return plaintext.isEmpty() ? Optional.empty() : Optional.of(read(sender, plaintext.get()));
        } catch (MalformedException e) {
            // An enclosed key is malformed. The sender made it so; to the recipient it is as any other failure.
            return Optional.empty();
        }
    }

    private static OpenedEnvelope read(ApkePublicKey sender, byte[] plaintext) throws MalformedException {
        ByteReader reader = ByteReader.of(plaintext, "envelope");
        FetchPublicKey fetch = FetchPublicKey.parse(reader.bytes(FetchPublicKey.BYTES));
        PkePublicKey pke = PkePublicKey.parse(reader.bytes(PkePublicKey.BYTES));
        byte[] structuredMessage = reader.bytes(STRUCTURED_BYTES);
        reader.end();
        SecretBytes.wipe(plaintext);
        return new OpenedEnvelope(sender, fetch, pke, structuredMessage);
    }

    /** {@code X || Z}, 64 bytes, of a fresh x (protocol 0.4, Message Delivery Hint; docs/spec 2.4). */
    private static byte[] hint(byte[] wide, FetchPublicKey recipient) {
        try (Scalar x = Scalar.fromWideBytes(wide)) {
            if (x.isZero()) {
                throw new IllegalArgumentException("the randomness of the hint is a multiple of the group order");
            }
            return new ByteWriter()
                    .bytes(RistrettoElement.multiplyBase(x).encode())
                    .bytes(recipient.element().multiply(x).encode())
                    .toByteArray();
        }
    }
}
