/** Bytes that own their memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The least number that no `u64` of the protocol reaches (docs/spec 0.1). */
export const U64_LIMIT = 1n << 63n;

const ENCODER = new TextEncoder();

export function concat(...parts: readonly Uint8Array[]): Bytes {
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        out.set(part, at);
        at += part.length;
    }
    return out;
}

export function copy(bytes: Uint8Array): Bytes {
    return new Uint8Array(bytes);
}

/** UTF-8 of a text; a lone surrogate, which has none, is a fault of the caller. */
export function utf8(text: string): Bytes {
    if (/\p{Cs}/u.test(text)) {
        throw new RangeError("text holds half a surrogate pair");
    }
    return ENCODER.encode(text);
}

/** An unsigned big-endian number of `width` bytes. */
export function number(value: number | bigint, width: 1 | 2 | 4 | 8): Bytes {
    let rest = BigInt(value);
    if (rest < 0n || rest >= (width === 8 ? U64_LIMIT : 1n << BigInt(8 * width))) {
        throw new RangeError(`not a u${8 * width}`);
    }
    const out = new Uint8Array(width);
    for (let i = width - 1; i >= 0; i--) {
        out[i] = Number(rest & 0xffn);
        rest >>= 8n;
    }
    return out;
}

export const u8 = (value: number): Bytes => number(value, 1);
export const u16 = (value: number): Bytes => number(value, 2);
export const u32 = (value: number): Bytes => number(value, 4);
export const u64 = (value: number | bigint): Bytes => number(value, 8);

/** `text16` and `text32` of docs/spec 0.1. */
export function text16(text: string): Bytes {
    const bytes = utf8(text);
    return concat(u16(bytes.length), bytes);
}

export function text32(text: string): Bytes {
    const bytes = utf8(text);
    return concat(u32(bytes.length), bytes);
}

export function hex(bytes: Uint8Array): string {
    let out = "";
    for (const byte of bytes) {
        out += byte.toString(16).padStart(2, "0");
    }
    return out;
}

/** Whether two strings of bytes are equal, in a time that depends on their lengths alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) {
        return false;
    }
    let difference = 0;
    for (let i = 0; i < a.length; i++) {
        difference |= (a[i] as number) ^ (b[i] as number);
    }
    return difference === 0;
}

/** Order of bytes, a shorter string before its continuations. */
export function compare(a: Uint8Array, b: Uint8Array): number {
    const common = Math.min(a.length, b.length);
    for (let i = 0; i < common; i++) {
        const difference = (a[i] as number) - (b[i] as number);
        if (difference !== 0) {
            return difference;
        }
    }
    return a.length - b.length;
}

export function isZero(bytes: Uint8Array): boolean {
    let any = 0;
    for (const byte of bytes) {
        any |= byte;
    }
    return any === 0;
}

/** Overwrites secrets. The best that a script can do: the engine may have made copies, and numbers cannot be wiped. */
export function wipe(...secrets: readonly Uint8Array[]): void {
    for (const secret of secrets) {
        secret.fill(0);
    }
}
