import { x25519 } from "@noble/curves/ed25519.js";
import { type Bytes, copy } from "../wire/bytes.ts";
import { Malformed, demand } from "../wire/malformed.ts";

const P = (1n << 255n) - 19n;
// The values below p of points whose order divides 8 (RFC 7748, section 6.1).
const LOW_ORDER: ReadonlySet<bigint> = new Set([
    0n,
    1n,
    325606250916557431795983626356110631294008115727848805560023387167927233504n,
    39382357235489614581723060781553021112529911719440698176882885853963445705823n,
    P - 1n,
]);

/** Refuses a public key that is not below p, or is of low order (docs/spec 2.8). */
export function checkX25519(key: Uint8Array, what: string): void {
    let value = 0n;
    for (let i = 31; i >= 0; i--) {
        value = (value << 8n) | BigInt(key[i] as number);
    }
    demand(value < P, "NOT_CANONICAL", what);
    demand(!LOW_ORDER.has(value), "IDENTITY", what);
}

/** The 32 bytes as RFC 7748 clamps them. */
export function clamp(secret: Uint8Array): Bytes {
    const out = copy(secret);
    out[0] = (out[0] as number) & 0xf8;
    out[31] = ((out[31] as number) & 0x7f) | 0x40;
    return out;
}

export function publicX25519(secret: Uint8Array): Bytes {
    return copy(x25519.getPublicKey(secret));
}

/** The shared secret; a result of zeros is refused. */
export function agree(secret: Uint8Array, key: Uint8Array): Bytes {
    try {
        return copy(x25519.getSharedSecret(secret, key));
    } catch {
        throw new Malformed("IDENTITY", "X25519 result");
    }
}
