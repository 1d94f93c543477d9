import { open } from "../envelope/envelope.ts";
import { type Found, type Pace, openBody, scan } from "../epoch/scan.ts";
import { accept, senderOf } from "../message/acceptance.ts";
import { type Reply, type SelfCopy, assemble, parseReply, parseSelfCopy, parseThread } from "../message/documents.ts";
import { Kind, type Structured, parseStructured } from "../message/structured.ts";
import type { Party } from "../source/keys.ts";
import { type Bytes, hex, wipe } from "../wire/bytes.ts";
import { Malformed } from "../wire/malformed.ts";
import { type Epoch, bodyAt } from "./session.ts";

/** A reply, who wrote it, and under which message id. */
export interface Received extends Reply {
    readonly messageId: Bytes;
    /** APKE key of a journalist of the roster. */
    readonly from: Bytes;
    /** Message of the source that is answered; zeros answer none. */
    readonly reference: Bytes;
    /** What an answer refers to: the message that brought the reply, a thread perhaps (docs/spec 3.8). */
    readonly carrier: Bytes;
}

/** A self-copy: the mailbox has taken the message of this id. */
export interface Confirmed extends SelfCopy {
    readonly messageId: Bytes;
    readonly reference: Bytes;
    readonly addressees: readonly Bytes[];
}

/** What a source finds in an epoch. */
export interface Inbox {
    readonly replies: readonly Received[];
    readonly confirmed: readonly Confirmed[];
    /** Replies of which a part is not in this epoch. */
    readonly incomplete: number;
    /** Rows made to this source that nobody in the newsroom is known to have sent, or that cannot be read. */
    readonly unreadable: number;
}

interface Accepted {
    readonly from: Bytes;
    readonly message: Structured;
}

/** What becomes of a row that was found: taken, or passed over as old or out of place, or not to be read or believed. */
type Row = Accepted | "passed" | "unreadable";

/** Scans an epoch and opens what is the source's own (docs/spec 4.10, 2.5, 3.6). What is refused is as if it were not there. */
export async function readInbox(epoch: Epoch, newsroomId: Bytes, own: Party, pace: Pace): Promise<Inbox> {
    const found = await scan(epoch.hints, epoch.head.epoch, newsroomId, own.fetchSecret, pace);
    const accepted = new Map<string, Accepted>();
    let unreadable = 0;
    for (const row of found) {
        const one = openRow(epoch, newsroomId, own, row);
        await pace.rest();
        if (one === "unreadable") {
            unreadable++;
        } else if (one !== "passed") {
            const { kind, messageId, part } = one.message;
            const key = `${hex(one.from)} ${kind} ${hex(messageId)} ${part}`;
            accepted.set(key, accepted.get(key) ?? one);
        }
    }
    const all = [...accepted.values()];
    const copies = all.filter((one) => one.message.kind === Kind.selfCopy).map(readSelfCopy);
    const confirmed = copies.filter((copy) => copy !== undefined);
    const read = readReplies(all.filter((one) => one.message.kind !== Kind.selfCopy));
    unreadable += copies.length - confirmed.length + read.unreadable;
    return { confirmed, replies: read.replies, incomplete: read.incomplete, unreadable };
}

function openRow(epoch: Epoch, newsroomId: Bytes, own: Party, { position, bodyKey }: Found): Row {
    const envelope = openBody(bodyAt(epoch, position), bodyKey);
    wipe(bodyKey);
    const opened = envelope === undefined ? undefined : open(own, newsroomId, envelope);
    const message = opened && orNothing(() => parseStructured(opened.structured));
    if (opened === undefined || message === undefined) {
        return "unreadable";
    }
    const sender = senderOf(opened.senderApkeKey, own.apkeKey, epoch.keys.roster);
    const verdict = accept(message, sender, epoch.head.slot, epoch.certificate.terms);
    if (verdict === "ok") {
        return { from: opened.senderApkeKey, message };
    }
    const known = sender !== "stranger" && (sender === "self" || sender.word !== "compromised");
    return known && verdict !== "LEFT_SENDER" ? "passed" : "unreadable";
}

function readSelfCopy(one: Accepted): Confirmed | undefined {
    const { content, messageId, reference, addressees } = one.message;
    const copied = orNothing(() => parseSelfCopy(content));
    return copied && { ...copied, messageId, reference, addressees };
}

function readReplies(parts: readonly Accepted[]): Pick<Inbox, "replies" | "incomplete" | "unreadable"> {
    const messages = new Map<string, Accepted[]>();
    for (const one of parts) {
        const key = `${hex(one.from)} ${one.message.kind} ${hex(one.message.messageId)}`;
        messages.set(key, [...(messages.get(key) ?? []), one]);
    }
    const replies = new Map<string, Received>();
    let [incomplete, unreadable] = [0, 0];
    // Replies before the threads that repeat them.
    const inOrder = [...messages.values()].sort((a, b) => kindOf(a) - kindOf(b));
    for (const [first, ...rest] of inOrder as [Accepted, ...Accepted[]][]) {
        const document = assemble([first, ...rest].map((one) => one.message));
        const read = document && orNothing(() => repliesIn(first, document));
        if (document === undefined) {
            incomplete++;
        } else if (read === undefined) {
            unreadable++;
        }
        for (const reply of read ?? []) {
            const key = `${hex(reply.from)} ${hex(reply.messageId)}`;
            replies.set(key, replies.get(key) ?? reply);
        }
    }
    return { replies: [...replies.values()], incomplete, unreadable };
}

const kindOf = (parts: readonly Accepted[]): number => (parts[0] as Accepted).message.kind;

function repliesIn(one: Accepted, document: Bytes): Received[] {
    const { kind, messageId, reference } = one.message;
    if (kind === Kind.reply) {
        return [{ ...parseReply(document), messageId, reference, from: one.from, carrier: messageId }];
    }
    return parseThread(document).map((reply) => ({ ...reply, reference, from: one.from, carrier: messageId }));
}

function orNothing<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch (refusal) {
        if (refusal instanceof Malformed) {
            return undefined;
        }
        throw refusal;
    }
}
