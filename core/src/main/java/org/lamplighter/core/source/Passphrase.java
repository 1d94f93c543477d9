package org.lamplighter.core.source;

import java.security.SecureRandom;
import java.util.List;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.words.Mnemonic;
import org.lamplighter.core.words.MnemonicException;

/**
 * A source's passphrase: twelve words of the BIP39 English list that encode 16 bytes (protocol 0.4, step 4). Never printed but by
 * {@link #words}; wiped on close. Thread-safe until then.
 */
public final class Passphrase implements AutoCloseable {
    /** Bytes of the entropy, which is the master key mk. */
    public static final int ENTROPY_BYTES = 16;
    /** Number of words. */
    public static final int WORDS = 12;

    private final SecretBytes entropy;

    private Passphrase(SecretBytes entropy) {
        this.entropy = entropy;
    }

    public static Passphrase generate(SecureRandom random) {
        return new Passphrase(SecretBytes.generate(ENTROPY_BYTES, random));
    }

    /**
     * Reads twelve words as somebody types them: any white space between, before and after, capital letters as small ones. The
     * exception says which word is wrong; the caller wipes {@code text}.
     */
    public static Passphrase parse(char[] text) throws MnemonicException {
        return new Passphrase(Mnemonic.decode(text, ENTROPY_BYTES));
    }

    /** The twelve words, to be shown to the source. */
    public List<String> words() {
        return Mnemonic.encode(entropy);
    }

    /** mk, 16 bytes; lives as long as this object. */
    SecretBytes entropy() {
        return entropy;
    }

    @Override
    public void close() {
        entropy.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
