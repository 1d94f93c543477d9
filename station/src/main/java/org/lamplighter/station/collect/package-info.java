/**
 * The list of new chunks for the newsroom's collector (docs/spec 6.6).
 *
 * <p>Start with {@link org.lamplighter.station.collect.ChunkList}. Must not depend on the other features of this module.
 */
package org.lamplighter.station.collect;
