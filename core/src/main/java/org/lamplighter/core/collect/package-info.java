/**
 * What a station and a collector say about chunks: receipts, and lists of new ones (docs/spec 5.7, 6.6).
 *
 * <p>Depends on the packages newsroom, signature and wire.
 */
package org.lamplighter.core.collect;
