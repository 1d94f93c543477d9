/**
 * Bytes on the wire and on disk: strict readers and writers, and one small type per meaning of a byte string.
 *
 * <p>Start with {@link org.lamplighter.core.wire.ByteReader}. Depends on nothing else in this module.
 */
package org.lamplighter.core.wire;
