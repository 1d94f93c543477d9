package org.lamplighter.bench.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SealedEnvelope;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/** Two who write to each other with keys made for the measurement, through the code that source and desk use. */
public final class Correspondence {
    /** Envelopes of a bundle, M of the design's default. */
    public static final int ENVELOPES = 4;

    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(new byte[32]);

    private final SecureRandom random = new SecureRandom();
    private final BundleComposer composer = BundleComposer.of(NEWSROOM, ENVELOPES, random);
    private final Party sender = Party.generate(random);
    private final Party recipient = Party.generate(random);
    private final StructuredMessage message = StructuredMessage.of(
            new MessageHeader(MessageKind.REPLY, 7, MessageHeader.freshId(random), Optional.empty(), List.of()),
            new byte[StructuredMessage.MAX_CONTENT]);
    private final SelfCopy copy = SelfCopy.of(message, 1, random);

    private record Party(FetchSecretKey fetch, ApkeSecretKey apke, PkeSecretKey pke) {
        static Party generate(SecureRandom random) {
            try (SecretBytes apke = SecretBytes.generate(ApkeSecretKey.SEED_BYTES, random);
                    SecretBytes pke = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random)) {
                return new Party(
                        FetchSecretKey.generate(random), ApkeSecretKey.fromSeed(apke), PkeSecretKey.fromSeed(pke));
            }
        }

        SenderKeys sending() {
            return new SenderKeys(apke, fetch.publicKey(), pke.publicKey());
        }

        RecipientKeys receiving() {
            return new RecipientKeys(apke.publicKey(), pke.publicKey(), fetch.publicKey());
        }

        OpeningKeys opening() {
            return new OpeningKeys(apke, pke, fetch.publicKey());
        }
    }

    /** Seals 3440 bytes with their hint, which makes 8240. */
    public SealedEnvelope seal(byte[] structuredMessage) {
        try (SealingRandomness fresh = SealingRandomness.generate(random)) {
            return Envelope.seal(sender.sending(), recipient.receiving(), NEWSROOM, structuredMessage, fresh);
        }
    }

    /** Opens what {@link #seal} made, without the hint, 8176 bytes. */
    public OpenedEnvelope open(byte[] envelope) {
        return Envelope.open(recipient.opening(), NEWSROOM, envelope)
                .orElseThrow(() -> new AssertionError("an envelope of our own does not open"));
    }

    /** A bundle of four: one to the recipient, one to the sender itself, two decoys. */
    public byte[] compose() {
        return composer.compose(sender.sending(), sender.receiving(), List.of(recipient.receiving()), message, copy);
    }

    /** What the station does with a bundle before it may wait for the lottery. */
    public static Bundle takeIn(byte[] bundle) {
        try {
            return Bundle.parse(bundle, ENVELOPES);
        } catch (MalformedException e) {
            throw new AssertionError("a bundle of our own is refused", e);
        }
    }
}
