import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../src/envelope/envelope.ts";
import { memoryOf } from "../src/epoch/head.ts";
import type { Pace } from "../src/epoch/scan.ts";
import { sealBytes } from "../src/evidence/seal.ts";
import { type Bundle, type Letter, bundleLength, composeBundle } from "../src/message/bundle.ts";
import { Kind, type Structured, encodeStructured, parseStructured } from "../src/message/structured.ts";
import { documentOf, encodeSubmission, parseDocument } from "../src/message/submission.ts";
import { decodeElement } from "../src/primitive/group.ts";
import type { Random } from "../src/primitive/random.ts";
import { sha256 } from "../src/primitive/hash.ts";
import { readInbox } from "../src/session/inbox.ts";
import {
    ForeignNewsroom,
    NotCurrent,
    type Session,
    StationFailed,
    download,
    freshnessOf,
    isCurrent,
    postBundle,
} from "../src/session/session.ts";
import { uploader } from "../src/session/upload.ts";
import type { Party } from "../src/source/keys.ts";
import { type Bytes, concat, hex, text32, u16, u32, u8 } from "../src/wire/bytes.ts";
import { Malformed } from "../src/wire/malformed.ts";
import { resultOf, seeded } from "./support.ts";
import { Door, EPOCH_SECONDS, TestClock, Town, type Writer, party } from "./town.ts";

const STEP = EPOCH_SECONDS * 500;
const pace: Pace = { now: () => 0, rest: async () => undefined };

interface Visit {
    readonly door: Door;
    readonly clock: TestClock;
    readonly session: Session;
}

async function visit(town: Town, files: Map<string, Bytes>): Promise<Visit> {
    const clock = new TestClock(town.now());
    const door = new Door(town, files, clock);
    const session = await download({ exchange: door.exchange, clock, newsroom: town.newsroom });
    return { door, clock, session };
}

function letterOf(random: Random, text: string): Letter {
    const common = { salt: random(32), acknowledgementKey: random(32), day: 20_781 };
    const submission = encodeSubmission({ ...common, text, files: [], sealing: undefined });
    return { ...common, document: documentOf(submission), files: 0, totalSize: 0n, reference: undefined };
}

function bundleOf(town: Town, session: Session, source: Party, random: Random): Bundle {
    const { certificate, keys, head } = session.epoch;
    const setting = { newsroomId: town.newsroom.id, certificate, slot: head.slot };
    return composeBundle(
        source,
        keys.addressees,
        letterOf(random, "A ledger of the procurement office."),
        setting,
        random,
    );
}

/** The rows of a bundle, put at every fifth position. */
function rowsOf(body: Bytes, first: number): [number, Bytes][] {
    return [0, 1, 2, 3].map((i) => [first + 5 * i, body.slice(8240 * i, 8240 * (i + 1))]);
}

const reply = (text: string): Bytes => concat(u8(1), u32(20_782), text32(text));

test("a deposit reaches both journalists, is confirmed, and its answers are read", async () => {
    const town = new Town("journey");
    const source = party(seeded("source"));
    const first = await visit(town, town.publish());
    assert.ok(isCurrent(first.session));
    assert.equal(first.session.epoch.history, "Fresh");
    const bundle = bundleOf(town, first.session, source, seeded("bundle"));
    await postBundle(first.session, first.door.exchange, bundle.body);
    assert.equal(first.door.requests.at(-1)?.body?.length, 33_088);

    // The journalists open it; exactly one row is each one's, one the source's own, one nobody's.
    const messages = town.writers.map((writer) => openAll(town, writer, bundle.body));
    messages.forEach((opened) => assert.equal(opened.length, 1));
    assert.deepEqual(messages[0], messages[1]);
    const message = messages[0]?.[0] as Structured;
    const submission = parseDocument(message.content);
    assert.ok("text" in submission && submission.text === "A ledger of the procurement office.");
    assert.deepEqual(message.messageId, bundle.messageId);

    const answer = town.message(Kind.reply, reply("Thank you."), { reference: bundle.messageId });
    const row = town.letterTo(source, town.writers[0] as Writer, answer);
    const second = await visit(town, town.publish(new Map([...rowsOf(bundle.body, 2), [40, row]])));
    const inbox = await readInbox(second.session.epoch, town.newsroom.id, source, pace);
    assert.equal(inbox.confirmed.length, 1);
    assert.deepEqual(inbox.confirmed[0]?.messageId, bundle.messageId);
    assert.deepEqual(inbox.confirmed[0]?.hash, sha256(encodeStructured(message)));
    assert.deepEqual(
        inbox.replies.map((one) => [one.text, one.day, hex(one.reference)]),
        [["Thank you.", 20_782, hex(bundle.messageId)]],
    );
    const stranger = await readInbox(second.session.epoch, town.newsroom.id, party(seeded("other")), pace);
    assert.deepEqual(stranger, { confirmed: [], replies: [], incomplete: 0, unreadable: 0 });
});

