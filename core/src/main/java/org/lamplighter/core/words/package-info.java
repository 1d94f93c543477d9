/**
 * Bytes as words of the BIP39 English list: passphrases, shares on paper, fingerprints read aloud.
 *
 * <p>Start with {@link org.lamplighter.core.words.Mnemonic}. What the bytes mean is for other packages. Depends on the package
 * primitive for SHA-256 and on secret.
 */
package org.lamplighter.core.words;
