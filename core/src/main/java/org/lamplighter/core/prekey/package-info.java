/**
 * Prekeys: a journalist's receiving keys, one pair for each prekey slot of time, and the keys file that all clients
 * download (docs/spec 1.6 to 1.8). {@link org.lamplighter.core.prekey.VerifiedKeys} is where a sender starts.
 *
 * <p>Depends on the packages newsroom, signature, wire and on the public keys of package envelope.
 */
package org.lamplighter.core.prekey;