function openAll(town: Town, writer: Writer, body: Bytes): Structured[] {
    return rowsOf(body, 0).flatMap(([, row]) => {
        const opened = open(writer.prekey, town.newsroom.id, row.slice(64));
        return opened === undefined ? [] : [parseStructured(opened.structured)];
    });
}

test("parts, threads, repetitions and what is not to be believed", async () => {
    const town = new Town("answers", ["active 20781", "left 20600", "compromised 20781"]);
    const source = party(seeded("source"));
    const [active] = town.writers.filter((one) => one.state.startsWith("active")) as [Writer];
    const [left] = town.writers.filter((one) => one.state.startsWith("left")) as [Writer];
    const [compromised] = town.writers.filter((one) => one.state.startsWith("compromised")) as [Writer];
    const long = reply("x".repeat(5000));
    const id = town.random(16);
    const part = (number: number) =>
        town.message(Kind.reply, long.slice(3371 * (number - 1), 3371 * number), {
            messageId: id,
            part: number,
            parts: 2,
        });
    const known = town.message(Kind.reply, reply("known"));
    const repeated = (messageId: Bytes, text: string) => concat(messageId, u32(20_782), text32(text));
    const other = town.random(16);
    const thread = concat(u8(1), u16(2), repeated(known.messageId, "known"), repeated(other, "new"));
    const letters: [Writer, Structured][] = [
        [active, part(2)],
        [active, part(1)],
        [active, known],
        [active, known],
        [active, town.message(Kind.thread, thread)],
        [active, town.message(Kind.reply, part(1).content, { parts: 3 })],
        [left, town.message(Kind.reply, reply("from one who left"))],
        [compromised, town.message(Kind.reply, reply("from a thief"))],
        [active, town.message(Kind.reply, reply("too old"), { slot: 41_562 - 5 })],
        [active, town.message(Kind.reply, reply("from the future"), { slot: 41_562 + 2 })],
        [active, town.message(Kind.submission, reply("another kind"))],
        [active, town.message(Kind.selfCopy, new Uint8Array(111).fill(1))],
    ];
    const rows = letters.map(([writer, one]) => town.letterTo(source, writer, one));
    const stranger: Writer = { ...active, longTerm: party(town.random) };
    rows.push(town.letterTo(source, stranger, town.message(Kind.reply, reply("from a stranger"))));
    const { session } = await visit(town, town.publish(new Map(rows.map((row, i) => [4 * i, row]))));
    const inbox = await readInbox(session.epoch, town.newsroom.id, source, pace);
    assert.deepEqual(inbox.replies.map((one) => one.text).sort(), ["known", "new", "x".repeat(5000)]);
    assert.equal(inbox.incomplete, 1);
    assert.equal(inbox.confirmed.length, 0);
    assert.equal(inbox.unreadable, 3, "who left, a thief, a stranger");
});

test("a session has one shape, whatever is found", async () => {
    const town = new Town("shape");
    const source = party(seeded("source"));
    const empty = await visit(town, town.publish());
    const bundle = bundleOf(town, empty.session, source, seeded("bundle"));
    const answer = town.message(Kind.reply, reply("Thank you."));
    const rows = [...rowsOf(bundle.body, 2), [40, town.letterTo(source, town.writers[0] as Writer, answer)] as const];
    const full = await visit(town, town.publish(new Map(rows)));
    for (const [i, one] of [empty, full].entries()) {
        const found = await readInbox(one.session.epoch, town.newsroom.id, source, pace);
        assert.equal(found.replies.length, i);
        one.clock.pass(found.replies.length === 0 ? 20 : 1900);
        const letter = bundleOf(town, one.session, source, seeded(`letter ${i}`));
        await postBundle(one.session, one.door.exchange, letter.body);
    }
    const shape = (one: Visit) => one.door.shape().map((line) => line.replace(/epochs\/\d+/, "epochs/E"));
    const names = ["parameters", "keys", "chain", "hints", ...Array.from({ length: 64 }, (_, i) => `bodies/${pad(i)}`)];
    const expected = ["GET /v1/head 0", ...names.map((name) => `GET /v1/epochs/E/${name} 0`), "POST /v1/bundles 33088"];
    assert.deepEqual(shape(empty), expected);
    assert.deepEqual(shape(full), expected);
    // The last file came 3 ms after it was asked for; the post goes out a whole number of steps later.
    const wait = (one: Visit) => (one.door.times.at(-1) as number) - (one.door.times.at(-2) as number) - 3;
    assert.equal(wait(empty), STEP);
    assert.equal(wait(full), STEP);
    // Planted fault: a post without its step tells how long opening took, and the same figure shows it.
    const hasty = await visit(town, town.publish());
    hasty.clock.pass(20);
    await postBundle({ ...hasty.session, step: async () => undefined }, hasty.door.exchange, bundle.body);
    assert.notEqual(wait(hasty) % STEP, 0);
});

