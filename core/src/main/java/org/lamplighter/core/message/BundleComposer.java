package org.lamplighter.core.message;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.mailbox.UniformChoice;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Makes the one fixed-size body that a sending posts (docs/spec/03-message.md 3.7, docs/spec/04-mailbox.md 4.1): an envelope for each
 * recipient, one for the sender itself, and decoys up to M, in uniformly random order. Source, journalist and decoy sender
 * post the same size, and nobody without the recipients' keys can tell the envelopes apart.
 *
 * <p>Immutable; as thread-safe as its source of randomness.
 */
public final class BundleComposer {
    private final NewsroomId newsroom;
    private final int envelopes;
    private final SecureRandom random;

    private BundleComposer(NewsroomId newsroom, int envelopes, SecureRandom random) {
        this.newsroom = newsroom;
        this.envelopes = envelopes;
        this.random = random;
    }

    /** A composer of bundles of {@code envelopes} (M). */
    public static BundleComposer of(NewsroomId newsroom, int envelopes, SecureRandom random) {
        if (envelopes < 2) {
            throw new IllegalArgumentException("a bundle has room for a recipient and the sender");
        }
        return new BundleComposer(newsroom, envelopes, random);
    }

    /** Most recipients of one bundle: M - 1, as one envelope is the sender's own. */
    public int maxRecipients() {
        return envelopes - 1;
    }

    /**
     * The body of a post, {@link Bundle#length} bytes.
     *
     * @param sender the sender's keys, which the recipients answer to
     * @param self the sender's own receiving keys
     * @param recipients 1 to {@link #maxRecipients}
     * @param message what all recipients get
     * @param copy what the sender gets; its salt opens the commitment
     */
    public byte[] compose(
            SenderKeys sender,
            RecipientKeys self,
            List<RecipientKeys> recipients,
            StructuredMessage message,
            SelfCopy copy) {
        if (recipients.isEmpty() || recipients.size() > maxRecipients()) {
            throw new IllegalArgumentException("from 1 to " + maxRecipients() + " recipients");
        }
        if (!copy.message().equals(message.digest())) {
            throw new IllegalArgumentException("the self-copy is of another message");
        }
        List<MailboxRow> rows = new ArrayList<>();
        recipients.forEach(recipient -> rows.add(seal(sender, recipient, message)));
        rows.add(seal(sender, self, message.selfCopy(copy.encode())));
        while (rows.size() < envelopes) {
            rows.add(decoy(message.header().prekeySlot()));
        }
        return body(rows, copy.commitment(message.header().kind()));
    }

    /** The body of a post that says nothing to anybody: decoys alone, and random bytes in place of a commitment. */
    public byte[] composeDecoy(long prekeySlot) {
        List<MailboxRow> rows = new ArrayList<>();
        while (rows.size() < envelopes) {
            rows.add(decoy(prekeySlot));
        }
        return body(rows, Commitment.random(random));
    }

    private byte[] body(List<MailboxRow> rows, Digest commitment) {
        List<MailboxRow> shuffled = Arrays.stream(UniformChoice.permutation(rows.size(), random))
                .mapToObj(rows::get)
                .toList();
        byte[] token = new byte[Bundle.TOKEN_LENGTH];
        random.nextBytes(token);
        return Bundle.of(shuffled, commitment, token).encode();
    }

    private MailboxRow seal(SenderKeys sender, RecipientKeys recipient, StructuredMessage message) {
        byte[] plaintext = message.encode();
        try (SealingRandomness randomness = SealingRandomness.generate(random)) {
            return MailboxRow.parse(Envelope.seal(sender, recipient, newsroom, plaintext, randomness)
                    .toByteArray());
        } catch (MalformedException e) {
            throw new IllegalStateException("a sealed envelope is a row", e);
        } finally {
            SecretBytes.wipe(plaintext);
        }
    }

    /**
     * A real sealing between keys that nobody keeps (docs/spec/02-envelope.md 2.6). Random bytes would not do: only one in four is
     * a canonical X25519 point, and a station would count the decoys.
     */
    private MailboxRow decoy(long prekeySlot) {
        try (FetchSecretKey fetch = FetchSecretKey.generate(random);
                ApkeSecretKey senderApke = freshApke();
                ApkeSecretKey recipientApke = freshApke();
                PkeSecretKey pke = freshPke()) {
            SenderKeys sender = new SenderKeys(senderApke, fetch.publicKey(), pke.publicKey());
            RecipientKeys recipient = new RecipientKeys(recipientApke.publicKey(), pke.publicKey(), fetch.publicKey());
            byte[] content = new byte[StructuredMessage.MAX_CONTENT];
            random.nextBytes(content);
            MessageHeader header = new MessageHeader(
                    MessageKind.DECOY, prekeySlot, MessageHeader.freshId(random), Optional.empty(), List.of());
            return seal(sender, recipient, StructuredMessage.of(header, content));
        }
    }

    private ApkeSecretKey freshApke() {
        try (SecretBytes seed = SecretBytes.generate(ApkeSecretKey.SEED_BYTES, random)) {
            return ApkeSecretKey.fromSeed(seed);
        }
    }

    private PkeSecretKey freshPke() {
        try (SecretBytes seed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random)) {
            return PkeSecretKey.fromSeed(seed);
        }
    }
}
