/**
 * Signed notes: documents that people carry and read, with one Ed25519 signature (docs/spec 0.6, C2SP signed-note).
 *
 * <p>Start with {@link org.lamplighter.core.note.SignedNote}. Depends on the packages signature, primitive and wire.
 */
package org.lamplighter.core.note;
