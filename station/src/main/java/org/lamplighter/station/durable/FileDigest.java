package org.lamplighter.station.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.lamplighter.core.wire.Digest;

/** SHA-256 of files, read in pieces. Stateless. */
public final class FileDigest {
    private static final int BUFFER = 65_536;

    private FileDigest() {}

    public static Digest of(byte[] bytes) {
        return Digest.copyOf(sha256().digest(bytes));
    }

    /** Of the content of {@code file}. */
    public static Digest of(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return Digest.copyOf(sha256.digest());
    }

    /** A fresh computation. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
