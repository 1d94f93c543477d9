package org.lamplighter.core.vectors;

import static org.lamplighter.core.vectors.Spelled.concat;
import static org.lamplighter.core.vectors.Spelled.hex;
import static org.lamplighter.core.vectors.Spelled.named;
import static org.lamplighter.core.vectors.Spelled.pattern;
import static org.lamplighter.core.vectors.Spelled.sha256;
import static org.lamplighter.core.vectors.Spelled.text32;
import static org.lamplighter.core.vectors.Spelled.u16;
import static org.lamplighter.core.vectors.Spelled.u32;
import static org.lamplighter.core.vectors.Spelled.u64;
import static org.lamplighter.core.vectors.Spelled.u8;
import static org.lamplighter.core.vectors.Spelled.utf8;

import java.util.Arrays;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code vectors/lamplighter/message.json} from the words of docs/spec/03-message.md. */
public final class MessageVectors {
    public static final String FILE = "lamplighter/message.json";

    private static final int CONTENT = 3371;
    private static final long SLOT = 41_550;
    private static final byte[] ID = Arrays.copyOf(named("a message id"), 16);
    private static final byte[] REFERENCE = Arrays.copyOf(named("a message that is answered"), 16);
    private static final byte[] ADA = Arrays.copyOf(named("ada"), 8);
    private static final byte[] BEN = Arrays.copyOf(named("ben"), 8);
    private static final byte[] SALT = named("a salt");
    private static final byte[] ACKNOWLEDGEMENT = named("an acknowledgement key");
    private static final long DAY = 20_781;

