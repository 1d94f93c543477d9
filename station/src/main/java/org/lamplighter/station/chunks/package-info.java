/**
 * Chunks of sealed evidence (docs/spec 5.5, 5.7, 6.7, 6.8): taken in, kept until their day, given out. What is in them is
 * nobody's business here.
 *
 * <p>Start with {@link org.lamplighter.station.chunks.ChunkShelf}. Must not depend on the other features of this module.
 */
package org.lamplighter.station.chunks;
