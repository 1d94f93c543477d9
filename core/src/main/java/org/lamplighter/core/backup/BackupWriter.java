package org.lamplighter.core.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.lamplighter.core.backup.stream.BackupFormat;
import org.lamplighter.core.backup.stream.Segments;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;

/**
 * Writes one backup to a stream, sealed as it goes: memory does not grow with it (docs/spec/09-backup.md). Without {@link
 * #finish} what was written opens nowhere. Does not close the stream. One thread at a time.
 */
public final class BackupWriter {
    private final OutputStream out;
    private final Segments segments;
    private final byte[] plain = new byte[Segments.SEGMENT_BYTES];
    private final byte[] sealed = new byte[Segments.SEALED_BYTES];
    private int filled;
    private long items;

    private BackupWriter(OutputStream out, Segments segments) {
        this.out = out;
        this.segments = segments;
    }

    /** Begins a backup of {@code kind} for {@code recipient} under a fresh key. */
    public static BackupWriter start(OutputStream out, BackupKind kind, BackupRecipient recipient, SecureRandom random)
            throws IOException {
        byte[] prelude = BackupFormat.prelude(kind, recipient.id());
        try (SecretBytes key = SecretBytes.generate(BackupFormat.STREAM_KEY_BYTES, random)) {
            out.write(prelude);
            out.write(recipient.seal(BackupFormat.info(prelude), key, random));
            return new BackupWriter(out, Segments.sealing(key));
        }
    }

    /** A folder; before what is in it. */
    public void folder(String path) throws IOException {
        write(new ByteWriter().u8(BackupFormat.FOLDER).text16(checked(path)).toByteArray());
        items++;
    }

    /**
     * A file of exactly {@code length} bytes.
     *
     * @throws EOFException when {@code content} is shorter: the backup cannot be finished then
     */
    public void file(String path, long length, InputStream content) throws IOException {
        write(new ByteWriter()
                .u8(BackupFormat.FILE)
                .text16(checked(path))
                .u64(length)
                .toByteArray());
        long left = length;
        while (left > 0) {
            makeRoom();
            int read = content.read(plain, filled, (int) Math.min(left, plain.length - filled));
            if (read < 0) {
                throw new EOFException("a file became shorter while it was read");
            }
            filled += read;
            left -= read;
        }
        items++;
    }

    /** Ends the backup; it is whole after this. Flushes the stream. */
    public void finish() throws IOException {
        write(new ByteWriter().u8(BackupFormat.END).u64(items).toByteArray());
        flush(true);
        out.flush();
    }

    private static String checked(String path) {
        if (!BackupFormat.isPath(path)) {
            throw new IllegalArgumentException("not a path of a backup");
        }
        return path;
    }

    private void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            makeRoom();
            int part = Math.min(bytes.length - at, plain.length - filled);
            System.arraycopy(bytes, at, plain, filled, part);
            filled += part;
            at += part;
        }
    }

    /** A full segment is sealed only when more comes: the last one is never empty. */
    private void makeRoom() throws IOException {
        if (filled == plain.length) {
            flush(false);
        }
    }

    private void flush(boolean last) throws IOException {
        int length = segments.next(plain, filled, last, sealed);
        out.write(sealed, 0, length);
        filled = 0;
    }
}
