import { checkTagged, checkVerifyingKey } from "../primitive/ed25519.ts";
import { decodeElement } from "../primitive/group.ts";
import { SD_APKE_KEY, X_WING_KEY, checkApkeKey, checkXWing } from "../primitive/kem.ts";
import { type Bytes, compare, hex, utf8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Lines, fromBase64, fromDecimal, fromHex } from "../wire/text.ts";
import { LAST_DAY, type Validity, readOrigin, readValidity } from "./certificate.ts";
import { type Newsroom, openNote, shortId } from "./note.ts";

const JOURNALISTS_MOST = 64;
const TRUSTEES_MOST = 16;
const LONG_TERM_KEYS = 1248;

/** Whether a journalist may write, and since which day the state holds. */
export interface State {
    readonly word: "active" | "left" | "compromised";
    readonly since: bigint;
}

/** A journalist of the roster, whose two signatures were checked. */
export interface Journalist {
    readonly name: string;
    readonly verifyingKey: Bytes;
    /** First 8 bytes of SHA-256 of the verifying key. */
    readonly id: Bytes;
    readonly state: State;
    /** X25519 32 || ML-KEM-768 1184: what the journalist writes with. */
    readonly apkeKey: Bytes;
    readonly fetchKey: Bytes;
}

/** A person outside the newsroom who may hold a share. */
export interface Trustee {
    readonly name: string;
    readonly pkeKey: Bytes;
    readonly id: Bytes;
}

/** Who is a journalist, as the newsroom's root signed it (docs/spec 1.3). */
export interface Roster {
    readonly validity: Validity;
    readonly journalists: readonly Journalist[];
    readonly trustees: readonly Trustee[];
}

/** Opens a roster and checks all signatures in it; whether it is in force is for `checkToday`. */
export function openRoster(note: Uint8Array, newsroom: Newsroom): Roster {
    const lines = new Lines(openNote(note, newsroom.root), "lamplighter-roster/v1");
    readOrigin(lines, newsroom);
    const validity = readValidity(lines);
    const journalists: Journalist[] = [];
    while (lines.next("journalist")) {
        demand(journalists.length < JOURNALISTS_MOST, "TOO_LARGE", "journalists");
        journalists.push(readJournalist(lines.value("journalist"), newsroom));
    }
    const trustees: Trustee[] = [];
    while (lines.next("trustee")) {
        demand(trustees.length < TRUSTEES_MOST, "TOO_LARGE", "trustees");
        trustees.push(readTrustee(lines.value("trustee")));
    }
    lines.end();
    ascending(journalists.map((one) => one.verifyingKey));
    ascending(trustees.map((one) => utf8(one.name)));
    once(journalists.map((one) => hex(one.id)));
    once(journalists.map((one) => hex(one.apkeKey)));
    once(journalists.map((one) => hex(one.fetchKey)));
    once(trustees.map((one) => hex(one.pkeKey)));
    once([...journalists, ...trustees].map((one) => one.name));
    return { validity, journalists, trustees };
}

/** Whether a name consists of 1 to 64 characters that show (docs/spec 1.3). */
export function isName(name: string): boolean {
    const length = [...name].length;
    return (
        length >= 1 &&
        length <= 64 &&
        !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034F\u115F\u1160\u2800\u3164\uFFA0]/u.test(name) &&
        !/(?! )\p{Zs}/u.test(name) &&
        !/^ | $| {2}/.test(name)
    );
}

function readJournalist(line: string, newsroom: Newsroom): Journalist {
    const fields = line.split(" ");
    demand(fields.length >= 7, "BAD_FIELD", "journalist");
    const [vk, word, since, self, signed, encoded, ...rest] = fields as [
        string,
        string,
        string,
        string,
        string,
        string,
        ...string[],
    ];
    const verifyingKey = fromHex(vk, 32, "journalist");
    checkVerifyingKey(verifyingKey, "journalist");
    demand(word === "active" || word === "left" || word === "compromised", "BAD_FIELD", "state");
    const state: State = { word, since: fromDecimal(since, 0n, LAST_DAY, "day") };
    const selfSignature = fromBase64(self, "self signature", 64);
    const newsroomSignature = fromBase64(signed, "newsroom signature", 64);
    const keys = fromBase64(encoded, "long-term keys", LONG_TERM_KEYS);
    const name = rest.join(" ");
    demand(isName(name), "BAD_FIELD", "name");
    checkTagged(verifyingKey, "j-sig-ltk", keys, selfSignature, "self signature");
    checkTagged(newsroom.root.key, "nr-sig", verifyingKey, newsroomSignature, "newsroom signature");
    const apkeKey = keys.slice(0, SD_APKE_KEY);
    const fetchKey = keys.slice(SD_APKE_KEY);
    checkApkeKey(apkeKey, "APKE key");
    decodeElement(fetchKey, "fetch key");
    return { name, verifyingKey, id: shortId(verifyingKey), state, apkeKey, fetchKey };
}

function readTrustee(line: string): Trustee {
    const space = line.indexOf(" ");
    demand(space > 0, "BAD_FIELD", "trustee");
    const pkeKey = fromBase64(line.slice(0, space), "trustee", X_WING_KEY);
    checkXWing(pkeKey, "trustee");
    const name = line.slice(space + 1);
    demand(isName(name), "BAD_FIELD", "name");
    return { name, pkeKey, id: shortId(pkeKey) };
}

function ascending(keys: readonly Uint8Array[]): void {
    for (let i = 1; i < keys.length; i++) {
        demand(compare(keys[i - 1] as Uint8Array, keys[i] as Uint8Array) < 0, "NOT_CANONICAL", "order");
    }
}

function once(values: readonly string[]): void {
    demand(new Set(values).size === values.length, "NOT_CANONICAL", "something twice");
}
