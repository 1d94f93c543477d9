package org.lamplighter.desk.inbox;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Messages and conversations as they are stored. */
public final class InboxFuzz {
    private InboxFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        byte[] conversation = conversation();
        int shown = conversation.length - 4;
        return List.of(
                FuzzTarget.canonical(
                                "stored-message",
                                1024,
                                input -> Message.parse(input).encode())
                        .refusing(MalformedException.class)
                        .seeded(messages())
                        .seeded(unreadable(messages().getFirst())),
                FuzzTarget.of("stored-conversation", 256, input -> {
                            byte[] bytes = Patch.apply(conversation, input);
                            FuzzTarget.requireSame(Conversation.parse(bytes).encode(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        // The number of the last message shown, which is no int: once read as a negative one.
                        .seeded(new byte[] {(byte) (shown >> 8), (byte) shown, 1, -1}),
                FuzzTarget.typedText(
                                "designation",
                                64,
                                text -> Designation.typed(text).text())
                        .seeded("Amber otter")
                        .seeded("amber - otter"));
    }

    private static List<byte[]> messages() throws MalformedException {
        byte[] submission = HexFormat.of()
                .parseHex(Vectors.read("lamplighter/message.json")
                        .get("submission_documents")
                        .get(0)
                        .get("hex")
                        .asString());
        JournalistId ben = JournalistId.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Message.Body written = new Message.Body.Written(new ReplyDocument(20_781, "When was the plan changed?"));
        return List.of(
                message(new Author.Source(), new Message.Body.Submitted(SubmissionDocument.parse(submission)), ben),
                message(new Author.Me(), written, ben),
                message(new Author.Colleague(ben, "Ben Example"), written, ben));
    }

    /** With a number that is no int: once read as a negative one, which could not be written again. */
    private static byte[] unreadable(byte[] message) {
        byte[] changed = message.clone();
        changed[1 + MessageId.LENGTH + ConversationId.LENGTH] = -1;
        return changed;
    }

    private static byte[] message(Author author, Message.Body body, JournalistId addressee) {
        SeededRandom random = SeededRandom.of(73);
        return new Message(
                        MessageId.copyOf(random.bytes(MessageId.LENGTH)),
                        ConversationId.copyOf(random.bytes(ConversationId.LENGTH)),
                        7,
                        author,
                        1_795_000_000,
                        41_550,
                        Optional.of(MessageId.copyOf(random.bytes(MessageId.LENGTH))),
                        List.of(addressee),
                        body)
                .encode();
    }

    private static byte[] conversation() {
        SeededRandom random = SeededRandom.of(74);
        RecipientKeys keys = new RecipientKeys(
                ApkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(ApkeSecretKey.SEED_BYTES)))
                        .publicKey(),
                PkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(PkeSecretKey.SEED_BYTES)))
                        .publicKey(),
                FetchSecretKey.generate(random).publicKey());
        return new Conversation(ConversationId.of(keys), new Designation("amber-otter"), keys, 3).encode();
    }
}
