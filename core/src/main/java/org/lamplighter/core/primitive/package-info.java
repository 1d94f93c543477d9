/**
 * The cryptographic building blocks, as byte strings in and byte strings out: hash, KDF, AEAD, X25519, ML-KEM-768, X-Wing,
 * Ed25519, DHKEM and HPKE.
 *
 * <p>Not exported: other modules use the typed keys of the packages above this one. Start with
 * {@link org.lamplighter.core.primitive.Hpke}, which composes the rest. Where the JDK and Bouncy Castle both have a primitive,
 * the faster one is used; the other is the oracle of the tests. Secret bytes come and go as plain arrays here: whoever
 * calls wipes them. Depends on the packages secret and wire and on nothing else in this module.
 */
package org.lamplighter.core.primitive;
