import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { decodeElement, decodeScalar, multiply } from "../primitive/group.ts";
import { hkdf } from "../primitive/hash.ts";
import { type Bytes, concat, copy, equal, u64, utf8, wipe } from "../wire/bytes.ts";
import { Malformed } from "../wire/malformed.ts";

export const HINT = 48;
export const BODY = 8192;

const SALT = utf8("lamplighter/hint/v1");
const TAG = 16;
const OKM = 48;
const NONCE = new Uint8Array(12);
/** Milliseconds that a slice of a scan takes at most, but for its last row. */
const SLICE = 40;

/** A row that is the scanner's own, and the key of its body. */
export interface Found {
    readonly position: number;
    readonly bodyKey: Bytes;
}

/** What a scan needs of the engine it runs on. */
export interface Pace {
    /** Milliseconds of a clock that does not go back. */
    readonly now: () => number;
    /** Lets other tasks run. */
    readonly rest: () => Promise<void>;
    /** Told after each slice how many rows are done, of how many. */
    readonly progress?: (done: number, rows: number) => void;
}

/** The pace of an engine with timers and `performance`. */
export const enginePace: Pace = {
    now: () => performance.now(),
    rest: () => new Promise((resume) => setTimeout(resume, 0)),
};

/**
 * Tries a fetch key (its scalar, 32 bytes) on every hint of an epoch, in slices, so that no task takes long (docs/spec
 * 4.10). Every row costs the same, whether it is found or not.
 */
export async function scan(
    hints: Uint8Array,
    epoch: bigint,
    newsroomId: Uint8Array,
    fetchSecret: Uint8Array,
    pace: Pace,
): Promise<Found[]> {
    const rows = hints.length / HINT;
    const scalar = decodeScalar(fetchSecret, "fetch key");
    const found: Found[] = [];
    let sliceBegan = pace.now();
    for (let position = 0; position < rows; position++) {
        const hint = hints.subarray(HINT * position, HINT * (position + 1));
        const okm = keyOf(hint.subarray(0, 32), scalar, epoch, newsroomId);
        if (okm !== undefined && equal(okm.subarray(0, TAG), hint.subarray(32))) {
            found.push({ position, bodyKey: okm.slice(TAG) });
        }
        if (okm !== undefined) {
            wipe(okm);
        }
        if (pace.now() - sliceBegan >= SLICE) {
            pace.progress?.(position + 1, rows);
            await pace.rest();
            sliceBegan = pace.now();
        }
    }
    pace.progress?.(rows, rows);
    return found;
}

/** `okm` of docs/spec 4.5: tag 16 || body key 32. */
export function hintKey(shared: Uint8Array, q: Uint8Array, epoch: bigint, newsroomId: Uint8Array): Bytes {
    return hkdf(shared, SALT, concat(newsroomId, u64(epoch), q), OKM);
}

/** The envelope in a body of 8192 bytes, or `undefined` if it is not authentic. */
export function openBody(body: Uint8Array, bodyKey: Uint8Array): Bytes | undefined {
    try {
        return copy(chacha20poly1305(bodyKey, NONCE).decrypt(body));
    } catch {
        return undefined;
    }
}

function keyOf(q: Uint8Array, scalar: bigint, epoch: bigint, newsroomId: Uint8Array): Bytes | undefined {
    try {
        const shared = multiply(decodeElement(q, "Q"), scalar);
        const okm = hintKey(shared, q, epoch, newsroomId);
        wipe(shared);
        return okm;
    } catch (refusal) {
        if (refusal instanceof Malformed) {
            return undefined;
        }
        throw refusal;
    }
}
