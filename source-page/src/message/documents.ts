import { type Bytes, concat, copy, equal, u16, u32, u64, u8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Reader } from "../wire/reader.ts";
import { CONTENT_MOST, PARTS_MOST, type Structured } from "./structured.ts";

const DOCUMENT_MOST = PARTS_MOST * CONTENT_MOST;
/** Bytes of text of a reply at most, wherever it stands (docs/spec 3.4). */
const TEXT_MOST = DOCUMENT_MOST - 9;

/** What a journalist answers, with the day it was written (docs/spec 3.4). */
export interface Reply {
    readonly day: number;
    readonly text: string;
}

/** A reply that a thread hands over once more, under its message id. */
export interface Repeated extends Reply {
    readonly messageId: Bytes;
}

/** What the sender keeps of a message (docs/spec 3.5): no text, no name, no part key. */
export interface SelfCopy {
    readonly day: number;
    /** SHA-256 of the structured message. */
    readonly hash: Bytes;
    readonly salt: Bytes;
    readonly acknowledgementKey: Bytes;
    readonly files: number;
    readonly totalSize: bigint;
}

export function parseReply(document: Uint8Array): Reply {
    const reader = new Reader(document);
    reader.version(1, "reply");
    const day = reader.u32("day");
    const text = reader.text32(TEXT_MOST, "text");
    reader.end("reply");
    return { day, text };
}

export function parseThread(document: Uint8Array): Repeated[] {
    const reader = new Reader(document);
    reader.version(1, "thread");
    const count = reader.u16("count");
    const replies: Repeated[] = [];
    for (let i = 0; i < count; i++) {
        const messageId = reader.bytes(16, "message id");
        const day = reader.u32("day");
        replies.push({ messageId, day, text: reader.text32(TEXT_MOST, "text") });
    }
    reader.end("thread");
    return replies;
}

export function encodeSelfCopy(copied: SelfCopy): Bytes {
    return concat(
        u8(1),
        u32(copied.day),
        copied.hash,
        copied.salt,
        copied.acknowledgementKey,
        u16(copied.files),
        u64(copied.totalSize),
    );
}

export function parseSelfCopy(content: Uint8Array): SelfCopy {
    const reader = new Reader(content);
    reader.version(1, "self-copy");
    const day = reader.u32("day");
    const hash = reader.bytes(32, "hash");
    const salt = reader.bytes(32, "salt");
    const acknowledgementKey = reader.bytes(32, "acknowledgement key");
    const files = reader.u16("files");
    const totalSize = reader.u64("total size");
    reader.end("self-copy");
    return { day, hash, salt, acknowledgementKey, files, totalSize };
}

/** The document in contents of parts, all but the last full (docs/spec 3.2). */
export function cut(document: Uint8Array): Bytes[] {
    demand(document.length <= DOCUMENT_MOST, "TOO_LARGE", "document");
    const contents: Bytes[] = [];
    for (let at = 0; at === 0 || at < document.length; at += CONTENT_MOST) {
        contents.push(copy(document.subarray(at, at + CONTENT_MOST)));
    }
    return contents;
}

/** Whether two messages may be parts of one (docs/spec 3.2). */
export function sameMessage(a: Structured, b: Structured): boolean {
    return (
        a.kind === b.kind &&
        equal(a.messageId, b.messageId) &&
        a.parts === b.parts &&
        equal(a.reference, b.reference) &&
        equal(concat(...a.addressees), concat(...b.addressees))
    );
}

/** The document of parts 1 to n in order, or `undefined` while one is missing. The parts are of one message. */
export function assemble(parts: readonly Structured[]): Bytes | undefined {
    const first = parts[0];
    if (first === undefined || parts.some((part) => !sameMessage(first, part))) {
        return undefined;
    }
    const ordered: Bytes[] = [];
    for (let number = 1; number <= first.parts; number++) {
        const part = parts.find((one) => one.part === number);
        if (part === undefined) {
            return undefined;
        }
        ordered.push(part.content);
    }
    return concat(...ordered);
}
