package org.lamplighter.core.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Makes and verifies signed notes with exactly one signature: text that ends in a newline, an empty line, and
 * {@code — NAME BASE64(key id 4 || signature 64)}. Stateless and thread-safe.
 */
public final class SignedNote {
    /** Ceiling on a note, in bytes. */
    public static final int MAX_BYTES = 262_144;

    private static final String SIGNATURE_LINE = "\u2014 ";
    private static final int SIGNED_ID_BYTES = NoteKey.ID_BYTES + SigningKey.SIGNATURE_BYTES;

    private SignedNote() {}

    /** The note over {@code text}, which ends in a newline, signed under {@code name}. */
    public static byte[] sign(String text, String name, SigningKey key) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the text of a note ends in a newline");
        }
        byte[] signature = key.signNote(text.getBytes(StandardCharsets.UTF_8));
        byte[] named = new ByteWriter()
                .bytes(new NoteKey(name, key.verifyingKey()).id())
                .bytes(signature)
                .toByteArray();
        String note = text + "\n" + SIGNATURE_LINE + name + " " + Base64Text.format(named) + "\n";
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("note longer than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    /** The text of {@code note} when it is signed by {@code key}; {@code what} names the document in errors. */
    public static String verify(byte[] note, NoteKey key, String what) throws MalformedException {
        String whole = decode(note, what);
        int end = whole.lastIndexOf("\n\n");
        if (end < 0 || end + 2 == whole.length() || !whole.endsWith("\n")) {
            throw new MalformedException(Reason.TRUNCATED, what + ": no signature");
        }
        String text = whole.substring(0, end + 1);
        String line = whole.substring(end + 2, whole.length() - 1);
        String start = SIGNATURE_LINE + key.name() + " ";
        if (line.indexOf('\n') >= 0 || !line.startsWith(SIGNATURE_LINE)) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": not exactly one signature line");
        }
        if (!line.startsWith(start)) {
            throw new MalformedException(Reason.WRONG_SIGNER, what + ": signed under another name");
        }
        byte[] named = Base64Text.parse(line.substring(start.length()), SIGNED_ID_BYTES, what + ": signature");
        if (!Arrays.equals(key.id(), Arrays.copyOf(named, NoteKey.ID_BYTES))) {
            throw new MalformedException(Reason.WRONG_SIGNER, what + ": signed by another key");
        }
        byte[] signature = Arrays.copyOfRange(named, NoteKey.ID_BYTES, named.length);
        if (!key.key().verifiesNote(text.getBytes(StandardCharsets.UTF_8), signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, what + ": signature does not verify");
        }
        return text;
    }

    /** Strict UTF-8 without control characters but the newline, of at most {@link #MAX_BYTES}. */
    static String decode(byte[] note, String what) throws MalformedException {
        if (note.length > MAX_BYTES) {
            throw new MalformedException(Reason.TOO_LARGE, what + ": longer than " + MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString();
            if (text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
                throw new MalformedException(Reason.BAD_FIELD, what + ": control character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": not UTF-8");
        }
    }
}
