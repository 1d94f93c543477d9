/**
 * Evidence that only k of n people open together (docs/spec 7): Shamir's sharing, shares as files and on paper, the sealed
 * part keys.
 *
 * <p>Start with {@link org.lamplighter.core.evidence.share.KeySealer}, {@link
 * org.lamplighter.core.evidence.share.SealedShare} and {@link org.lamplighter.core.evidence.share.KeyOpener}, in the order in
 * which a source, a trustee and a journalist meet them. Must not depend on sealing and opening of files.
 */
package org.lamplighter.core.evidence.share;
