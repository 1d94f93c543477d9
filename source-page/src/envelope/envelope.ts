import {
    authDecapsulate,
    authEncapsulate,
    authPskSchedule,
    openBase,
    openOnce,
    sealBase,
    sealOnce,
} from "../primitive/hpke.ts";
import { decodeElement, multiply, multiplyBase, wide } from "../primitive/group.ts";
import {
    ML_KEM_CIPHERTEXT,
    X_WING_KEY,
    checkApkeKey,
    checkXWing,
    mlKemDecapsulate,
    mlKemEncapsulate,
} from "../primitive/kem.ts";
import type { Random } from "../primitive/random.ts";
import { type Party, partyFromSeeds, wipeParty } from "../source/keys.ts";
import { type Bytes, concat, utf8, wipe } from "../wire/bytes.ts";
import { Malformed } from "../wire/malformed.ts";

export const STRUCTURED = 3440;
export const ENVELOPE = 8176;

const CT_APKE = ML_KEM_CIPHERTEXT + 32 + 32 + X_WING_KEY + STRUCTURED + 16;
const PSK_ID = utf8("SD-pskAPKE");
const NONE = new Uint8Array(0);

/** What an envelope is sealed to: fetch key 32, SD-APKE key 1216, SD-PKE key 1216. */
export interface Recipient {
    readonly fetchKey: Bytes;
    readonly apkeKey: Bytes;
    readonly pkeKey: Bytes;
}

/** An envelope and its hint, as they stand in a bundle: `X 32 || Z 32 || envelope 8176`. */
export type Sealed = Bytes;

/** An opened envelope, whose sender is authenticated. */
export interface Opened {
    readonly senderApkeKey: Bytes;
    readonly senderFetchKey: Bytes;
    readonly senderPkeKey: Bytes;
    readonly structured: Bytes;
}

/**
 * Seals a structured message of 3440 bytes (docs/spec 2.1 to 2.4). `random` is asked, in this order, for 32 bytes (ML-KEM
 * m), 32 (ikmE of DHKEM), 64 (X-Wing) and 64 (x, wide).
 */
export function seal(
    sender: Party,
    recipient: Recipient,
    newsroomId: Uint8Array,
    structured: Uint8Array,
    random: Random,
): Sealed {
    if (structured.length !== STRUCTURED) {
        throw new RangeError("a structured message has 3440 bytes");
    }
    const plaintext = concat(sender.fetchKey, sender.pkeKey, structured);
    const apke = sealApke(sender, recipient, newsroomId, plaintext, random(32), random(32));
    const pke = sealBase(recipient.pkeKey, NONE, NONE, sender.apkeKey, random(64));
    wipe(plaintext);
    return concat(hint(recipient.fetchKey, random), apke, pke);
}

/** SD-APKE (docs/spec 2.1): `c2 1088 || c1 32 || AEAD ciphertext`. */
export function sealApke(
    sender: Party,
    recipient: Pick<Recipient, "apkeKey" | "fetchKey">,
    aad: Uint8Array,
    plaintext: Uint8Array,
    m: Bytes,
    ikmE: Bytes,
): Bytes {
    const c2 = mlKemEncapsulate(recipient.apkeKey.subarray(32), m);
    const c1 = authEncapsulate(recipient.apkeKey.subarray(0, 32), sender.x25519Secret, ikmE);
    const info = concat(c2.ciphertext, recipient.fetchKey, sender.apkeKey.subarray(32));
    const sealed = sealOnce(authPskSchedule(c1.secret, info, c2.secret, PSK_ID), aad, plaintext);
    wipe(m, ikmE, c2.secret);
    return concat(c2.ciphertext, c1.ciphertext, sealed);
}

/** What `sealApke` sealed under a sender's key, or `undefined`. */
export function openApke(own: Party, senderApkeKey: Bytes, aad: Uint8Array, sealed: Uint8Array): Bytes | undefined {
    try {
        const c2 = sealed.subarray(0, ML_KEM_CIPHERTEXT);
        const psk = mlKemDecapsulate(c2, own.mlKemSecret);
        const c1 = sealed.subarray(ML_KEM_CIPHERTEXT, ML_KEM_CIPHERTEXT + 32);
        const secret = authDecapsulate(c1, own.x25519Secret, senderApkeKey.subarray(0, 32));
        const info = concat(c2, own.fetchKey, senderApkeKey.subarray(32));
        const schedule = authPskSchedule(secret, info, psk, PSK_ID);
        wipe(psk);
        return openOnce(schedule, aad, sealed.subarray(ML_KEM_CIPHERTEXT + 32));
    } catch {
        return undefined;
    }
}

/** Opens an envelope of 8176 bytes with the only keys that a source has; `undefined` is "not for me" (docs/spec 2.5). */
export function open(own: Party, newsroomId: Uint8Array, envelope: Uint8Array): Opened | undefined {
    if (envelope.length !== ENVELOPE) {
        return undefined;
    }
    const senderApkeKey = openBase(own.pkeSecret, NONE, NONE, envelope.subarray(CT_APKE));
    if (senderApkeKey === undefined || !accepts(() => checkApkeKey(senderApkeKey, "sender"))) {
        return undefined;
    }
    const plaintext = openApke(own, senderApkeKey, newsroomId, envelope.subarray(0, CT_APKE));
    if (plaintext === undefined) {
        return undefined;
    }
    const senderFetchKey = plaintext.slice(0, 32);
    const senderPkeKey = plaintext.slice(32, 32 + X_WING_KEY);
    const structured = plaintext.slice(32 + X_WING_KEY);
    wipe(plaintext);
    const valid = accepts(() => {
        decodeElement(senderFetchKey, "fetch key");
        checkXWing(senderPkeKey, "PKE key");
    });
    return valid ? { senderApkeKey, senderFetchKey, senderPkeKey, structured } : undefined;
}

/** A full seal from and to fresh keys, which are forgotten at once (docs/spec 2.6). */
export function sealDecoy(newsroomId: Uint8Array, structured: Uint8Array, random: Random): Sealed {
    const sender = freshParty(random);
    const recipient = freshParty(random);
    const sealed = seal(sender, recipient, newsroomId, structured, random);
    wipeParty(sender);
    wipeParty(recipient);
    return sealed;
}

/** `X || Z` of a fresh non-zero scalar (docs/spec 2.4). */
function hint(fetchKey: Uint8Array, random: Random): Bytes {
    const element = decodeElement(fetchKey, "fetch key");
    for (;;) {
        const x = wide(random(64));
        if (x !== 0n) {
            return concat(multiplyBase(x), multiply(element, x));
        }
    }
}

function freshParty(random: Random): Party {
    return partyFromSeeds(random(64), random(32), random(64), random(32));
}

function accepts(check: () => void): boolean {
    try {
        check();
        return true;
    } catch (refusal) {
        if (refusal instanceof Malformed) {
            return false;
        }
        throw refusal;
    }
}
