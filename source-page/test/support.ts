import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../src/primitive/random.ts";
import { type Bytes, concat, hex } from "../src/wire/bytes.ts";
import { Malformed, type Reason } from "../src/wire/malformed.ts";

// Node 18 has WebCrypto, but not under this name.
globalThis.crypto ??= webcrypto as Crypto;

/* eslint-disable-next-line -- vectors are plain JSON, checked by what the tests do with them */
export type Json = any;

const VECTORS = process.env["LAMPLIGHTER_VECTORS"] ?? join(process.cwd(), "..", "vectors");

/** A file of `vectors/`. */
export function vectors(name: string): Json {
    return JSON.parse(readFileSync(join(VECTORS, name), "utf8"));
}

export function bytes(text: string): Bytes {
    return new Uint8Array(Buffer.from(text, "hex"));
}

/** Runs `check` on every case, and fails when there is none. */
export function each<T>(cases: readonly T[], check: (one: T) => void): void {
    assert.ok(cases.length > 0, "no cases");
    cases.forEach(check);
}

/** `ok`, or the class under which `read` refuses. */
export function resultOf(read: () => unknown): Reason | "ok" {
    try {
        read();
        return "ok";
    } catch (refusal) {
        if (refusal instanceof Malformed) {
            return refusal.reason;
        }
        throw refusal;
    }
}

export function assertHex(actual: Uint8Array, expected: string, what: string): void {
    assert.equal(hex(actual), expected, what);
}

/**
 * The inputs of cases that change the first one: `offset` and `bytes` replace, `length` cuts or lengthens with zeros
 * (vectors/README.md).
 */
export function inputsOf(cases: readonly Json[]): { name: string; result: string; input: Bytes }[] {
    const first = bytes(cases[0].hex);
    return cases.map((one) => {
        let input = one.hex === undefined ? first.slice() : bytes(one.hex);
        if (one.length !== undefined) {
            input = concat(input.slice(0, one.length), new Uint8Array(Math.max(0, one.length - input.length)));
        }
        if (one.offset !== undefined) {
            input.set(bytes(one.bytes), one.offset);
        }
        return { name: one.name, result: one.result, input };
    });
}

/** Random bytes that follow from a seed: SHA-256 in counter mode. */
export function seeded(seed: string): Random {
    let block = Buffer.alloc(0);
    let counter = 0;
    return (length) => {
        while (block.length < length) {
            const next = createHash("sha256").update(`${seed}/${counter++}`).digest();
            block = Buffer.concat([block, next]);
        }
        const out = new Uint8Array(block.subarray(0, length));
        block = block.subarray(length);
        return out;
    };
}

/** Yields the given strings of bytes in order, and refuses to yield more or others. */
export function given(...draws: readonly Uint8Array[]): Random {
    const left = draws.map((draw) => new Uint8Array(draw));
    return (length) => {
        const next = left.shift();
        assert.equal(next?.length, length, "bytes that were not expected to be drawn");
        return next as Bytes;
    };
}
