package org.lamplighter.core.primitive;

import org.lamplighter.core.secret.SecretBytes;

/**
 * KeySchedule of HPKE (RFC 9180 §5.1) for one message: key and nonce of sequence number 0. No exporter secret: the protocol
 * uses none. Not thread-safe against a concurrent {@link #close}.
 */
public final class HpkeKeySchedule implements AutoCloseable {
    /** How a suite is used; the number enters the key schedule. */
    public enum Mode {
        /** Anybody may have sealed. */
        BASE(0),
        /** Sealed by the holder of the sender's secret key, with a pre-shared key mixed in. */
        AUTH_PSK(3);

        private final int id;

        Mode(int id) {
            this.id = id;
        }
    }

    private final byte[] context;
    private final SecretBytes secret;
    private final SecretBytes key;
    private final byte[] baseNonce;

    private HpkeKeySchedule(byte[] context, SecretBytes secret, SecretBytes key, byte[] baseNonce) {
        this.context = context;
        this.secret = secret;
        this.key = key;
        this.baseNonce = baseNonce;
    }

    /**
     * Derives key and nonce.
     *
     * @param psk 32 bytes or more in {@link Mode#AUTH_PSK}, with a {@code pskId} that is not empty; both empty in {@link Mode#BASE}
     *     (VerifyPSKInputs)
     */
    public static HpkeKeySchedule derive(
            HpkeSuite suite, Mode mode, SecretBytes sharedSecret, byte[] info, SecretBytes psk, byte[] pskId) {
        boolean withPsk = mode == Mode.AUTH_PSK;
        if (withPsk ? psk.length() < Hkdf.HASH_BYTES || pskId.length == 0 : psk.length() + pskId.length != 0) {
            throw new IllegalArgumentException("psk and psk_id do not fit the mode");
        }
        LabeledKdf kdf = new LabeledKdf(suite.suiteId());
        byte[] context = Bytes.concat(
                new byte[] {(byte) mode.id},
                kdf.extract(Bytes.EMPTY, "psk_id_hash", pskId),
                kdf.extract(Bytes.EMPTY, "info_hash", info));
        byte[] secret = sharedSecret.apply(salt -> psk.apply(ikm -> kdf.extract(salt, "secret", ikm)));
        return new HpkeKeySchedule(
                context,
                SecretBytes.takeOver(secret),
                SecretBytes.takeOver(kdf.expand(secret, "key", context, Aead.KEY_BYTES)),
                kdf.expand(secret, "base_nonce", context, Aead.NONCE_BYTES));
    }

    /** mode || psk_id_hash || info_hash, 65 bytes. */
    public byte[] context() {
        return context.clone();
    }

    /** The secret of the schedule, 32 bytes; for comparison with vectors. */
    public SecretBytes secret() {
        return secret;
    }

    /** The AEAD key, 32 bytes. */
    public SecretBytes key() {
        return key;
    }

    /** The nonce of the first and only message, 12 bytes. */
    public byte[] baseNonce() {
        return baseNonce.clone();
    }

    @Override
    public void close() {
        secret.close();
        key.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
