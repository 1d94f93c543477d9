import { type Bytes, concat, u16, u32, u8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Reader } from "../wire/reader.ts";

export const CONTENT_MOST = 3371;
export const PARTS_MOST = 8;

const ADDRESSEES_MOST = 3;
const ID = 8;

/** Kinds of structured messages (docs/spec 3.1). */
export const Kind = { submission: 1, reply: 2, thread: 3, selfCopy: 4, decoy: 5 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** A structured message (docs/spec 3.1), 3440 bytes on the wire. */
export interface Structured {
    readonly kind: Kind;
    readonly slot: number;
    /** 16 bytes. */
    readonly messageId: Bytes;
    readonly part: number;
    readonly parts: number;
    /** 16 bytes; zeros answer nothing. */
    readonly reference: Bytes;
    /** Journalist ids, 8 bytes each, 3 at most. */
    readonly addressees: readonly Bytes[];
    readonly content: Bytes;
}

export function encodeStructured(message: Structured): Bytes {
    const ids = concat(...message.addressees);
    const encoded = concat(
        u8(1),
        u8(message.kind),
        u32(message.slot),
        message.messageId,
        u16(message.part),
        u16(message.parts),
        message.reference,
        u8(message.addressees.length),
        ids,
        new Uint8Array(ID * ADDRESSEES_MOST - ids.length),
        u16(message.content.length),
        message.content,
        new Uint8Array(CONTENT_MOST - message.content.length),
    );
    return encoded;
}

export function parseStructured(bytes: Uint8Array): Structured {
    const reader = new Reader(bytes);
    reader.version(1, "structured message");
    const kind = reader.u8("kind") as Kind;
    demand(kind >= Kind.submission && kind <= Kind.decoy, "BAD_FIELD", "kind");
    const slot = reader.u32("prekey slot");
    const messageId = reader.bytes(16, "message id");
    const part = reader.u16("part");
    const parts = reader.u16("parts");
    const mayHaveMore = kind === Kind.reply || kind === Kind.thread || kind === Kind.selfCopy;
    demand(parts >= 1 && parts <= (mayHaveMore ? PARTS_MOST : 1), "BAD_FIELD", "parts");
    demand(part >= 1 && part <= parts, "BAD_FIELD", "part");
    const reference = reader.bytes(16, "reference");
    const count = reader.u8("addressees");
    demand(count <= ADDRESSEES_MOST, "TOO_LARGE", "addressees");
    const addressees = Array.from({ length: count }, () => reader.bytes(ID, "addressee"));
    reader.zeros(ID * (ADDRESSEES_MOST - count), "addressee that is not counted");
    const length = reader.u16("length");
    demand(length <= CONTENT_MOST, "TOO_LARGE", "content");
    const content = reader.bytes(length, "content");
    reader.zeros(CONTENT_MOST - length, "padding");
    reader.end("structured message");
    if (kind === Kind.reply || kind === Kind.thread) {
        demand(part === parts || length === CONTENT_MOST, "BAD_FIELD", "part that is not full");
        demand(parts === 1 || length > 0, "BAD_FIELD", "part that is empty");
    }
    return { kind, slot, messageId, part, parts, reference, addressees, content };
}
