package org.lamplighter.core.backup.open;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.stream.BackupFormat;
import org.lamplighter.core.backup.stream.Segments;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Reads one backup from a stream (docs/spec/09-backup.md). Every byte that it yields is authentic, but only when {@link #next}
 * has yielded nothing is the backup known to be whole: what was read before must not be used until then. That no path stands
 * twice is for the caller to see. Memory does not grow. One thread at a time.
 */
public final class BackupReader {
    private static final String WHAT = "backup";
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final BackupKind kind;
    private final Segments segments;
    private final byte[] plain = new byte[Segments.SEGMENT_BYTES];
    private byte[] sealed;
    private int sealedLength;
    private int position;
    private int limit;
    private boolean last;
    private boolean ended;
    private long left;
    private long items;

    private BackupReader(InputStream in, BackupKind kind, Segments segments, byte[] first) {
        this.in = in;
        this.kind = kind;
        this.segments = segments;
        this.sealed = first;
        this.sealedLength = first.length;
    }

    /**
     * A folder or file.
     *
     * @param length bytes of the file; 0 for a folder
     */
    public record Item(String path, boolean isFolder, long length) {}

    /**
     * Reads the header.
     *
     * @throws MalformedException {@code UNKNOWN_VERSION} when it is no backup or one of a newer version, {@code WRONG_SIGNER}
     *     when it is sealed to another key, {@code BAD_SIGNATURE} when the header was changed, {@code TRUNCATED} when it ends
     */
    public static BackupReader open(InputStream in, BackupKey key) throws IOException, MalformedException {
        byte[] prelude = in.readNBytes(BackupFormat.PRELUDE_BYTES);
        ByteReader reader = ByteReader.of(prelude, WHAT);
        byte[] magic = reader.bytes(BackupFormat.MAGIC.length());
        if (!Arrays.equals(magic, BackupFormat.MAGIC.getBytes(StandardCharsets.US_ASCII))) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": not one of ours");
        }
        reader.version(BackupFormat.VERSION);
        BackupKind kind = BackupKind.of(reader.u8());
        if (!Arrays.equals(
                reader.bytes(BackupRecipient.ID_BYTES), key.recipient().id())) {
            throw new MalformedException(Reason.WRONG_SIGNER, WHAT + ": for another key");
        }
        byte[] sealedKey = in.readNBytes(BackupFormat.SEALED_KEY_BYTES);
        if (sealedKey.length < BackupFormat.SEALED_KEY_BYTES) {
            throw truncated();
        }
        try (SecretBytes streamKey =
                key.open(BackupFormat.info(prelude), sealedKey).orElseThrow(BackupReader::changed)) {
            if (streamKey.length() != BackupFormat.STREAM_KEY_BYTES) {
                throw new MalformedException(Reason.BAD_FIELD, WHAT + ": key of another length");
            }
            return new BackupReader(in, kind, Segments.opening(streamKey), in.readNBytes(Segments.SEALED_BYTES));
        }
    }

    public BackupKind kind() {
        return kind;
    }

    /**
     * The next item, after the content of the one before was copied; nothing when the backup has ended and is whole.
     *
     * @throws MalformedException when anything is missing, changed or in another order, or when a path leads out
     */
    public Optional<Item> next() throws IOException, MalformedException {
        if (left != 0) {
            throw new IllegalStateException("copy the file first");
        }
        if (ended) {
            return Optional.empty();
        }
        int type = take(1)[0] & 0xff;
        if (type == BackupFormat.END) {
            return end();
        }
        if (type != BackupFormat.FILE && type != BackupFormat.FOLDER) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": an item of an unknown kind");
        }
        int length = ByteReader.of(take(2), WHAT).u16();
        if (length > BackupFormat.MAX_PATH_BYTES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": a path");
        }
        String path = new String(take(length), StandardCharsets.ISO_8859_1);
        if (!BackupFormat.isPath(path)) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": a path that cannot be");
        }
        items++;
        left = type == BackupFormat.FILE ? ByteReader.of(take(8), WHAT).u64() : 0;
        return Optional.of(new Item(path, type == BackupFormat.FOLDER, left));
    }

    /** Copies the content of the file that {@link #next} has yielded. */
    public void copyTo(OutputStream out) throws IOException, MalformedException {
        while (left > 0) {
            fill();
            int part = (int) Math.min(left, limit - position);
            out.write(plain, position, part);
            position += part;
            left -= part;
        }
    }

    private Optional<Item> end() throws IOException, MalformedException {
        if (ByteReader.of(take(8), WHAT).u64() != items) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": another number of files");
        }
        if (position != limit || !last || sealedLength != 0) {
            throw new MalformedException(Reason.TRAILING_BYTES, WHAT + ": bytes after the end");
        }
        ended = true;
        return Optional.empty();
    }

    private byte[] take(int length) throws IOException, MalformedException {
        byte[] taken = new byte[length];
        for (int at = 0; at < length; ) {
            fill();
            int part = Math.min(length - at, limit - position);
            System.arraycopy(plain, position, taken, at, part);
            position += part;
            at += part;
        }
        return taken;
    }

    /** Opens the next segment when nothing is left of this one. Which is the last is known when nothing comes after it. */
    private void fill() throws IOException, MalformedException {
        if (position < limit) {
            return;
        }
        if (last || sealedLength == 0) {
            throw truncated();
        }
        byte[] following = sealedLength == Segments.SEALED_BYTES ? in.readNBytes(Segments.SEALED_BYTES) : NOTHING;
        last = following.length == 0;
        limit = sealedLength <= Segments.SEALED_BYTES - Segments.SEGMENT_BYTES
                ? -1
                : segments.next(sealed, sealedLength, last, plain);
        if (limit < 0) {
            throw changed();
        }
        position = 0;
        sealed = following;
        sealedLength = following.length;
    }

    private static MalformedException truncated() {
        return new MalformedException(Reason.TRUNCATED, WHAT + ": ends too early");
    }

    private static MalformedException changed() {
        return new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": was changed or cut off");
    }
}
