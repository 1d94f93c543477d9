import { type Bytes, equal, utf8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Lines, fromDecimal, fromHex } from "../wire/text.ts";
import { type Newsroom, type NoteKey, noteKey, openNote } from "./note.ts";

const DAY = 86_400;
/** The last day that a note may name (docs/spec 0.7). */
export const LAST_DAY = 1_000_000n;

/** The numbers of a station's certificate (docs/spec 1.2); seconds, unless named otherwise. */
export interface Terms {
    readonly slots: number;
    readonly envelopes: number;
    readonly epoch: number;
    readonly ttl: number;
    readonly expiry: number;
    readonly burst: number;
    readonly waiting: number;
    readonly prekey: number;
    readonly answerMillis: number;
    readonly chunkTtlDays: number;
    readonly chunkBytesPerDay: number;
}

/** A station that the newsroom certified. */
export interface Certificate {
    readonly validity: Validity;
    readonly station: NoteKey;
    readonly profile: string;
    readonly terms: Terms;
}

/** Serial, first day and the day after the last, as notes of the root have them. */
export interface Validity {
    readonly serial: bigint;
    readonly issued: bigint;
    readonly expires: bigint;
}

/** Opens the certificate note of a station; whether it is in force is for `checkToday`. */
export function openCertificate(note: Uint8Array, newsroom: Newsroom): Certificate {
    const lines = new Lines(openNote(note, newsroom.root), "lamplighter-station/v1");
    readOrigin(lines, newsroom);
    const station = fromHex(lines.value("station"), 32, "station");
    const validity = readValidity(lines);
    const profile = lines.value("profile");
    demand(/^[a-z0-9-]{1,32}$/.test(profile), "BAD_FIELD", "profile");
    const terms = readTerms(lines);
    lines.end();
    return { validity, station: noteKey(`${newsroom.origin}/station`, station), profile, terms };
}

/** Live bundles at most: C of docs/spec 4.3. */
export function capacity(terms: Terms): number {
    return Math.floor(terms.slots / terms.envelopes);
}

/** Bundles that a mailbox of these terms takes in a day (docs/spec 4.3). */
export function bundlesPerDay(terms: Terms): number {
    return Math.floor((capacity(terms) * DAY) / (terms.ttl + terms.expiry + terms.burst));
}

/** The lines `origin` and `newsroom` of a note by the root. */
export function readOrigin(lines: Lines, newsroom: Newsroom): void {
    const origin = lines.value("origin");
    const id: Bytes = fromHex(lines.value("newsroom"), 32, "newsroom");
    demand(equal(utf8(origin), utf8(newsroom.origin)), "WRONG_SIGNER", "origin");
    demand(equal(id, newsroom.id), "WRONG_SIGNER", "newsroom");
}

/** The lines `serial`, `issued` and `expires`. */
export function readValidity(lines: Lines): Validity {
    const serial = fromDecimal(lines.value("serial"), 1n, undefined, "serial");
    const issued = fromDecimal(lines.value("issued"), 0n, LAST_DAY, "issued");
    const expires = fromDecimal(lines.value("expires"), 0n, LAST_DAY, "expires");
    demand(issued < expires, "BAD_FIELD", "expires");
    return { serial, issued, expires };
}

/** Refuses unless `issued - 1 <= today < expires`; `today` is a day (docs/spec 0.7, 1.2). */
export function checkToday(validity: Validity, today: bigint): void {
    demand(validity.issued - 1n <= today, "OUT_OF_DATE", "issued");
    demand(today < validity.expires, "OUT_OF_DATE", "expires");
}

function readTerms(lines: Lines): Terms {
    const between = (key: string, least: number, most: number): number =>
        Number(fromDecimal(lines.value(key), BigInt(least), BigInt(most), key));
    const slots = between("slots", 64, 65_536);
    const envelopes = between("envelopes", 2, 4);
    const epoch = between("epoch-seconds", 1, DAY);
    const ttl = between("ttl-seconds", 60, 30 * DAY);
    const expiry = between("expiry-seconds", 1, DAY);
    const burst = between("burst-seconds", 0, ttl);
    const waiting = between("waiting-seconds", epoch, 7 * DAY);
    const prekey = between("prekey-seconds", 10, 604_800);
    const answerMillis = between("answer-millis", 10, 10_000);
    const chunkTtlDays = between("chunk-ttl-days", 1, 365);
    const chunkBytesPerDay = between("chunk-bytes-per-day", 0, 2 ** 50);
    demand(slots % 64 === 0, "BAD_FIELD", "slots");
    demand(slots / envelopes >= 4, "BAD_FIELD", "slots");
    demand(expiry <= ttl, "BAD_FIELD", "expiry-seconds");
    const held = Math.floor(slots / envelopes) * burst;
    demand(held >= ttl + expiry + burst, "BAD_FIELD", "burst-seconds");
    return {
        slots,
        envelopes,
        epoch,
        ttl,
        expiry,
        burst,
        waiting,
        prekey,
        answerMillis,
        chunkTtlDays,
        chunkBytesPerDay,
    };
}
