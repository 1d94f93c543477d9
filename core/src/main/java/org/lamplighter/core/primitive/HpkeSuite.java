package org.lamplighter.core.primitive;

/**
 * The two HPKE suites of the protocol. Both use HKDF-SHA256 (0x0001) and ChaCha20-Poly1305 (0x0003); they differ in the KEM.
 */
public enum HpkeSuite {
    /** DHKEM(X25519, HKDF-SHA256), RFC 9180 §7.1. */
    DHKEM_X25519(0x0020),
    /** X-Wing, draft-connolly-cfrg-xwing-kem-06 §6. */
    X_WING(0x647a);

    private static final int KDF_ID = 0x0001;
    private static final int AEAD_ID = 0x0003;

    private final int kemId;

    HpkeSuite(int kemId) {
        this.kemId = kemId;
    }

    /** "KEM" and the KEM's number: separates the KDF calls inside the KEM (RFC 9180 §4.1). */
    byte[] kemSuiteId() {
        return Bytes.concat(Bytes.ascii("KEM"), Bytes.u16(kemId));
    }

    /** "HPKE" and the three numbers: separates the KDF calls of the key schedule (RFC 9180 §5.1). */
    public byte[] suiteId() {
        return Bytes.concat(Bytes.ascii("HPKE"), Bytes.u16(kemId), Bytes.u16(KDF_ID), Bytes.u16(AEAD_ID));
    }
}
