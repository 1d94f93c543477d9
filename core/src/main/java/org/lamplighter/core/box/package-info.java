/**
 * Secrets under a passphrase: Argon2id and AES-256-GCM over a few bytes that lie in a file.
 *
 * <p>Start with {@link org.lamplighter.core.box.PassphraseBox}. Depends on the packages secret, primitive and wire.
 */
package org.lamplighter.core.box;
