import { checkVerifyingKey, verifies } from "../primitive/ed25519.ts";
import { sha256 } from "../primitive/hash.ts";
import { type Bytes, concat, equal, u8, utf8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { fromBase64, fromHex, fromUtf8 } from "../wire/text.ts";

/** Bytes that a note has at most (docs/spec 0.6). */
export const NOTE_LIMIT = 262_144;

const ED25519 = 1;
const ORIGIN = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** A key that signs notes, under a name. */
export interface NoteKey {
    readonly name: string;
    readonly key: Bytes;
}

/** What a client pins: the newsroom's root key and what follows from it (docs/spec 1.1, 0.8). */
export interface Newsroom {
    readonly origin: string;
    readonly root: NoteKey;
    /** The newsroom id NR, 32 bytes. */
    readonly id: Bytes;
}

/** Reads the newsroom's key as it is pinned, one `vkey` without the end of the line (docs/spec 1.1). */
export function parseNewsroom(vkey: string): Newsroom {
    const fields = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey);
    demand(fields !== null, "BAD_FIELD", "vkey");
    const [, name, keyId, encoded] = fields as unknown as [string, string, string, string];
    const origin = name.endsWith("/newsroom") ? name.slice(0, -"/newsroom".length) : "";
    demand(ORIGIN.test(origin), "BAD_FIELD", "name of the newsroom's key");
    const typed = fromBase64(encoded, "vkey", 33);
    demand(typed[0] === ED25519, "BAD_FIELD", "type of a key");
    const root = noteKey(name, typed.slice(1));
    demand(equal(fromHex(keyId, 4, "key id"), idOf(root)), "NOT_CANONICAL", "key id");
    return { origin, root, id: sha256(root.key) };
}

/** A key of a name, checked as docs/spec 2.8 has it. */
export function noteKey(name: string, key: Bytes): NoteKey {
    checkVerifyingKey(key, "verifying key");
    return { name, key };
}

/** The text of a note that `signer` signed, and nobody else. */
export function openNote(note: Uint8Array, signer: NoteKey): string {
    demand(note.length <= NOTE_LIMIT, "TOO_LARGE", "note");
    const document = fromUtf8(note, "note");
    const blank = document.lastIndexOf("\n\n");
    demand(blank >= 0 && document.endsWith("\n"), "TRUNCATED", "signature of a note");
    const text = document.slice(0, blank + 1);
    const lines = document.slice(blank + 2, -1);
    demand(blank + 2 < document.length, "TRUNCATED", "signature of a note");
    const fields = /^— ([^ \n]+) ([^ \n]+)$/.exec(lines);
    demand(fields !== null, "BAD_FIELD", "signature line");
    const [, name, encoded] = fields as unknown as [string, string, string];
    const signature = fromBase64(encoded, "signature line", 68);
    demand(name === signer.name && equal(signature.subarray(0, 4), idOf(signer)), "WRONG_SIGNER", "note");
    demand(verifies(signer.key, utf8(text), signature.subarray(4)), "BAD_SIGNATURE", "note");
    return text;
}

/** The key id of a key (docs/spec 0.6), 4 bytes. */
export function idOf(signer: NoteKey): Bytes {
    return sha256(concat(utf8(signer.name), u8(0x0a), u8(ED25519), signer.key)).slice(0, 4);
}

/** A journalist's or trustee's id: the first 8 bytes of the hash of a key (docs/spec 1.3, 7.4). */
export function shortId(key: Uint8Array): Bytes {
    return sha256(key).slice(0, 8);
}
