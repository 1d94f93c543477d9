import type { Terms } from "../newsroom/certificate.ts";
import { type NoteKey, NOTE_LIMIT, openNote } from "../newsroom/note.ts";
import { sha256 } from "../primitive/hash.ts";
import { type Bytes, concat, copy, equal, isZero, utf8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Lines, fromDecimal, fromHex, fromUtf8 } from "../wire/text.ts";

export const BODY_FILES = 64;
export const CHAIN_ENTRIES = 512;

const U32_MOST = (1n << 32n) - 1n;
const FIRST_CHAIN: Bytes = new Uint8Array(32);

/** The signed description of an epoch (docs/spec 4.7). */
export interface Head {
    readonly epoch: bigint;
    /** Unix seconds. */
    readonly time: bigint;
    readonly slot: number;
    readonly parameters: Bytes;
    readonly keys: Bytes;
    readonly hints: Bytes;
    readonly bodies: readonly Bytes[];
    /** SHA-256 of the head up to the chain line (docs/spec 4.8). */
    readonly core: Bytes;
    readonly chain: Bytes;
}

/** What a client remembers of the last head it saw. */
export interface Memory {
    readonly epoch: bigint;
    readonly chain: Bytes;
}

/** What a remembered head says of another one; the last three are forks (docs/spec 4.8). */
export type History =
    "Fresh" | "SameEpoch" | "TooOldToCheck" | "EPOCH_WENT_BACK" | "SAME_EPOCH_OTHER_CHAIN" | "CHAIN_DOES_NOT_FIT";

/** How a head's time compares with the clock (docs/spec 4.9). */
export type Freshness = "fresh" | "stale" | "clock-wrong";

/** Opens a head that `station` signed. */
export function openHead(note: Uint8Array, station: NoteKey): Head {
    return readHead(openNote(note, station), station.name.slice(0, -"/station".length));
}

/**
 * Reads which epoch a head names, before the key that must have signed it is known: the certificate is a file of that
 * epoch. Nothing else is taken from it.
 */
export function peekEpoch(note: Uint8Array): bigint {
    demand(note.length <= NOTE_LIMIT, "TOO_LARGE", "head");
    const text = fromUtf8(note, "head");
    const lines = new Lines(text, "lamplighter-head/v1");
    lines.value("origin");
    return fromDecimal(lines.value("epoch"), 1n, undefined, "epoch");
}

/**
 * Refuses a head whose time is no boundary, or whose prekey slot is not that of its time (docs/spec 4.7): a station that
 * could choose would keep senders on a slot whose keys are about to be erased.
 */
export function checkTimes(head: Pick<Head, "time" | "slot">, terms: Pick<Terms, "epoch" | "prekey">): void {
    demand(head.time % BigInt(terms.epoch) === 0n, "BAD_FIELD", "time");
    demand(head.time / BigInt(terms.prekey) === BigInt(head.slot), "BAD_FIELD", "prekey slot");
}

/** The chain value after a core (docs/spec 4.8). */
export function nextChain(before: Uint8Array, core: Uint8Array): Bytes {
    return sha256(utf8("lamplighter/chain/v1"), before, core);
}

/** The cores of the epochs up to a head's, from the file `chain` (docs/spec 4.8). */
export interface Chain {
    readonly head: Pick<Head, "epoch" | "core" | "chain">;
    /** Of epoch e - 511 to e; zeros before epoch 1. */
    readonly cores: readonly Bytes[];
}

/**
 * Reads the file `chain` of a head: it ends with the head's core, is zero before epoch 1, and gives the head's chain value
 * where it reaches back to epoch 1.
 */
export function readChain(head: Chain["head"], file: Uint8Array): Chain {
    demand(file.length >= CHAIN_ENTRIES * 32, "TRUNCATED", "chain");
    demand(file.length === CHAIN_ENTRIES * 32, "TRAILING_BYTES", "chain");
    const cores = Array.from({ length: CHAIN_ENTRIES }, (_, i) => copy(file.subarray(32 * i, 32 * i + 32)));
    const early = Number(BigInt(CHAIN_ENTRIES) - head.epoch);
    demand(cores.slice(0, Math.max(0, early)).every(isZero), "NOT_CANONICAL", "chain");
    demand(equal(cores.at(-1) as Bytes, head.core), "WRONG_HASH", "chain");
    const chain = { head, cores };
    demand(history(chain, BEFORE_THE_FIRST) !== "CHAIN_DOES_NOT_FIT", "WRONG_HASH", "chain");
    return chain;
}

/** What the head that a client remembers says of the one that a chain leads to. */
export function history({ head, cores }: Chain, seen: Memory): History {
    if (head.epoch < seen.epoch) {
        return "EPOCH_WENT_BACK";
    }
    if (head.epoch === seen.epoch) {
        return equal(head.chain, seen.chain) ? "SameEpoch" : "SAME_EPOCH_OTHER_CHAIN";
    }
    if (head.epoch - seen.epoch > BigInt(CHAIN_ENTRIES)) {
        return "TooOldToCheck";
    }
    const since = cores.slice(-Number(head.epoch - seen.epoch));
    const value = since.reduce<Bytes>(nextChain, seen.chain);
    return equal(value, head.chain) ? "Fresh" : "CHAIN_DOES_NOT_FIT";
}

/** What everybody knows before the first head: `chain_0`. */
export const BEFORE_THE_FIRST: Memory = { epoch: 0n, chain: FIRST_CHAIN };

export function isFork(verdict: History): boolean {
    return verdict !== "Fresh" && verdict !== "SameEpoch" && verdict !== "TooOldToCheck";
}

/** `now` in Unix seconds, `epochSeconds` of the certificate. */
export function freshness(head: Pick<Head, "time">, now: bigint, epochSeconds: number): Freshness {
    const limit = BigInt(Math.max(3 * epochSeconds, 60));
    if (now - head.time > limit) {
        return "stale";
    }
    return head.time - now > limit ? "clock-wrong" : "fresh";
}

function readHead(text: string, expectedOrigin: string): Head {
    const lines = new Lines(text, "lamplighter-head/v1");
    const origin = lines.value("origin");
    const epoch = fromDecimal(lines.value("epoch"), 1n, undefined, "epoch");
    const time = fromDecimal(lines.value("time"), 0n, undefined, "time");
    const slot = Number(fromDecimal(lines.value("prekey-slot"), 0n, U32_MOST, "prekey slot"));
    const parameters = fromHex(lines.value("parameters"), 32, "parameters");
    const keys = fromHex(lines.value("keys"), 32, "keys");
    const hints = fromHex(lines.value("hints"), 32, "hints");
    const bodies = Array.from({ length: BODY_FILES }, (_, i) =>
        fromHex(lines.value(`body ${String(i).padStart(2, "0")}`), 32, "body"),
    );
    const core = sha256(utf8(lines.soFar()));
    const chain = fromHex(lines.value("chain"), 32, "chain");
    lines.end();
    demand(origin === expectedOrigin, "WRONG_SIGNER", "origin");
    return { epoch, time, slot, parameters, keys, hints, bodies, core, chain };
}

/** The core and chain of a head as bytes to remember. */
export function memoryOf(head: Head): Memory {
    return { epoch: head.epoch, chain: concat(head.chain) };
}
