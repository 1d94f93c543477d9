package org.lamplighter.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Fields, hexadecimal, Base64, notes. */
final class WireFuzz {
    private static final SigningKey SIGNING =
            SigningKey.fromSeed(SecretBytes.takeOver(SeededRandom.of(61).bytes(SigningKey.SEED_BYTES)));
    private static final NoteKey KEY = new NoteKey("harbour-courier/newsroom", SIGNING.verifyingKey());
    private static final String TEXT = "a title\nkey value\nnumber 7\nmaybe 1\n";

    private WireFuzz() {}

    static List<FuzzTarget> targets() {
        byte[] note = SignedNote.sign(TEXT, KEY.name(), SIGNING);
        return List.of(
                FuzzTarget.canonical("wire-fields", 256, WireFuzz::fields)
                        .refusing(MalformedException.class)
                        .seeded(fieldsSeed()),
                FuzzTarget.canonicalText("wire-hex", 80, WireFuzz::hex)
                        .refusing(MalformedException.class)
                        .seeded("00")
                        .seeded("0123456789abcdef")
                        .seeded("a5".repeat(16))
                        .seeded("a5".repeat(32)),
                FuzzTarget.canonicalText(
                                "wire-base64", 64, text -> Base64Text.format(Base64Text.parse(text, bytes(text), "x")))
                        .refusing(MalformedException.class)
                        .seeded("")
                        .seeded("AA==")
                        .seeded("AAE=")
                        .seeded("AAEC/+8="),
                FuzzTarget.canonicalText(
                                "note-key", 256, text -> NoteKey.parse(text).format())
                        .refusing(MalformedException.class)
                        .seeded(KEY.format()),
                FuzzTarget.canonical("note-signed", 512, input -> resigned(SignedNote.verify(input, KEY, "note")))
                        .refusing(MalformedException.class)
                        .seeded(note),
                FuzzTarget.of("note-text", 256, WireFuzz::signedText)
                        .refusing(MalformedException.class)
                        .seeded(TEXT),
                FuzzTarget.of("note-lines", 256, WireFuzz::lines)
                        .refusing(MalformedException.class)
                        .seeded(TEXT),
                FuzzTarget.canonical(
                                "verifying-key",
                                40,
                                input -> VerifyingKey.parse(input).toByteArray())
                        .refusing(MalformedException.class)
                        .seeded(SIGNING.verifyingKey().toByteArray()),
                FuzzTarget.of("signature", 64, input -> {
                            byte[] signature = Patch.apply(SIGNING.sign("ll-tag", new byte[] {1}), input);
                            return SIGNING.verifyingKey().verifies("ll-tag", new byte[] {1}, signature);
                        })
                        .seeded(new byte[0]));
    }

    /** One of each field, in an order that the input chooses. */
    private static byte[] fields(byte[] input) throws MalformedException {
        ByteReader in = ByteReader.of(input, "fields");
        ByteWriter out = new ByteWriter();
        while (true) {
            int kind = in.u8();
            out.u8(kind);
            switch (kind) {
                case 0 -> out.u8(in.u8());
                case 1 -> out.u16(in.u16());
                case 2 -> out.u32(in.u32());
                case 3 -> out.u64(in.u64());
                case 4 -> out.text16(in.text16(20));
                case 5 -> out.text32(in.text32(20));
                case 6 -> {
                    in.version(1);
                    out.u8(1);
                }
                case 7 -> {
                    int length = in.remaining() / 2;
                    out.bytes(in.bytes(length));
                }
                case 8 -> {
                    int left = in.remaining();
                    in.zerosToEnd();
                    return out.padTo(out.size() + left).toByteArray();
                }
                default -> {
                    in.end();
                    return out.toByteArray();
                }
            }
        }
    }

    private static byte[] fieldsSeed() {
        return new ByteWriter()
                .u8(0)
                .u8(5)
                .u8(1)
                .u16(500)
                .u8(2)
                .u32(70_000)
                .u8(3)
                .u64(1L << 40)
                .u8(4)
                .text16("Grüße")
                .u8(5)
                .text32("\uD83D\uDD6F")
                .u8(6)
                .u8(1)
                .u8(8)
                .u32(0)
                .toByteArray();
    }

    private static String hex(String text) throws MalformedException {
        return switch (text.length()) {
            case 16 -> JournalistId.parseHex(text, "x").hex();
            case 18 ->
                text.substring(0, 2)
                        + ShareSetId.parseHex(text.substring(2), "x").hex();
            case 32 -> MessageId.parseHex(text, "x").hex();
            case 34 ->
                text.substring(0, 2) + ChunkId.parseHex(text.substring(2), "x").hex();
            case 64 -> Digest.parseHex(text, "x").hex();
            case 66 ->
                text.substring(0, 2)
                        + NewsroomId.parseHex(text.substring(2), "x").hex();
            default -> Hex.format(Hex.parse(text, text.length() / 2, "x"));
        };
    }

    /** The length that a text of this many characters and this padding has. */
    private static int bytes(String text) {
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return Math.max(0, text.length() / 4 * 3 - padding);
    }

    private static byte[] resigned(String text) {
        return SignedNote.sign(text, KEY.name(), SIGNING);
    }

    /** Whatever the text, its note either verifies to the very text, or is refused. */
    private static boolean signedText(byte[] input) throws MalformedException {
        String text = Signable.text(new String(input, UTF_8));
        FuzzTarget.requireSame(SignedNote.verify(resigned(text), KEY, "note"), text);
        return true;
    }

    /** What the lines say, written down, is the text that was read. */
    private static boolean lines(byte[] input) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(input, "a title", "lines");
        String value = lines.value("key");
        long number = lines.number("number", 0, Long.MAX_VALUE);
        String maybe =
                lines.optional("maybe").map(text -> "maybe " + text + "\n").orElse("");
        lines.end();
        FuzzTarget.requireSame("a title\nkey " + value + "\nnumber " + number + "\n" + maybe, new String(input, UTF_8));
        return true;
    }
}
