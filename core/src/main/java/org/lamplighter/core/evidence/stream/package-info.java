/**
 * The segments of a part: AES-256-GCM with counter nonces (docs/spec 5.4).
 *
 * <p>Start with {@link org.lamplighter.core.evidence.stream.SegmentCipher}. Exported to nobody; sealing and opening share it.
 */
package org.lamplighter.core.evidence.stream;
