package org.lamplighter.core.primitive;

import org.lamplighter.core.secret.SecretBytes;

/** What a KEM gives the sender: a ciphertext to send and the secret, 32 bytes, that the recipient will find. */
public final class Encapsulation implements AutoCloseable {
    private final byte[] ciphertext;
    private final SecretBytes sharedSecret;

    Encapsulation(byte[] ciphertext, SecretBytes sharedSecret) {
        this.ciphertext = ciphertext;
        this.sharedSecret = sharedSecret;
    }

    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    /** Lives as long as this object does. */
    public SecretBytes sharedSecret() {
        return sharedSecret;
    }

    @Override
    public void close() {
        sharedSecret.close();
    }
}
