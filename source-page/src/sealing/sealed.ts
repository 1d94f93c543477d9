import { X_WING_CIPHERTEXT } from "../primitive/kem.ts";
import { type Bytes, concat, hex, u32, u8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import type { Reader } from "../wire/reader.ts";
import { SHARES_MOST } from "./shamir.ts";

const SEALED_SHARE = X_WING_CIPHERTEXT + 48;
const KEYS_MOST = 16 * 1024 * 1024;

/** A share sealed to its holder (docs/spec 7.4). */
export interface SealedShare {
    /** SHA-256(context || share). */
    readonly hash: Bytes;
    /** 1 journalist, 2 trustee. */
    readonly kind: 1 | 2;
    /** 8 bytes. */
    readonly holderId: Bytes;
    /** 1168 bytes. */
    readonly sealed: Bytes;
}

/** Part keys that any k of n holders open together (docs/spec 7.4). */
export interface SealedKeys {
    readonly setId: Bytes;
    readonly k: number;
    readonly salt: Bytes;
    readonly secretHash: Bytes;
    readonly holders: readonly SealedShare[];
    /** AES-256-GCM ciphertext of the part keys. */
    readonly keys: Bytes;
}

export function encodeSealedKeys(sealed: SealedKeys): Bytes {
    const holders = sealed.holders.map((one) => concat(one.hash, u8(one.kind), one.holderId, one.sealed));
    return concat(
        sealed.setId,
        u8(sealed.k),
        u8(sealed.holders.length),
        sealed.salt,
        sealed.secretHash,
        ...holders,
        u32(sealed.keys.length),
        sealed.keys,
    );
}

export function readSealedKeys(reader: Reader): SealedKeys {
    const setId = reader.bytes(8, "set id");
    const k = reader.u8("k");
    const n = reader.u8("n");
    demand(k >= 2 && k <= n && n <= SHARES_MOST, "BAD_FIELD", "k of n");
    const salt = reader.bytes(32, "salt");
    const secretHash = reader.bytes(32, "hash of the secret");
    const holders = Array.from({ length: n }, () => readShare(reader));
    const length = reader.u32("length");
    demand(length <= KEYS_MOST, "TOO_LARGE", "sealed part keys");
    demand(length >= 48 && length % 32 === 16, "BAD_FIELD", "sealed part keys");
    const keys = reader.bytes(length, "sealed part keys");
    demand(new Set(holders.map((one) => one.kind + hex(one.holderId))).size === n, "BAD_FIELD", "holder twice");
    return { setId, k, salt, secretHash, holders, keys };
}

function readShare(reader: Reader): SealedShare {
    const hash = reader.bytes(32, "hash of a share");
    const kind = reader.u8("kind of a holder");
    demand(kind === 1 || kind === 2, "BAD_FIELD", "kind of a holder");
    return { hash, kind, holderId: reader.bytes(8, "holder id"), sealed: reader.bytes(SEALED_SHARE, "share") };
}
