import { ed25519 } from "@noble/curves/ed25519.js";
import { concat, u8, utf8 } from "../wire/bytes.ts";
import { Malformed, demand } from "../wire/malformed.ts";

const Point = ed25519.Point;

/** Refuses a verifying key that is not canonical, of prime order and other than the identity (docs/spec 2.8). */
export function checkVerifyingKey(key: Uint8Array, what: string): void {
    demand(key.length === 32 && isStrict(key), "NOT_CANONICAL", what);
}

/** Whether `signature` is one of `key` over `message`, by the strict rules of docs/spec 2.8. */
export function verifies(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (key.length !== 32 || signature.length !== 64 || !isStrict(key) || !isStrict(signature.subarray(0, 32))) {
        return false;
    }
    try {
        return ed25519.verify(signature, message, key, { zip215: false });
    } catch {
        return false;
    }
}

/** `u8 len(tag) || tag || message`, what a tagged signature is over (docs/spec 0.5). */
export function tagged(tag: string, message: Uint8Array): Uint8Array {
    return concat(u8(tag.length), utf8(tag), message);
}

/** Refuses unless `signature` is one of `key` over `message` under `tag`. */
export function checkTagged(
    key: Uint8Array,
    tag: string,
    message: Uint8Array,
    signature: Uint8Array,
    what: string,
): void {
    if (!verifies(key, tagged(tag, message), signature)) {
        throw new Malformed("BAD_SIGNATURE", what);
    }
}

function isStrict(encoding: Uint8Array): boolean {
    try {
        const point = Point.fromBytes(encoding, false);
        return !point.is0() && point.isTorsionFree();
    } catch {
        return false;
    }
}