const pad = (i: number): string => String(i).padStart(2, "0");

test("who writes for long posts at a later step", async () => {
    const town = new Town("slow");
    const one = await visit(town, town.publish());
    one.clock.pass(7 * STEP + 1);
    await postBundle(one.session, one.door.exchange, new Uint8Array(bundleLength(4)));
    assert.equal((one.door.times.at(-1) as number) - (one.door.times.at(-2) as number) - 3, 8 * STEP);
});

test("a file that fails is fetched again alone, three times at most", async () => {
    const town = new Town("trouble");
    const files = town.publish();
    const bad = "/v1/epochs/1/bodies/07";
    const attempt = async (good: number) => {
        const clock = new TestClock(town.now());
        const door = new Door(town, files, clock);
        door.trouble = (request, nth) => {
            if (request.path !== bad || nth >= good) {
                return undefined;
            }
            if (nth === 1) {
                throw new Error("connection lost");
            }
            return { status: 200, body: new Uint8Array(8192) };
        };
        return { door, session: download({ exchange: door.exchange, clock, newsroom: town.newsroom }) };
    };
    const last = await attempt(4);
    await last.session;
    const paths = last.door.requests.map((one) => one.path);
    assert.equal(paths.length, 69 + 3);
    assert.equal(paths.filter((path) => path === bad).length, 4);
    const never = await attempt(5);
    await assert.rejects(never.session, Malformed);
    assert.equal(never.door.requests.length, paths.indexOf(bad) + 4);
});

test("every changed file is refused, and so is every file of another length", async () => {
    const town = new Town("changed");
    const files = town.publish();
    for (const [path, content] of files) {
        const index = [...files.keys()].indexOf(path);
        if (index > 8 && index < files.size - 1) {
            continue;
        }
        const changed = content.slice();
        const middle = Math.floor(changed.length / 2);
        changed[middle] = (changed[middle] as number) ^ 1;
        const variants = [changed, content.slice(1), concat(content, new Uint8Array(1))];
        if (path.endsWith("/chain")) {
            // Zeros of epochs before the first: the core of this epoch stands last.
            changed.set(content);
            changed[changed.length - 1] = (changed.at(-1) as number) ^ 1;
        }
        for (const variant of variants) {
            const refused = visit(town, new Map([...files, [path, variant]]));
            await assert.rejects(
                refused,
                (error: unknown) => error instanceof Malformed || error instanceof StationFailed,
                path,
            );
        }
    }
    await visit(town, files);
});

test("a file that is gone is not asked for again", async () => {
    const town = new Town("gone");
    const clock = new TestClock(town.now());
    const door = new Door(town, town.publish(), clock);
    door.files.delete("/v1/epochs/1/bodies/01");
    const gone = download({ exchange: door.exchange, clock, newsroom: town.newsroom });
    await assert.rejects(gone, (error: unknown) => error instanceof StationFailed && error.status === 404);
    assert.equal(door.requests.length, 7);
});

test("another newsroom, a stale head, a wrong clock, a fork", async () => {
    const town = new Town("first");
    const clock = new TestClock(town.now());
    const door = new Door(town, town.publish(), clock);
    const common = { exchange: door.exchange, clock, newsroom: town.newsroom };
    await assert.rejects(download({ ...common, newsroom: new Town("second").newsroom }), ForeignNewsroom);
    assert.equal(door.requests.length, 2, "a station of another newsroom is not asked again");
    const { head } = (await download(common)).epoch;
    const memory = memoryOf(head);
    assert.equal((await download({ ...common, memory })).epoch.history, "SameEpoch");
    const forked = await download({ ...common, memory: { ...memory, chain: new Uint8Array(32) } });
    assert.equal(forked.epoch.history, "SAME_EPOCH_OTHER_CHAIN");
    assert.ok(!isCurrent(forked));
    await assert.rejects(postBundle(forked, door.exchange, new Uint8Array(33_088)), NotCurrent);
    door.files = town.publish();
    const later = await download({ ...common, memory });
    assert.equal(later.epoch.history, "Fresh");
    assert.equal(freshnessOf(later), "fresh");
    clock.pass(75_000);
    // A session does not stay good: who uploads or writes for long fetches another before posting.
    assert.equal(freshnessOf(later), "stale");
    const before = door.requests.length;
    await assert.rejects(postBundle(later, door.exchange, new Uint8Array(33_088)), NotCurrent);
    assert.equal(door.requests.length, before);
    assert.equal(freshnessOf(await download(common)), "stale");
    clock.pass(-145_000);
    assert.equal(freshnessOf(await download(common)), "clock-wrong");
});

