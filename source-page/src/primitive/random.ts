import type { Bytes } from "../wire/bytes.ts";

/** Yields `length` unpredictable bytes. Injected, so that tests can seal byte for byte. */
export type Random = (length: number) => Bytes;

/** The platform's generator. */
export const platformRandom: Random = (length) => {
    const out = new Uint8Array(length);
    // One call yields at most 65,536 bytes.
    for (let at = 0; at < length; at += 65_536) {
        globalThis.crypto.getRandomValues(out.subarray(at, Math.min(length, at + 65_536)));
    }
    return out;
};

/** A number from 0 to `bound - 1`, each equally likely; `bound` at most 2^16. */
export function below(bound: number, random: Random): number {
    const fair = 65_536 - (65_536 % bound);
    for (;;) {
        const [high, low] = random(2) as Uint8Array & [number, number];
        const drawn = (high << 8) | low;
        if (drawn < fair) {
            return drawn % bound;
        }
    }
}

/** The items in an order drawn uniformly. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1, random);
        [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
}
