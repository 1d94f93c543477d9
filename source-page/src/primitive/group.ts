import { ristretto255 } from "@noble/curves/ed25519.js";
import type { Bytes } from "../wire/bytes.ts";
import { copy } from "../wire/bytes.ts";
import { Malformed, demand } from "../wire/malformed.ts";

const Point = ristretto255.Point;
type Element = InstanceType<typeof Point>;

/** Order of ristretto255. */
export const ORDER: bigint = Point.Fn.ORDER;

/** An element that is not the identity (docs/spec 0.3). */
export function decodeElement(bytes: Uint8Array, what: string): Element {
    let element: Element;
    try {
        element = Point.fromBytes(bytes);
    } catch {
        throw new Malformed("NOT_CANONICAL", what);
    }
    demand(!element.is0(), "IDENTITY", what);
    return element;
}

/** The 64 bytes read little-endian, modulo the group order: `wide` of docs/spec 0.3. */
export function wide(bytes: Uint8Array): bigint {
    return littleEndian(bytes) % ORDER;
}

/** A canonical scalar of 32 bytes that is not zero. */
export function decodeScalar(bytes: Uint8Array, what: string): bigint {
    const scalar = littleEndian(bytes);
    demand(bytes.length === 32 && scalar < ORDER, "NOT_CANONICAL", what);
    demand(scalar !== 0n, "IDENTITY", what);
    return scalar;
}

export function encodeScalar(scalar: bigint): Bytes {
    const out = new Uint8Array(32);
    for (let i = 0, rest = scalar; i < 32; i++, rest >>= 8n) {
        out[i] = Number(rest & 0xffn);
    }
    return out;
}

/** The encoding of `scalar` times the generator; the scalar is a secret. */
export function multiplyBase(scalar: bigint): Bytes {
    return copy(Point.BASE.multiply(scalar).toBytes());
}

/** The encoding of `scalar` times the element; the scalar is a secret. */
export function multiply(element: Element, scalar: bigint): Bytes {
    return copy(element.multiply(scalar).toBytes());
}

function littleEndian(bytes: Uint8Array): bigint {
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) {
        value = (value << 8n) | BigInt(bytes[i] as number);
    }
    return value;
}
