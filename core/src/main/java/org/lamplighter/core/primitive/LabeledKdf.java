package org.lamplighter.core.primitive;

import org.lamplighter.core.secret.SecretBytes;

/** HKDF-SHA256 with the labels of HPKE (RFC 9180 §4), under one suite identifier. Immutable and thread-safe. */
final class LabeledKdf {
    private static final byte[] VERSION = Bytes.ascii("HPKE-v1");

    private final byte[] suiteId;

    LabeledKdf(byte[] suiteId) {
        this.suiteId = suiteId;
    }

    /** LabeledExtract(salt, label, ikm): 32 bytes. */
    byte[] extract(byte[] salt, String label, byte[] ikm) {
        byte[] labeled = Bytes.concat(VERSION, suiteId, Bytes.ascii(label), ikm);
        try {
            return Hkdf.extract(salt, labeled);
        } finally {
            SecretBytes.wipe(labeled);
        }
    }

    /** LabeledExpand(prk, label, info, length). */
    byte[] expand(byte[] prk, String label, byte[] info, int length) {
        return Hkdf.expand(prk, Bytes.concat(Bytes.u16(length), VERSION, suiteId, Bytes.ascii(label), info), length);
    }
}
