import assert from "node:assert/strict";
import { test } from "node:test";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import {
    BEFORE_THE_FIRST,
    type Memory,
    checkTimes,
    freshness,
    history,
    nextChain,
    openHead,
    peekEpoch,
    readChain,
} from "../src/epoch/head.ts";
import { type Pace, hintKey, openBody, scan } from "../src/epoch/scan.ts";
import { type Terms, bundlesPerDay, capacity } from "../src/newsroom/certificate.ts";
import { type NoteKey, noteKey } from "../src/newsroom/note.ts";
import { decodeElement, multiply, wide } from "../src/primitive/group.ts";
import { hkdfExpand, sha256 } from "../src/primitive/hash.ts";
import { type Bytes, concat, u32, u64, utf8 } from "../src/wire/bytes.ts";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Json, assertHex, bytes, each, inputsOf, resultOf, vectors } from "./support.ts";

const file = vectors("lamplighter/mailbox.json");
const epoch = file.epoch;
const NR = bytes(epoch.newsroom);

/** A clock on which every look takes `millis`, and a count of rests. */
function pace(millis: number): Pace & { longest: number; told: [number, number][] } {
    let [now, began] = [0, 0];
    const self = {
        longest: 0,
        told: [] as [number, number][],
        now: () => (now += millis),
        rest: async () => {
            self.longest = Math.max(self.longest, now - began);
            began = now;
        },
        progress: (done: number, rows: number) => {
            self.told.push([done, rows]);
        },
    };
    return self;
}

test("keys of hints", () => {
    each(file.hint_keys, (one: Json) =>
        assertHex(hintKey(bytes(one.shared), bytes(one.q), BigInt(one.epoch), bytes(one.newsroom)), one.okm, "okm"),
    );
});

test("a scan finds exactly the rows that are its own", async () => {
    for (const one of epoch.scans) {
        const hints = bytes(epoch.hints);
        if (one.offset !== undefined) {
            hints.set(bytes(one.bytes), one.offset);
        }
        const found = await scan(hints, BigInt(one.epoch), NR, bytes(one.fetch_secret_key), pace(1));
        assert.deepEqual(
            found.map((row) => row.position),
            one.positions,
            one.name,
        );
    }
});

test("bodies of an epoch open with what the scan found", async () => {
    // The station's half of docs/spec 4.5, to have the bodies whose hashes the vector holds.
    const bodies = epoch.slot_at_position.map((slot: number, position: number) => {
        const info = concat(utf8("lamplighter/r/v1"), u64(epoch.epoch), u32(position));
        const r = wide(hkdfExpand(bytes(epoch.epoch_secret), info, 64));
        const { x, z } = epoch.slots[slot];
        const q = multiply(decodeElement(bytes(x), "X"), r);
        assertHex(q, epoch.hints.slice(96 * position, 96 * position + 64), "Q");
        const okm = hintKey(multiply(decodeElement(bytes(z), "Z"), r), q, BigInt(epoch.epoch), NR);
        return chacha20poly1305(okm.subarray(16), new Uint8Array(12)).encrypt(envelopeOf(slot));
    });
    bodies.forEach((body: Bytes, i: number) => assertHex(sha256(body), epoch.body_file_sha256[i], `body ${i}`));
    const ada = epoch.scans[0];
    const found = await scan(bytes(epoch.hints), BigInt(epoch.epoch), NR, bytes(ada.fetch_secret_key), pace(1));
    each(found, ({ position, bodyKey }) => {
        assert.deepEqual(openBody(bodies[position], bodyKey), envelopeOf(epoch.slot_at_position[position]));
        const changed = new Uint8Array(bodies[position]);
        changed[0] = (changed[0] as number) ^ 1;
        assert.equal(openBody(changed, bodyKey), undefined);
    });
});

function envelopeOf(slot: number): Bytes {
    return Uint8Array.from({ length: 8176 }, (_, i) => (131 * i + 7 * slot) % 256);
}

test("a scan rests, so that no task is long, and tells its progress", async () => {
    const secret = bytes(epoch.scans[0].fetch_secret_key);
    // On this clock every look takes 10 ms, and so does a row.
    const slow = pace(10);
    await scan(bytes(epoch.hints), BigInt(epoch.epoch), NR, secret, slow);
    await slow.rest();
    assert.ok(slow.longest <= 200, `a task of ${slow.longest} ms`);
    assert.deepEqual(slow.told.at(-1), [64, 64]);
    // Planted fault: a scan that does not know how late it is does all rows in one task.
    const blind = pace(10);
    await scan(bytes(epoch.hints), BigInt(epoch.epoch), NR, secret, { ...blind, now: () => Number(blind.now() < 0) });
    await blind.rest();
    assert.ok(blind.longest > 200, "the check sees a long task");
});

