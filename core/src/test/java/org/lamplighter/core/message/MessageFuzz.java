package org.lamplighter.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.fuzz.Seeds;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** What is inside an envelope. */
public final class MessageFuzz {
    private static final String FILE = "message.json";

    private MessageFuzz() {}

    public static List<FuzzTarget> targets() {
        byte[] message = Seeds.hex(FILE, "structured_messages", "hex").getFirst();
        return List.of(
                FuzzTarget.of("structured-message", 512, input -> {
                            byte[] bytes = Patch.apply(message, input);
                            FuzzTarget.requireSame(
                                    StructuredMessage.parse(bytes).encode(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {0, 1, 1, 4, 0, 23, 1, 2, 0, 25, 1, 3}),
                documents(
                        "submission-document",
                        "submission_documents",
                        1024,
                        input -> SubmissionDocument.parse(input).encode()),
                FuzzTarget.canonical(
                                "submission",
                                1024,
                                input -> Submission.parse(input).encode())
                        .refusing(MalformedException.class)
                        .seeded(whole()),
                documents(
                        "reply-document",
                        "replies",
                        256,
                        input -> ReplyDocument.parse(input).encode()),
                documents(
                        "thread-document",
                        "threads",
                        512,
                        input -> ThreadDocument.parse(input).encode()),
                documents(
                        "self-copy",
                        "self_copies",
                        128,
                        input -> SelfCopy.parse(input).encode()),
                FuzzTarget.of("parts", 256, MessageFuzz::parts)
                        .refusing(MalformedException.class)
                        .seeded(new byte[] {1, 1})
                        .seeded(new byte[] {1, 3, 2, 3, 3, 3}),
                FuzzTarget.of("message-kind", 2, input -> {
                            int code = input.length == 0 ? 0 : input[0];
                            FuzzTarget.require(MessageKind.of(code).code() == code, "another kind");
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[] {1}));
    }

    private static FuzzTarget documents(String name, String list, int most, FuzzTarget.Reencoding reencoding) {
        return FuzzTarget.canonical(name, most, reencoding)
                .refusing(MalformedException.class)
                .seeded(Seeds.hex(FILE, list, "hex"));
    }

    /** The submissions that stand in documents. */
    private static List<byte[]> whole() {
        return Seeds.hex(FILE, "submission_documents", "hex").stream()
                .filter(document -> document.length > 1 && document[0] == 0)
                .map(document -> java.util.Arrays.copyOfRange(document, 1, document.length))
                .toList();
    }

    /** Parts of the input's choice: the number of each, and of how many. */
    private static boolean parts(byte[] input) throws MalformedException {
        MessageId id = MessageId.copyOf(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        MessageHeader header = new MessageHeader(MessageKind.REPLY, 1, id, Optional.empty(), List.of());
        List<StructuredMessage> messages = new ArrayList<>();
        for (int i = 0; i + 1 < input.length; i += 2) {
            int parts = 1 + (input[i + 1] & 7);
            int part = 1 + (input[i] & 7) % parts;
            byte[] content = new byte[part < parts ? StructuredMessage.MAX_CONTENT : 1];
            messages.add(StructuredMessage.part(header, part, parts, content));
        }
        return Parts.assemble(messages).isPresent();
    }
}
