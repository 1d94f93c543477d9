/**
 * Seals evidence while it is read (docs/spec 5): a stream in, chunks out, a few megabytes of memory.
 *
 * <p>Start with {@link org.lamplighter.core.evidence.seal.Sealer}. What becomes of the chunks is the caller's: this package
 * knows no station and must not depend on anything but evidence, secret and wire.
 */
package org.lamplighter.core.evidence.seal;
