import assert from "node:assert/strict";
import { createDecipheriv } from "node:crypto";
import { test } from "node:test";
import type { FileEntry } from "../src/message/submission.ts";
import { hkdf, sha256 } from "../src/primitive/hash.ts";
import { openBase } from "../src/primitive/hpke.ts";
import { xWingPublic } from "../src/primitive/kem.ts";
import { type Holder, binding, evidenceWords, lock, shareContext } from "../src/sealing/seal.ts";
import { type SealedKeys, encodeSealedKeys, readSealedKeys } from "../src/sealing/sealed.ts";
import { split } from "../src/sealing/shamir.ts";
import { shortId } from "../src/newsroom/note.ts";
import { type Bytes, concat, hex, utf8 } from "../src/wire/bytes.ts";
import { Reader } from "../src/wire/reader.ts";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { mnemonicToEntropy } from "@scure/bip39";
import { type Json, assertHex, bytes, each, given, resultOf, seeded, vectors } from "./support.ts";

const file = vectors("lamplighter/shares.json");
const NONE = new Uint8Array(0);

function parse(input: Bytes): SealedKeys {
    const reader = new Reader(input);
    const sealed = readSealedKeys(reader);
    reader.end("sealed keys");
    return sealed;
}

test("sharings", () => {
    each(file.sharings, (one: Json) => {
        const all = bytes(one.coefficients);
        const coefficients = Array.from({ length: one.threshold - 1 }, (_, i) => all.slice(32 * i, 32 * i + 32));
        const shares = split(bytes(one.secret), one.threshold, one.shares.length, given(...coefficients));
        assert.deepEqual(
            shares.map((share) => hex(share)),
            one.shares,
        );
    });
});

test("sealed keys", () => {
    each(file.sealed_keys, (one: Json) => {
        const result = resultOf(() => parse(bytes(one.bytes)));
        assert.equal(result === "ok" ? "accepted" : result, one.result, one.name);
        if (result === "ok") {
            assertHex(encodeSealedKeys(parse(bytes(one.bytes))), one.bytes, "encodes again");
        }
    });
});

/** Shares that the holders of these seeds open, by docs/spec 7.4. */
function openShares(sealed: SealedKeys, h: Bytes, seeds: readonly Bytes[]): Bytes[] {
    return sealed.holders.map((holder, i) => {
        const context = shareContext(sealed.setId, i + 1, sealed.k, sealed.holders.length, h);
        const share = openBase(seeds[i] as Bytes, context, NONE, holder.sealed);
        assert.ok(share !== undefined, `share ${i + 1}`);
        assert.deepEqual(sha256(context, share), holder.hash);
        return share;
    });
}

/** Part keys under a secret. */
function openKeys(sealed: SealedKeys, h: Bytes, secret: Bytes): string {
    assert.deepEqual(sha256(sealed.salt, secret), sealed.secretHash);
    const kek = hkdf(secret, NONE, concat(utf8("ll-seal-kek/v1"), sealed.setId), 32);
    const cipher = createDecipheriv("aes-256-gcm", kek, new Uint8Array(12));
    cipher.setAAD(concat(utf8("ll-seal/1"), h));
    cipher.setAuthTag(sealed.keys.subarray(-16));
    return Buffer.concat([cipher.update(sealed.keys.subarray(0, -16)), cipher.final()]).toString("hex");
}

/** Product in GF(256), the slow way: carry-less, then reduced. */
function times(a: number, b: number): number {
    let product = 0;
    for (let i = 0; i < 8; i++) {
        product ^= ((b >> i) & 1) * (a << i);
    }
    for (let i = 14; i >= 8; i--) {
        product ^= ((product >> i) & 1) * (0x11b << (i - 8));
    }
    return product;
}

/** The secret from shares 1 and 2 of any 2: x1 = 1, x2 = 2, Lagrange at zero. */
function combineTwo(one: Bytes, two: Bytes): Bytes {
    const inverseOf3 = Array.from({ length: 256 }, (_, i) => i).find((i) => times(3, i) === 1) as number;
    return one.map((byte, i) => times(byte, times(2, inverseOf3)) ^ times(two[i] as number, inverseOf3)) as Bytes;
}

test("the set of the vectors: binding, words, shares, part keys", () => {
    const set = file.set;
    const sealed = parse(bytes(set.sealed_keys));
    const h = binding(sealed.setId, sealed.k, sealed.holders.length, set.commitments.map(bytes));
    assertHex(h, set.binding, "binding");
    assert.equal(evidenceWords(h), set.evidence);
    const shares = openShares(
        sealed,
        h,
        set.holders.map((one: Json) => bytes(one.x_wing_seed)),
    );
    shares.forEach((share, i) => {
        const words = /^words (.*)$/m.exec(set.shares[i])?.[1] as string;
        assert.equal(hex(mnemonicToEntropy(words, wordlist)), hex(share));
    });
    assert.equal(openKeys(sealed, h, combineTwo(shares[0] as Bytes, shares[1] as Bytes)), set.part_keys.join(""));
});

test("what a source locks opens by two of three, and by no less", async () => {
    const seeds = [1, 2, 3].map((i) => new Uint8Array(32).fill(i));
    const holders = seeds.map((seed, i): Holder => {
        const pkeKey = xWingPublic(seed);
        return { kind: i === 0 ? 1 : 2, id: shortId(pkeKey), pkeKey };
    });
    const random = seeded("files");
    const part = () => ({ key: random(32), commitment: random(32) });
    const entry = { name: "a", mediaType: "", chunkRoot: random(32), sha256: random(32) };
    const files: FileEntry[] = [
        { ...entry, size: 3n << 28n, parts: [part(), part(), part()] },
        { ...entry, size: 1n, parts: [part()] },
    ];
    const keys = files.flatMap((one) => one.parts.map((each) => hex(each.key))).join("");
    const commitments = files.flatMap((one) => one.parts.map((each) => each.commitment));
    const locked = await lock(files, holders, 2, random);
    assert.ok(locked.files.every((one) => one.parts.every((each) => each.key.every((byte) => byte === 0))));
    const sealed = parse(encodeSealedKeys(locked.sealing));
    const h = binding(sealed.setId, 2, 3, commitments);
    const shares = openShares(sealed, h, seeds);
    const secret = combineTwo(shares[0] as Bytes, shares[1] as Bytes);
    assert.equal(openKeys(sealed, h, secret), keys);
    assert.throws(() => openKeys(sealed, h, shares[0] as Bytes));
    const other = binding(sealed.setId, 2, 3, [...commitments].reverse());
    assert.throws(() => openKeys(sealed, other, secret), "other files");
});