    private MessageVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    public static ObjectNode make() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("about", "Messages: docs/spec/03-message.md; described in vectors/README.md");
        structured(root.putArray("structured_messages"));
        parts(root.putArray("parts"));
        submissionDocuments(root.putArray("submission_documents"));
        replies(root.putArray("replies"));
        threads(root.putArray("threads"));
        selfCopies(root.putArray("self_copies"));
        commitments(root.putArray("commitments"));
        acceptance(root.putArray("acceptance"));
        return root;
    }

    /** The 69 bytes before the content, the content, zeros. */
    private static byte[] message(int kind, int part, int parts, byte[] reference, byte[] content) {
        byte[] addressees = concat(u8(2), ADA, BEN, new byte[8]);
        byte[] header = concat(
                u8(1), u8(kind), u32(SLOT), ID, u16(part), u16(parts), reference, addressees, u16(content.length));
        return Arrays.copyOf(concat(header, content), 3440);
    }

    private static void structured(ArrayNode out) {
        byte[] none = new byte[16];
        Cases cases = Cases.of(
                        out, "reply with trailing zeros", message(2, 1, 1, REFERENCE, new byte[] {'a', 0, 'b', 0, 0}))
                .input("submission, full", message(1, 1, 1, none, pattern(1, CONTENT)), "ok")
                .input("thread, part 8 of 8 of one byte", message(3, 8, 8, none, pattern(2, 1)), "ok")
                .input("reply, part 1 of 2", message(2, 1, 2, none, pattern(3, CONTENT)), "ok")
                .input("self-copy, part 2 of 3", message(4, 2, 3, none, pattern(4, 111)), "ok")
                .input("decoy", message(5, 1, 1, none, pattern(5, CONTENT)), "ok")
                .input("empty content", message(2, 1, 1, none, new byte[0]), "ok");
        cases.resized("one byte short", 3439, "TRUNCATED")
                .resized("one byte long", 3441, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .changed("version 0", 0, "00", "UNKNOWN_VERSION")
                .changed("version 2", 0, "02", "UNKNOWN_VERSION")
                .changed("kind 0", 1, "00", "BAD_FIELD")
                .changed("kind 6", 1, "06", "BAD_FIELD")
                .changed("part 0", 22, "0000", "BAD_FIELD")
                .changed("parts 0", 24, "0000", "BAD_FIELD")
                .changed("part 2 of 1", 22, "0002", "BAD_FIELD")
                .changed("9 parts", 24, "0009", "BAD_FIELD")
                .changed("a part that is not the last and not full", 24, "0002", "BAD_FIELD")
                .changed("4 addressees", 42, "04", "TOO_LARGE")
                .changed("an addressee that is not counted", 42, "01", "NOT_CANONICAL")
                .changed("a third addressee that is not counted", 59, "01", "NOT_CANONICAL")
                .changed("content of 3372 bytes", 67, "0d2c", "TOO_LARGE")
                .changed("content shorter than it is", 67, "0002", "NOT_CANONICAL")
                .changed("padding that ends in one", 3439, "01", "NOT_CANONICAL")
                .changed("padding that begins with one", 74, "01", "NOT_CANONICAL")
                .input("submission of two parts", message(1, 1, 2, none, pattern(1, CONTENT)), "BAD_FIELD")
                .input("decoy of two parts", message(5, 1, 2, none, pattern(5, CONTENT)), "BAD_FIELD")
                .input("last of two parts, empty", message(2, 2, 2, none, new byte[0]), "BAD_FIELD")
                .input("self-copy, part 9 of 9", message(4, 9, 9, none, pattern(4, 111)), "BAD_FIELD");
    }

    /** How many bytes of a document stand in each part. */
    private static void parts(ArrayNode out) {
        for (int length : new int[] {0, 1, CONTENT, CONTENT + 1, 2 * CONTENT, 20_000, 8 * CONTENT}) {
            ObjectNode node = out.addObject();
            node.put("document_length", length);
            ArrayNode lengths = node.putArray("content_lengths");
            int left = length;
            do {
                lengths.add(Math.min(left, CONTENT));
                left -= CONTENT;
            } while (left > 0);
        }
    }

    private static byte[] submission(String text, byte[] files, byte[] sealing) {
        return concat(u8(1), SALT, ACKNOWLEDGEMENT, u32(DAY), text32(text), files, sealing);
    }

    private static byte[] file(String name, long size, byte[] partKey) {
        byte[] utf8 = utf8(name);
        return concat(
                u16(utf8.length),
                utf8,
                u16(15),
                utf8("application/pdf"),
                u64(size),
                named("chunk root of " + name),
                named("sha-256 of " + name),
                u32(1),
                partKey,
                named("commitment of " + name));
    }

    private static void submissionDocuments(ArrayNode out) {
        byte[] key = named("a part key");
        byte[] twoFiles = concat(u16(2), file("plan.pdf", 1000, key), file("Prüfbericht \uD83D\uDD6F.pdf", 0, key));
        byte[] good = concat(u8(0), submission("The office pays twice.\u0000", twoFiles, u8(0)));
        byte[] elsewhere = concat(u8(1), u32(5_000_000), key, named("a commitment"));
        int lastKey = good.length - 65;
        Cases.of(out, "text and two files", good)
                .input("no text, no file", concat(u8(0), submission("", u16(0), u8(0))), "ok")
                .input("in a part of its own", elsewhere, "ok")
                .input("shortest in a part of its own", concat(u8(1), u32(3371), key, named("c")), "ok")
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .changed("mode 2", 0, "02", "BAD_FIELD")
                .changed("version 2", 1, "02", "UNKNOWN_VERSION")
                .changed("text longer than 8 MiB", 70, "00800001", "TOO_LARGE")
                .changed("text longer than there is", 70, "00700000", "TRUNCATED")
                .changed("text that is not UTF-8", 74, "ff", "BAD_FIELD")
                .changed("1001 files", 97, "03e9", "TOO_LARGE")
                .changed("a slash in a name", 101, "2f", "BAD_FIELD")
                .changed("a newline in a name", 101, "0a", "BAD_FIELD")
                .changed("sealing 2", good.length - 1, "02", "BAD_FIELD")
                .changed("a part key of zeros without sealing", lastKey, hex(new byte[32]), "BAD_FIELD")
                .input(
                        "file with two parts of one",
                        concat(u8(0), submission("", tooManyParts(key), u8(0))),
                        "BAD_FIELD")
                .input("elsewhere though it would fit", concat(u8(1), u32(3370), key, named("c")), "BAD_FIELD")
                .input("elsewhere and above 16 MiB", concat(u8(1), u32(16_777_217), key, named("c")), "TOO_LARGE")
                .input("elsewhere with a key of zeros", concat(u8(1), u32(5000), new byte[32], named("c")), "BAD_FIELD")
                .input("elsewhere, one byte short", Arrays.copyOf(elsewhere, 68), "TRUNCATED")
                .input("elsewhere, one byte long", Arrays.copyOf(elsewhere, 70), "TRAILING_BYTES");
    }

    private static byte[] tooManyParts(byte[] key) {
        byte[] one = file("a.pdf", 1000, key);
        byte[] two = concat(one, key, named("another commitment"));
        two[one.length - 65] = 2;
        return concat(u16(1), two);
    }

    private static byte[] reply(byte[] text) {
        return concat(u8(1), u32(DAY), u32(text.length), text);
    }

    private static void replies(ArrayNode out) {
        byte[] good = reply(utf8("Grüße \uD83D\uDD6F \u202e"));
        Cases.of(out, "text of several scripts", good)
                .input("empty text", reply(new byte[0]), "ok")
                .input("trailing zeros", reply(new byte[] {'a', 0, 0}), "ok")
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .changed("version 0", 0, "00", "UNKNOWN_VERSION")
                .changed("length of more than a document", 5, "00006950", "TOO_LARGE")
                .input("overlong zero", reply(Spelled.unhex("c080")), "BAD_FIELD")
                .input("half a surrogate pair", reply(Spelled.unhex("eda0bd")), "BAD_FIELD")
                .input("above U+10FFFF", reply(Spelled.unhex("f4908080")), "BAD_FIELD");
    }

    private static void threads(ArrayNode out) {
        byte[] one = concat(ID, u32(DAY), text32("first"));
        byte[] two = concat(REFERENCE, u32(DAY + 1), text32("second\u0000"));
        byte[] good = concat(u8(1), u16(2), one, two);
        Cases.of(out, "two replies", good)
                .input("none", concat(u8(1), u16(0)), "ok")
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .changed("version 2", 0, "02", "UNKNOWN_VERSION")
                .changed("one reply fewer", 1, "0001", "TRAILING_BYTES")
                .changed("one reply more", 1, "0003", "TRUNCATED")
                .changed("65535 replies", 1, "ffff", "TRUNCATED");
    }

    private static void selfCopies(ArrayNode out) {
        byte[] good = concat(u8(1), u32(DAY), named("a message"), SALT, ACKNOWLEDGEMENT, u16(2), u64(1L << 33));
        Cases.of(out, "two files of 8 GiB", good)
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .changed("version 0", 0, "00", "UNKNOWN_VERSION")
                .changed("total size above 2^63", good.length - 8, "80", "BAD_FIELD")
                .changed("another salt", 37, hex(named("another salt")), "ok");
    }

    private static void commitments(ArrayNode out) {
        for (int kind = 1; kind <= 3; kind++) {
            byte[] digest = sha256(message(kind, 1, 1, new byte[16], pattern(kind, 100)));
            ObjectNode node = out.addObject();
            node.put("kind", kind);
            node.put("salt", hex(SALT));
            node.put("message_sha256", hex(digest));
            node.put("commitment", hex(sha256(utf8("lamplighter/commit/v1\n"), u8(kind), SALT, digest)));
        }
    }

    /** small: ttl 14 d, waiting 3 d, expiry 1 d in slots of 12 h: 36 slots, and 2. */
    private static void acceptance(ArrayNode out) {
        accept(out, "SOURCE", "JOURNALIST", 2, 0, "ok");
        accept(out, "SOURCE", "JOURNALIST", 3, -38, "ok");
        accept(out, "SOURCE", "JOURNALIST", 2, 1, "ok");
        accept(out, "SOURCE", "SELF", 4, 0, "ok");
        accept(out, "JOURNALIST", "STRANGER", 1, 0, "ok");
        accept(out, "JOURNALIST", "JOURNALIST", 2, 0, "ok");
        accept(out, "SOURCE", "JOURNALIST", 2, -39, "TOO_OLD");
        accept(out, "SOURCE", "JOURNALIST", 2, 2, "FROM_THE_FUTURE");
        accept(out, "JOURNALIST", "STRANGER", 1, -39, "TOO_OLD");
        accept(out, "SOURCE", "STRANGER", 1, 0, "WRONG_KIND");
        accept(out, "SOURCE", "STRANGER", 2, 0, "WRONG_KIND");
        accept(out, "SOURCE", "COMPROMISED", 2, 0, "COMPROMISED_SENDER");
        accept(out, "SOURCE", "JOURNALIST", 4, 0, "WRONG_KIND");
        accept(out, "SOURCE", "JOURNALIST", 5, 0, "WRONG_KIND");
        accept(out, "JOURNALIST", "STRANGER", 2, 0, "WRONG_KIND");
        accept(out, "JOURNALIST", "COMPROMISED", 3, 0, "COMPROMISED_SENDER");
        accept(out, "JOURNALIST", "STRANGER", 4, 0, "WRONG_KIND");
        accept(out, "JOURNALIST", "SELF", 5, 0, "WRONG_KIND");
        left(out);
    }

    /** Day 20,773 ends with slot 41,547, and the day of grace with slot 41,549: the slot before the head's. */
    private static void left(ArrayNode out) {
        long day = 20_773;
        for (String reader : new String[] {"SOURCE", "JOURNALIST"}) {
            left(out, reader, day, 2, -1, "ok");
            left(out, reader, day, 3, -38, "ok");
            left(out, reader, day, 2, -39, "TOO_OLD");
            left(out, reader, day, 2, 0, "LEFT_SENDER");
            left(out, reader, day, 3, 1, "LEFT_SENDER");
            left(out, reader, day + 1, 2, 1, "ok");
            left(out, reader, day - 30, 2, -38, "LEFT_SENDER");
            left(out, reader, day, 4, 0, "WRONG_KIND");
        }
        left(out, "JOURNALIST", day, 1, 0, "ok");
        left(out, "SOURCE", day, 1, 0, "WRONG_KIND");
    }

    private static void left(ArrayNode out, String reader, long since, int kind, int slotsAhead, String result) {
        accept(out, reader, "LEFT", kind, slotsAhead, result).put("since", since);
    }

    private static ObjectNode accept(
            ArrayNode out, String reader, String sender, int kind, int slotsAhead, String result) {
        ObjectNode node = out.addObject();
        node.put("profile", "small");
        node.put("reader", reader);
        node.put("sender", sender);
        node.put("kind", kind);
        node.put("head_slot", SLOT);
        node.put("message_slot", SLOT + slotsAhead);
        node.put("result", result);
        return node;
    }
}