const station: NoteKey = noteKey(
    file.station_vkey_name,
    new Uint8Array(ed25519.getPublicKey(bytes(file.station_seed))),
);

test("heads", () => {
    let chain = BEFORE_THE_FIRST.chain;
    each(file.heads, (one: Json) => {
        const head = openHead(utf8(one.note), station);
        assert.equal(head.epoch, BigInt(one.epoch));
        assert.equal(peekEpoch(utf8(one.note)), head.epoch);
        assertHex(head.core, one.core, "core");
        assertHex(head.chain, one.chain, "chain");
        chain = nextChain(chain, head.core);
        assertHex(chain, one.chain, "chain by its cores");
    });
    each(file.head_cases, (one: Json) =>
        assert.equal(
            resultOf(() => openHead(utf8(one.note), station)),
            one.result,
            one.name,
        ),
    );
});

/** Core of an epoch in the histories of the vectors. */
function coreOf(epoch: number, changed: number): Bytes {
    return epoch === changed ? sha256(u32(epoch), utf8("x")) : sha256(u32(epoch));
}

function chainFile(epoch: number, changed: number): Bytes {
    const cores = Array.from({ length: 512 }, (_, i) => epoch - 511 + i);
    return concat(...cores.map((one) => (one < 1 ? new Uint8Array(32) : coreOf(one, changed))));
}

test("chain values and files", () => {
    each(file.chain_values, (one: Json) => {
        assertHex(sha256(chainFile(one.epoch, 0)), one.file_sha256, "file");
        let chain = BEFORE_THE_FIRST.chain;
        for (let epoch = 1; epoch <= one.epoch; epoch++) {
            chain = nextChain(chain, coreOf(epoch, 0));
        }
        assertHex(chain, one.chain, `chain ${one.epoch}`);
        const head = { epoch: BigInt(one.epoch), core: coreOf(one.epoch, 0), chain };
        const expected = one.epoch <= 512 ? "Fresh" : "TooOldToCheck";
        assert.equal(history(readChain(head, chainFile(one.epoch, 0)), BEFORE_THE_FIRST), expected);
    });
});

test("what a remembered head says of another one", () => {
    each(file.memory_cases, (one: Json) => {
        const seen: Memory = { epoch: BigInt(one.seen_epoch), chain: bytes(one.seen_chain) };
        const core = coreOf(one.now_epoch, one.changed_epoch);
        const head = { epoch: BigInt(one.now_epoch), core, chain: bytes(one.now_chain) };
        assert.equal(
            history(readChain(head, chainFile(one.now_epoch, one.changed_epoch)), seen),
            one.verdict,
            one.name,
        );
    });
});

test("chain files", () => {
    const { epoch, core, chain } = file.chain_file_head;
    const head = { epoch: BigInt(epoch), core: bytes(core), chain: bytes(chain) };
    each(inputsOf(file.chain_files), ({ name, result, input }) =>
        assert.equal(
            resultOf(() => readChain(head, input)),
            result,
            name,
        ),
    );
});

test("a head of another time than its prekey slot, or between two boundaries", () => {
    each(file.head_times, (one: Json) => {
        const head = { time: BigInt(one.time), slot: one.prekey_slot };
        const terms = { epoch: one.epoch_seconds, prekey: one.prekey_seconds };
        assert.equal(
            resultOf(() => checkTimes(head, terms)),
            one.result,
            one.name,
        );
    });
});

test("freshness", () => {
    const at = (now: bigint, epochSeconds: number) => freshness({ time: 1_000_000n }, now, epochSeconds);
    assert.equal(at(1_010_800n, 3600), "fresh");
    assert.equal(at(1_010_801n, 3600), "stale");
    assert.equal(at(989_200n, 3600), "fresh");
    assert.equal(at(989_199n, 3600), "clock-wrong");
    assert.equal(at(1_000_060n, 5), "fresh");
    assert.equal(at(1_000_061n, 5), "stale");
});

test("capacity of the profiles", () => {
    const common = { ttl: 1_209_600, expiry: 86_400, burst: 259_200 };
    const demo = { ttl: 600, expiry: 60, burst: 180 };
    const profiles: Record<string, Partial<Terms>> = {
        solo: { slots: 1024, envelopes: 2, ...common },
        small: { slots: 2048, envelopes: 4, ...common },
        medium: { slots: 4096, envelopes: 3, ...common },
        demo: { slots: 256, envelopes: 4, ...demo },
        "demo-solo": { slots: 256, envelopes: 2, ...demo },
    };
    each(file.admission, (one: Json) => {
        const terms = profiles[one.profile] as Terms;
        assert.equal(capacity(terms), one.live_bundles_max, one.profile);
        assert.equal(bundlesPerDay(terms), one.bundles_per_day, one.profile);
    });
});
