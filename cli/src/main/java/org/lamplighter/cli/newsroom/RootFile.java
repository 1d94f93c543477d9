package org.lamplighter.cli.newsroom;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The file that holds the root key: a passphrase box (docs/spec 1.9) around {@code label || text16 origin || seed 32}. The
 * origin is inside, so that nobody can make the key sign under another name by editing a file beside it.
 */
final class RootFile {
    private static final byte[] LABEL = "lamplighter-root/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ORIGIN_BYTES = 63;
    private static final String WHAT = "root key file";

    private RootFile() {}

    static byte[] seal(RootKey root, SecretBytes passphrase, PassphraseBox.Cost cost, SecureRandom random) {
        String origin = root.newsroomKey().origin().name();
        try (SecretBytes seed = root.seed();
                SecretBytes content = SecretBytes.takeOver(seed.apply(bytes -> new ByteWriter()
                        .bytes(LABEL)
                        .text16(origin)
                        .bytes(bytes)
                        .toByteArray()))) {
            return PassphraseBox.seal(passphrase, content, random, cost);
        }
    }

    /** The key, or nothing when the passphrase is another. */
    static Optional<RootKey> open(byte[] file, SecretBytes passphrase) throws MalformedException {
        Optional<SecretBytes> opened = PassphraseBox.open(file, passphrase);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (SecretBytes content = opened.get()) {
            byte[] bytes = content.reveal();
            try {
                return Optional.of(parse(bytes));
            } finally {
                SecretBytes.wipe(bytes);
            }
        }
    }

    private static RootKey parse(byte[] content) throws MalformedException {
        ByteReader reader = ByteReader.of(content, WHAT);
        if (!Arrays.equals(reader.bytes(LABEL.length), LABEL)) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": seals something else");
        }
        Origin origin = Origin.parse(reader.text16(MAX_ORIGIN_BYTES));
        try (SecretBytes seed = SecretBytes.takeOver(reader.bytes(SigningKey.SEED_BYTES))) {
            reader.end();
            return RootKey.fromSeed(origin, seed);
        }
    }
}
