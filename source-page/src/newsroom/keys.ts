import { checkTagged } from "../primitive/ed25519.ts";
import { sha256 } from "../primitive/hash.ts";
import { SD_APKE_KEY, X_WING_KEY, checkApkeKey, checkXWing } from "../primitive/kem.ts";
import { type Bytes, concat, equal, u16, u32, u8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Reader } from "../wire/reader.ts";
import { type Newsroom, NOTE_LIMIT } from "./note.ts";
import { type Journalist, type Roster, openRoster } from "./roster.ts";

const UPLOADED = 64;
const PATH = 6;
const ENTRY = 2725;
const U32_MOST = 0xffff_ffff;

/** Bytes that a keys file has at most. */
export const KEYS_LIMIT = 1 + 4 + 4 + NOTE_LIMIT + 2 + 64 * ENTRY;

/** What somebody receives with in one prekey slot. */
export interface Prekey {
    readonly apkeKey: Bytes;
    readonly pkeKey: Bytes;
}

/** An active journalist, and the prekey of the slot if there is one. */
export interface Addressee {
    readonly journalist: Journalist;
    readonly prekey: Prekey | undefined;
}

/** The keys file of an epoch (docs/spec 1.7), every signature and path checked. */
export interface Keys {
    readonly slot: number;
    readonly roster: Roster;
    readonly addressees: readonly Addressee[];
}

export function openKeys(file: Uint8Array, newsroom: Newsroom): Keys {
    const reader = new Reader(file);
    reader.version(1, "keys file");
    const slot = reader.u32("prekey slot");
    const length = reader.u32("roster");
    demand(length <= NOTE_LIMIT, "TOO_LARGE", "roster");
    const roster = openRoster(reader.bytes(length, "roster"), newsroom);
    const active = roster.journalists.filter((one) => one.state.word === "active");
    demand(reader.u16("count") === active.length, "BAD_FIELD", "count");
    const addressees = active.map((journalist) => ({
        journalist,
        prekey: readEntry(reader, journalist, slot, newsroom),
    }));
    reader.end("keys file");
    return { slot, roster, addressees };
}

function readEntry(reader: Reader, journalist: Journalist, slot: number, newsroom: Newsroom): Prekey | undefined {
    const present = reader.u8("present");
    demand(present <= 1, "BAD_FIELD", "present");
    if (present === 0) {
        reader.zeros(ENTRY - 1, "absent entry");
        return undefined;
    }
    const first = reader.u32("first slot");
    const root = reader.bytes(32, "root");
    const signature = reader.bytes(64, "signature");
    const apkeKey = reader.bytes(SD_APKE_KEY, "APKE key");
    const pkeKey = reader.bytes(X_WING_KEY, "PKE key");
    const path = Array.from({ length: PATH }, () => reader.bytes(32, "path"));
    demand(first <= U32_MOST - (UPLOADED - 1), "BAD_FIELD", "first slot");
    demand(slot >= first && slot < first + UPLOADED, "OUT_OF_DATE", "slot");
    checkApkeKey(apkeKey, "APKE key");
    checkXWing(pkeKey, "PKE key");
    const message = concat(newsroom.id, journalist.verifyingKey, u32(first), u16(UPLOADED), root);
    checkTagged(journalist.verifyingKey, "ll-j-slots", message, signature, "slots");
    demand(equal(climb(leaf(slot, apkeKey, pkeKey), slot - first, path), root), "WRONG_HASH", "path");
    return { apkeKey, pkeKey };
}

/** A leaf of the tree over prekeys (docs/spec 1.6). */
function leaf(slot: number, apkeKey: Bytes, pkeKey: Bytes): Bytes {
    return sha256(u8(0), u32(slot), apkeKey, pkeKey);
}

function climb(from: Bytes, index: number, path: readonly Bytes[]): Bytes {
    let node = from;
    path.forEach((sibling, level) => {
        const isRight = ((index >> level) & 1) === 1;
        node = isRight ? sha256(u8(1), sibling, node) : sha256(u8(1), node, sibling);
    });
    return node;
}
