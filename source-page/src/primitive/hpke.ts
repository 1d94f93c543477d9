import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { type Bytes, concat, copy, u16, u8, utf8, wipe } from "../wire/bytes.ts";
import { hkdfExpand, hkdfExtract } from "./hash.ts";
import { type Encapsulated, X_WING_CIPHERTEXT, xWingDecapsulate, xWingEncapsulate } from "./kem.ts";
import { agree, publicX25519 } from "./x25519.ts";

// RFC 9180: KDF HKDF-SHA256 (1), AEAD ChaCha20-Poly1305 (3); KEM DHKEM(X25519) 0x0020 or X-Wing 0x647a.
const DHKEM_ID = 0x0020;
const X_WING_ID = 0x647a;
const MODE_BASE = 0;
const MODE_AUTH_PSK = 3;
const VERSION = utf8("HPKE-v1");
const NONE = new Uint8Array(0);

/** Key and first nonce of a key schedule. */
export interface Schedule {
    readonly key: Bytes;
    readonly nonce: Bytes;
}

/** `enc || ciphertext` of a single message sealed in mode Base with X-Wing. */
export function sealBase(
    key: Uint8Array,
    info: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
    randomness: Uint8Array,
): Bytes {
    const { ciphertext, secret } = xWingEncapsulate(key, randomness);
    return concat(ciphertext, sealOnce(baseSchedule(secret, info), aad, plaintext));
}

/** What `sealBase` sealed, or `undefined`; `sealed` is at least as long as an X-Wing ciphertext. */
export function openBase(seed: Uint8Array, info: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Bytes | undefined {
    let secret: Bytes;
    try {
        secret = xWingDecapsulate(sealed.subarray(0, X_WING_CIPHERTEXT), seed);
    } catch {
        return undefined;
    }
    return openOnce(baseSchedule(secret, info), aad, sealed.subarray(X_WING_CIPHERTEXT));
}

/** AuthEncap of DHKEM(X25519), its ephemeral key by DeriveKeyPair from 32 bytes; `ciphertext` is `enc`. */
export function authEncapsulate(recipient: Uint8Array, senderSecret: Uint8Array, ikmE: Uint8Array): Encapsulated {
    const suite = kemSuite();
    const prk = labeledExtract(suite, NONE, "dkp_prk", ikmE);
    const ephemeral = labeledExpand(suite, prk, "sk", NONE, 32);
    const enc = publicX25519(ephemeral);
    const dh = concat(agree(ephemeral, recipient), agree(senderSecret, recipient));
    const secret = sharedSecret(dh, concat(enc, recipient, publicX25519(senderSecret)));
    wipe(prk, ephemeral, dh);
    return { ciphertext: enc, secret };
}

/** AuthDecap of DHKEM(X25519); refuses a result of zeros. */
export function authDecapsulate(enc: Uint8Array, recipientSecret: Uint8Array, sender: Uint8Array): Bytes {
    const dh = concat(agree(recipientSecret, enc), agree(recipientSecret, sender));
    const secret = sharedSecret(dh, concat(enc, publicX25519(recipientSecret), sender));
    wipe(dh);
    return secret;
}

export function authPskSchedule(secret: Uint8Array, info: Uint8Array, psk: Uint8Array, pskId: Uint8Array): Schedule {
    return schedule(MODE_AUTH_PSK, DHKEM_ID, secret, info, psk, pskId);
}

export function baseSchedule(secret: Uint8Array, info: Uint8Array): Schedule {
    return schedule(MODE_BASE, X_WING_ID, secret, info, NONE, NONE);
}

/** Seals the only message of a schedule, which is wiped. */
export function sealOnce(schedule: Schedule, aad: Uint8Array, plaintext: Uint8Array): Bytes {
    const sealed = chacha20poly1305(schedule.key, schedule.nonce, aad).encrypt(plaintext);
    wipe(schedule.key, schedule.nonce);
    return copy(sealed);
}

/** Opens the only message of a schedule, which is wiped; `undefined` if it is not authentic. */
export function openOnce(schedule: Schedule, aad: Uint8Array, ciphertext: Uint8Array): Bytes | undefined {
    try {
        return copy(chacha20poly1305(schedule.key, schedule.nonce, aad).decrypt(ciphertext));
    } catch {
        return undefined;
    } finally {
        wipe(schedule.key, schedule.nonce);
    }
}

function schedule(
    mode: number,
    kem: number,
    secret: Uint8Array,
    info: Uint8Array,
    psk: Uint8Array,
    pskId: Uint8Array,
): Schedule {
    const suite = concat(utf8("HPKE"), u16(kem), u16(1), u16(3));
    const pskIdHash = labeledExtract(suite, NONE, "psk_id_hash", pskId);
    const infoHash = labeledExtract(suite, NONE, "info_hash", info);
    const context = concat(u8(mode), pskIdHash, infoHash);
    const prk = labeledExtract(suite, secret, "secret", psk);
    const key = labeledExpand(suite, prk, "key", context, 32);
    const nonce = labeledExpand(suite, prk, "base_nonce", context, 12);
    wipe(prk, secret);
    return { key, nonce };
}

function sharedSecret(dh: Uint8Array, context: Uint8Array): Bytes {
    const suite = kemSuite();
    const prk = labeledExtract(suite, NONE, "eae_prk", dh);
    const secret = labeledExpand(suite, prk, "shared_secret", context, 32);
    wipe(prk);
    return secret;
}

function kemSuite(): Bytes {
    return concat(utf8("KEM"), u16(DHKEM_ID));
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Bytes {
    return hkdfExtract(concat(VERSION, suite, utf8(label), ikm), salt);
}

function labeledExpand(suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, length: number): Bytes {
    return hkdfExpand(prk, concat(u16(length), VERSION, suite, utf8(label), info), length);
}
