/**
 * Envelopes: one encrypted message to one recipient, by the text of the SecureDrop Protocol 0.4 (docs/spec/02-envelope.md).
 *
 * <p>Start with {@link org.lamplighter.core.envelope.Envelope}, which seals and opens; the keys are typed by role, so that the
 * wrong one does not compile. What is inside the structured message is the package message's business, and how a recipient
 * finds an envelope is the package scan's. Depends on the packages primitive, secret and wire; must not be seen by the
 * station.
 */
package org.lamplighter.core.envelope;