test("what depends on the clock is judged after the last file", async () => {
    const town = new Town("expired");
    const clock = new TestClock(town.now() + 366 * 86_400_000);
    const door = new Door(town, town.publish(), clock);
    const expired = download({ exchange: door.exchange, clock, newsroom: town.newsroom });
    await assert.rejects(expired, (error: unknown) => error instanceof Malformed && error.reason === "OUT_OF_DATE");
    assert.equal(door.requests.length, 69);
});

test("evidence goes up at a whole step, chunk by chunk, each with its receipt", async () => {
    const town = new Town("upload");
    const one = await visit(town, town.publish());
    const options = { exchange: one.door.exchange, clock: one.clock, newsroomId: town.newsroom.id, pauses: [100, 200] };
    one.clock.pass(333);
    one.door.trouble = (request, nth) => {
        if (request.method === "PUT" && nth === 1) {
            throw new Error("connection lost");
        }
        return request.method === "PUT" && nth === 2 ? { status: 503, body: new Uint8Array(0) } : undefined;
    };
    const before = one.door.requests.length;
    await sealBytes(seeded("evidence")(70_000), uploader(one.session, options), seeded("keys"));
    const puts = one.door.requests.slice(before);
    assert.equal(puts.length, 3);
    assert.ok(puts.every((put) => put.body?.length === 262_208 && put.body === puts[0]?.body));
    assert.equal((one.door.times[before] as number) - (one.door.times[before - 1] as number) - 3, STEP);

    const putOnce = (body: Bytes, status = 200): Promise<unknown> => {
        one.door.trouble = (request) => (request.method === "PUT" ? { status, body } : undefined);
        return sealBytes(seeded("evidence")(10), uploader(one.session, options), seeded("keys"));
    };
    await assert.rejects(putOnce(new Uint8Array(68)), Malformed, "a receipt that is not signed");
    await assert.rejects(putOnce(new Uint8Array(0), 409), StationFailed);
    await assert.rejects(putOnce(new Uint8Array(0), 503), StationFailed);
});

test("a bundle that the station does not take is said to be so", async () => {
    const town = new Town("refused");
    const one = await visit(town, town.publish());
    for (const answer of [
        { status: 400, body: new Uint8Array(0) },
        { status: 202, body: new Uint8Array(31) },
        { status: 202, body: new Uint8Array(32).fill(1) },
        { status: 503, body: new Uint8Array(0) },
    ]) {
        one.door.trouble = (request) => (request.method === "POST" ? answer : undefined);
        await assert.rejects(postBundle(one.session, one.door.exchange, new Uint8Array(33_088)), StationFailed);
    }
});

test("a bundle has its form, whoever is addressed, and its order is drawn", async () => {
    const town = new Town("bundles");
    const source = party(seeded("source"));
    const { session } = await visit(town, town.publish());
    const { certificate, keys, head } = session.epoch;
    const setting = { newsroomId: town.newsroom.id, certificate, slot: head.slot };
    const letter = letterOf(seeded("letter"), "x");
    const compose = (addressees = keys.addressees, random = seeded("one")) =>
        composeBundle(source, addressees, letter, setting, random).body;
    for (const addressees of [keys.addressees.slice(1), keys.addressees]) {
        const body = compose(addressees);
        assert.equal(body.length, bundleLength(4));
        const points = rowsOf(body, 0).map(([, row]) => [row.slice(0, 32), row.slice(32, 64)] as const);
        points.flat().forEach((point) => decodeElement(point, "point"));
        assert.ok(points.every(([x, z]) => hex(x) !== hex(z)));
        assert.equal(new Set(points.map(([x]) => hex(x))).size, 4);
        const own = rowsOf(body, 0).filter(([, row]) => open(source, town.newsroom.id, row.slice(64)) !== undefined);
        assert.equal(own.length, 1, "one self-copy");
    }
    assert.throws(() => compose([]), RangeError);
    assert.throws(() => compose([...keys.addressees, ...keys.addressees]), RangeError);
    const [addressee] = keys.addressees;
    assert.throws(() => compose([{ journalist: addressee!.journalist, prekey: undefined }]), RangeError);
    assert.equal(
        resultOf(() => parseStructured(new Uint8Array(3440))),
        "UNKNOWN_VERSION",
    );
});
