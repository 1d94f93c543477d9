/**
 * A journalist's folder: one encrypted store behind one contract, docs/spec/08-vault.md.
 *
 * <p>Start with {@link org.lamplighter.desk.vault.Vault}. Knows nothing of messages, keys or stations, and must not
 * depend on any other package of the desk.
 */
package org.lamplighter.desk.vault;
