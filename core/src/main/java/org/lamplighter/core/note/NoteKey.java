package org.lamplighter.core.note;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A name and the Ed25519 key that signs notes under it. Immutable and thread-safe.
 *
 * @param name 1 to 96 characters of {@code [a-z0-9./-]}
 */
public record NoteKey(String name, VerifyingKey key) {
    /** Length of a key id in bytes. */
    public static final int ID_BYTES = 4;

    private static final int ED25519 = 1;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9./-]{0,95}");

    public NoteKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a note key");
        }
    }

    /** Reads a {@code vkey}: {@code NAME+hex(key id)+base64(0x01 || key)}, one line without its end. */
    public static NoteKey parse(String vkey) throws MalformedException {
        // Base64 may hold a plus sign, so only the first two separate.
        String[] fields = vkey.split("\\+", 3);
        if (fields.length != 3 || !NAME.matcher(fields[0]).matches()) {
            throw new MalformedException(Reason.BAD_FIELD, "key line: not NAME+ID+KEY");
        }
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(fields[2]);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Reason.BAD_FIELD, "key line: not base64");
        }
        if (typed.length != 1 + VerifyingKey.BYTES || typed[0] != ED25519) {
            throw new MalformedException(Reason.BAD_FIELD, "key line: not an Ed25519 key");
        }
        NoteKey key = new NoteKey(fields[0], VerifyingKey.parse(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!key.format().equals(vkey)) {
            throw new MalformedException(Reason.NOT_CANONICAL, "key line: id does not belong to the key");
        }
        return key;
    }

    /** The {@code vkey} that {@link #parse} reads. */
    public String format() {
        byte[] typed = new ByteWriter().u8(ED25519).bytes(key.toByteArray()).toByteArray();
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** First 4 bytes of SHA-256(NAME || 0x0A || 0x01 || key). */
    byte[] id() {
        byte[] named = new ByteWriter()
                .ascii(name)
                .u8('\n')
                .u8(ED25519)
                .bytes(key.toByteArray())
                .toByteArray();
        return Arrays.copyOf(Sha256.digest(named), ID_BYTES);
    }
}
