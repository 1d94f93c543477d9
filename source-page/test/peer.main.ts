// A source without a page, for the tests in e2e: reads what to do as JSON from standard input, does it against a station,
// and writes what came of it as JSON. Its clock is the one that it is given; it does not wait for real.
import { readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { basename } from "node:path";
import "./support.ts";
import {
    type Addressee,
    type Bytes,
    type ChunkSink,
    type Exchange,
    type FileEntry,
    type Letter,
    type Locked,
    type Party,
    type Readable,
    type Session,
    composeBundle,
    documentElsewhere,
    documentOf,
    download,
    encodeSubmission,
    enginePace,
    evidenceWords,
    fitsInDocument,
    journalistHolder,
    lock,
    newPassphrase,
    parseNewsroom,
    parsePassphrase,
    passphraseOf,
    platformRandom,
    postBundle,
    readInbox,
    sealBytes,
    sealFile,
    sourceKeys,
    uploader,
} from "../src/index.ts";
import { binding } from "../src/sealing/seal.ts";
import { concat, hex } from "../src/wire/bytes.ts";
import { TestClock } from "./town.ts";

interface Order {
    readonly command: "new" | "send" | "read";
    readonly newsroom: string;
    readonly station: string;
    /** Unix seconds. */
    readonly now: number;
    readonly words: string;
    readonly text: string;
    readonly files: readonly string[];
    /** Names of addressees; all if there are none. */
    readonly to: readonly string[];
    /** Message id in hex, or empty. */
    readonly reference: string;
    /** Any so many of the addressees open the files; 0 seals them to each. */
    readonly k: number;
}

interface Place {
    readonly order: Order;
    readonly own: Party;
    readonly session: Session;
    readonly sink: ChunkSink;
    readonly exchange: Exchange;
    readonly newsroomId: Bytes;
}

const order = JSON.parse(readFileSync(0, "utf8")) as Order;
process.stdout.write(JSON.stringify(await perform(order)));

async function perform(order: Order): Promise<unknown> {
    if (order.command === "new") {
        return { words: passphraseOf(newPassphrase(platformRandom)).join(" ") };
    }
    const newsroom = parseNewsroom(order.newsroom);
    const clock = new TestClock(order.now * 1000);
    const exchange = exchangeWith(order.station);
    const session = await download({ exchange, clock, newsroom });
    const own = sourceKeys(parsePassphrase(order.words));
    const sink = uploader(session, { exchange, clock, newsroomId: newsroom.id, pauses: [] });
    const place: Place = { order, own, session, sink, exchange, newsroomId: newsroom.id };
    return order.command === "send" ? send(place) : read(place);
}

async function send(place: Place): Promise<unknown> {
    const { order, session, sink } = place;
    const all = session.epoch.keys.addressees.filter((one) => one.prekey !== undefined);
    const addressees = all.filter(({ journalist }) => order.to.length === 0 || order.to.includes(journalist.name));
    const files: FileEntry[] = [];
    for (const path of order.files) {
        const file = await open(path, "r");
        const sealed = await sealFile(await readable(file), sink, platformRandom);
        await file.close();
        files.push({ name: basename(path), mediaType: "application/octet-stream", ...sealed });
    }
    const locked = order.k === 0 ? undefined : await lockFor(addressees, files, order.k);
    const letter = await letterOf(order, locked?.files ?? files, locked, sink);
    const { certificate, head } = session.epoch;
    const setting = { newsroomId: place.newsroomId, certificate, slot: head.slot };
    const { body, messageId } = composeBundle(place.own, addressees, letter, setting, platformRandom);
    await postBundle(session, place.exchange, body);
    const commitments = files.flatMap((file) => file.parts.map((part) => part.commitment));
    const sealing = locked?.sealing;
    return {
        messageId: hex(messageId),
        evidence:
            sealing === undefined
                ? ""
                : evidenceWords(binding(sealing.setId, sealing.k, sealing.holders.length, commitments)),
    };
}

function lockFor(addressees: readonly Addressee[], files: readonly FileEntry[], k: number): Promise<Locked> {
    return lock(files, addressees.map(journalistHolder), k, platformRandom);
}

async function letterOf(
    order: Order,
    files: readonly FileEntry[],
    locked: Locked | undefined,
    sink: ChunkSink,
): Promise<Letter> {
    const common = {
        salt: platformRandom(32),
        acknowledgementKey: platformRandom(32),
        day: Math.floor(order.now / 86_400),
    };
    const submission = encodeSubmission({ ...common, text: order.text, files, sealing: locked?.sealing });
    const document = fitsInDocument(submission.length)
        ? documentOf(submission)
        : documentElsewhere({
              length: submission.length,
              ...(await sealBytes(submission, sink, platformRandom)),
          });
    return {
        ...common,
        document,
        files: files.length,
        totalSize: files.reduce((sum, file) => sum + file.size, 0n),
        reference: order.reference === "" ? undefined : new Uint8Array(Buffer.from(order.reference, "hex")),
    };
}

async function read({ own, session, newsroomId }: Place): Promise<unknown> {
    const inbox = await readInbox(session.epoch, newsroomId, own, enginePace);
    const nameOf = (key: Bytes): string | undefined =>
        session.epoch.keys.roster.journalists.find((one) => hex(one.apkeKey) === hex(key))?.name;
    return {
        replies: inbox.replies.map((one) => ({
            from: nameOf(one.from),
            text: one.text,
            messageId: hex(one.messageId),
            reference: hex(one.reference),
            carrier: hex(one.carrier),
        })),
        confirmed: inbox.confirmed.map((one) => ({
            messageId: hex(one.messageId),
            files: one.files,
            totalSize: Number(one.totalSize),
        })),
        incomplete: inbox.incomplete,
        unreadable: inbox.unreadable,
    };
}

async function readable(file: FileHandle): Promise<Readable> {
    const { size } = await file.stat();
    return {
        size,
        read: async (from, to) => {
            const { bytesRead, buffer } = await file.read(new Uint8Array(to - from), 0, to - from, from);
            return new Uint8Array(buffer.buffer, 0, bytesRead);
        },
    };
}

function exchangeWith(station: string): Exchange {
    return ({ method, path, body, limit }) =>
        new Promise((resolve, reject) => {
            const sent = httpRequest(`${station}${path}`, { method, agent: false }, (answer) => {
                const parts: Uint8Array[] = [];
                let length = 0;
                answer.on("data", (part: Uint8Array) => {
                    length += part.length;
                    parts.push(part);
                    if (length > limit) {
                        answer.destroy(new Error("answer too long"));
                    }
                });
                answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: concat(...parts) }));
                answer.on("error", reject);
            });
            sent.on("error", reject);
            sent.end(body);
        });
}
