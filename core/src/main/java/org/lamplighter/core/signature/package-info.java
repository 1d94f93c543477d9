/**
 * Ed25519 signatures: who said what. Tagged signatures of the protocol, and plain ones for signed notes.
 *
 * <p>Start with {@link org.lamplighter.core.signature.VerifyingKey}. Depends on the packages primitive, secret and wire.
 */
package org.lamplighter.core.signature;
