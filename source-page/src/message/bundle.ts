import { type Recipient, STRUCTURED, type Sealed, seal, sealDecoy } from "../envelope/envelope.ts";
import type { Certificate } from "../newsroom/certificate.ts";
import type { Addressee } from "../newsroom/keys.ts";
import { sha256 } from "../primitive/hash.ts";
import { type Random, shuffled } from "../primitive/random.ts";
import type { Party } from "../source/keys.ts";
import { type Bytes, concat, u8, utf8, wipe } from "../wire/bytes.ts";
import { encodeSelfCopy } from "./documents.ts";
import { CONTENT_MOST, Kind, encodeStructured } from "./structured.ts";

const TOKEN = 96;
const NO_REFERENCE = new Uint8Array(16);

/** A submission that is ready to be sealed. */
export interface Letter {
    /** Document of kind 1 (docs/spec 3.3), at most 3371 bytes. */
    readonly document: Bytes;
    readonly salt: Bytes;
    readonly acknowledgementKey: Bytes;
    readonly day: number;
    readonly files: number;
    readonly totalSize: bigint;
    /** Message id answered, 16 bytes; `undefined` answers nothing. */
    readonly reference: Bytes | undefined;
}

/** A bundle to post, and the message id by which its self-copy will be known. */
export interface Bundle {
    readonly body: Bytes;
    readonly messageId: Bytes;
}

/** Where and when a bundle is sealed. */
export interface Setting {
    readonly newsroomId: Bytes;
    readonly certificate: Certificate;
    /** The prekey slot of the head. */
    readonly slot: number;
}

/**
 * One envelope for each addressee, a self-copy, decoys up to M, in an order drawn uniformly (docs/spec 3.7, 4.1). A
 * message id is given where a bundle is posted again, else drawn.
 *
 * @throws RangeError for no addressee, more than M - 1, or one without a prekey
 */
export function composeBundle(
    own: Party,
    addressees: readonly Addressee[],
    letter: Letter,
    setting: Setting,
    random: Random,
    messageId: Bytes = random(16),
): Bundle {
    const size = setting.certificate.terms.envelopes;
    if (addressees.length < 1 || addressees.length > size - 1) {
        throw new RangeError("one addressee at least, and a place for the self-copy");
    }
    const common = {
        slot: setting.slot,
        messageId,
        part: 1,
        parts: 1,
        reference: letter.reference ?? NO_REFERENCE,
        addressees: addressees.map((one) => one.journalist.id),
    };
    const message = encodeStructured({ ...common, kind: Kind.submission, content: letter.document });
    const hash = sha256(message);
    const selfCopy = encodeStructured({
        ...common,
        kind: Kind.selfCopy,
        content: encodeSelfCopy({ ...letter, hash }),
    });
    const to = (recipient: Recipient, structured: Bytes): Sealed =>
        seal(own, recipient, setting.newsroomId, structured, random);
    const sealed = addressees.map((one) => to(recipientOf(one), message));
    sealed.push(to(own, selfCopy));
    while (sealed.length < size) {
        sealed.push(sealDecoy(setting.newsroomId, decoyMessage(setting.slot, random), random));
    }
    wipe(message, selfCopy);
    const body = concat(...shuffled(sealed, random), commitment(Kind.submission, letter.salt, hash), random(TOKEN));
    return { body, messageId };
}

/** What the record will hold of a message (docs/spec 4.1). */
export function commitment(kind: Kind, salt: Uint8Array, messageHash: Uint8Array): Bytes {
    return sha256(utf8("lamplighter/commit/v1\n"), u8(kind), salt, messageHash);
}

/** Bytes of a bundle's body. */
export function bundleLength(envelopes: number): number {
    return envelopes * (64 + 8176) + 32 + TOKEN;
}

function recipientOf(addressee: Addressee): Recipient {
    if (addressee.prekey === undefined) {
        throw new RangeError("an addressee without a prekey");
    }
    return { fetchKey: addressee.journalist.fetchKey, ...addressee.prekey };
}

function decoyMessage(slot: number, random: Random): Bytes {
    const message = encodeStructured({
        kind: Kind.decoy,
        slot,
        messageId: random(16),
        part: 1,
        parts: 1,
        reference: NO_REFERENCE,
        addressees: [],
        content: random(CONTENT_MOST),
    });
    if (message.length !== STRUCTURED) {
        throw new RangeError("a structured message has 3440 bytes");
    }
    return message;
}
