import { ml_kem768_x25519 } from "@noble/post-quantum/hybrid.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { type Bytes, copy } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { checkX25519 } from "./x25519.ts";

export const ML_KEM_KEY = 1184;
export const ML_KEM_CIPHERTEXT = 1088;
/** X25519 32 || ML-KEM-768 1184. */
export const SD_APKE_KEY = 1216;
export const X_WING_KEY = 1216;
export const X_WING_CIPHERTEXT = 1120;

/** A ciphertext of a key encapsulation, and the secret in it. */
export interface Encapsulated {
    readonly ciphertext: Bytes;
    readonly secret: Bytes;
}

/** Refuses an ML-KEM-768 key with a coefficient that is not below 3329 (FIPS 203, section 7.2). */
export function checkMlKem(key: Uint8Array, what: string): void {
    demand(key.length === ML_KEM_KEY, "BAD_FIELD", what);
    let greatest = 0;
    for (let i = 0; i < 1152; i += 3) {
        const [a, b, c] = [key[i] as number, key[i + 1] as number, key[i + 2] as number];
        greatest = Math.max(greatest, a | ((b & 15) << 8), (b >> 4) | (c << 4));
    }
    demand(greatest < 3329, "NOT_CANONICAL", what);
}

/** Refuses an X-Wing key (`ML-KEM 1184 || X25519 32`) one of whose halves is refused. */
export function checkXWing(key: Uint8Array, what: string): void {
    demand(key.length === X_WING_KEY, "BAD_FIELD", what);
    checkMlKem(key.subarray(0, ML_KEM_KEY), what);
    checkX25519(key.subarray(ML_KEM_KEY), what);
}

/** Refuses an SD-APKE key one of whose halves is refused (docs/spec 2.5, 2.8). */
export function checkApkeKey(key: Uint8Array, what: string): void {
    demand(key.length === SD_APKE_KEY, "BAD_FIELD", what);
    checkX25519(key.subarray(0, 32), what);
    checkMlKem(key.subarray(32), what);
}

/** Key pair of ML-KEM-768 from the seed `d || z`, 64 bytes. */
export function mlKemFromSeed(seed: Uint8Array): { readonly secretKey: Bytes; readonly publicKey: Bytes } {
    const pair = ml_kem768.keygen(seed);
    return { secretKey: copy(pair.secretKey), publicKey: copy(pair.publicKey) };
}

export function mlKemEncapsulate(key: Uint8Array, m: Uint8Array): Encapsulated {
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(key, m);
    return { ciphertext: copy(cipherText), secret: copy(sharedSecret) };
}

export function mlKemDecapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Bytes {
    return copy(ml_kem768.decapsulate(ciphertext, secretKey));
}

/** The public key of an X-Wing seed of 32 bytes, which is the secret key. */
export function xWingPublic(seed: Uint8Array): Bytes {
    return copy(ml_kem768_x25519.keygen(seed).publicKey);
}

/** `randomness` is `ML-KEM m 32 || X25519 ephemeral secret 32`. */
export function xWingEncapsulate(key: Uint8Array, randomness: Uint8Array): Encapsulated {
    const { cipherText, sharedSecret } = ml_kem768_x25519.encapsulate(key, randomness);
    return { ciphertext: copy(cipherText), secret: copy(sharedSecret) };
}

export function xWingDecapsulate(ciphertext: Uint8Array, seed: Uint8Array): Bytes {
    return copy(ml_kem768_x25519.decapsulate(ciphertext, seed));
}
