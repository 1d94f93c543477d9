/**
 * Contract of the strong store: the small things that must be right after any crash (the queue, the rows, the buckets, the
 * heads, certificate and roster, prekeys, the table of chunks). Bytes of chunks and epochs are files and not here.
 *
 * <p>Start with {@link org.lamplighter.station.store.StationStore}. Adapters are in packages below; the contract test is run by
 * each. Must not depend on the other packages of this module.
 */
package org.lamplighter.station.store;
