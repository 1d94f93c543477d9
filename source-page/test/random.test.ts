import assert from "node:assert/strict";
import { test } from "node:test";
import { below, platformRandom, shuffled } from "../src/primitive/random.ts";
import { seeded } from "./support.ts";

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
    const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Of 4 items in 24,000 draws: how often each of the 24 orders came. */
function orders(shuffle: (items: readonly number[]) => number[]): number[] {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
        const key = shuffle([0, 1, 2, 3]).join("");
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    assert.equal(counts.size, 24);
    return [...counts.values()];
}

// The seed is fixed, so that the test never fails by chance; over seeds 80 would be passed once in 3 x 10^-8 runs.
const MOST = 80;

test("all orders of a bundle are equally likely", () => {
    const random = seeded("orders");
    assert.ok(chiSquare(orders((items) => shuffled(items, random))) < MOST);
    // Planted fault: each item exchanged with any other, the well-known wrong shuffle.
    const biased = (items: readonly number[]): number[] => {
        const out = [...items];
        for (let i = 0; i < out.length; i++) {
            const j = below(out.length, random);
            [out[i], out[j]] = [out[j] as number, out[i] as number];
        }
        return out;
    };
    assert.ok(chiSquare(orders(biased)) > MOST);
});

test("numbers are below their bound, each equally likely", () => {
    const random = seeded("below");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
        const drawn = below(7, random);
        counts[drawn] = (counts[drawn] as number) + 1;
    }
    assert.ok(chiSquare(counts) < 45);
    assert.equal(below(1, random), 0);
});

test("the platform's randomness comes in any length", () => {
    assert.equal(platformRandom(0).length, 0);
    const long = platformRandom(200_000);
    // A block of 64 bytes left zero would be a chance of 2^-512.
    for (let at = 0; at < long.length; at += 64) {
        assert.ok(long.subarray(at, at + 64).some((byte) => byte !== 0));
    }
});
