import type { Random } from "../primitive/random.ts";
import { type Bytes, wipe } from "../wire/bytes.ts";

export const SHARES_MOST = 16;

/** Shares 1 to n of a secret, any k of which give it (docs/spec 7.1); asks `random` for the k - 1 coefficients. */
export function split(secret: Uint8Array, k: number, n: number, random: Random): Bytes[] {
    if (k < 2 || k > n || n > SHARES_MOST) {
        throw new RangeError("k from 2 to n, n at most 16");
    }
    const coefficients = Array.from({ length: k - 1 }, () => random(secret.length));
    const shares = Array.from({ length: n }, (_, i) => evaluate(secret, coefficients, i + 1));
    wipe(...coefficients);
    return shares;
}

/** The polynomial of each byte at x: secret + c1 x + c2 x^2 …, by Horner's rule. */
function evaluate(secret: Uint8Array, coefficients: readonly Uint8Array[], x: number): Bytes {
    const out = new Uint8Array(secret.length);
    for (let i = 0; i < secret.length; i++) {
        let value = 0;
        for (let j = coefficients.length - 1; j >= 0; j--) {
            value = times(value ^ ((coefficients[j] as Uint8Array)[i] as number), x);
        }
        out[i] = value ^ (secret[i] as number);
    }
    return out;
}

/** Product in GF(256) of polynomial 0x11B, without a branch or an index that depends on a secret. */
function times(a: number, b: number): number {
    let product = 0;
    let shifted = a;
    for (let bit = 0; bit < 8; bit++) {
        product ^= shifted & -((b >> bit) & 1);
        shifted = (shifted << 1) ^ (0x11b & -(shifted >> 7));
    }
    return product & 0xff;
}
