package org.lamplighter.e2e.vectors;

import org.lamplighter.core.wire.FixedBytes;

/** Bytes of any length as a value, for records. Immutable. */
final class ByteString extends FixedBytes {
    private ByteString(byte[] bytes) {
        super(bytes, bytes.length);
    }

    static ByteString of(byte[] bytes) {
        return new ByteString(bytes);
    }
}
