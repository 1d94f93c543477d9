package org.lamplighter.desk.vault;

import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Puts the vault's key under a passphrase. One way of doing so ships; it is slow on purpose, and tests that are not about
 * passphrases take a cheaper setting of it.
 */
public interface KeyWrap {
    /** {@code key} under {@code passphrase}, as bytes that may be stored: at most 4096. */
    byte[] seal(SecretBytes passphrase, SecretBytes key);

    /** The key again; empty when the passphrase is another or the bytes were changed, which look alike. */
    Optional<SecretBytes> open(SecretBytes passphrase, byte[] wrapped);
}
