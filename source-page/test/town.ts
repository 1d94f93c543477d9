import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { seal } from "../src/envelope/envelope.ts";
import { BEFORE_THE_FIRST, nextChain } from "../src/epoch/head.ts";
import { hintKey } from "../src/epoch/scan.ts";
import { type Structured, encodeStructured } from "../src/message/structured.ts";
import { type Newsroom, type NoteKey, idOf, noteKey, parseNewsroom, shortId } from "../src/newsroom/note.ts";
import { tagged } from "../src/primitive/ed25519.ts";
import { decodeElement, multiply, multiplyBase, wide } from "../src/primitive/group.ts";
import { sha256 } from "../src/primitive/hash.ts";
import type { Random } from "../src/primitive/random.ts";
import type { Answer, Clock, Exchange, Request } from "../src/session/session.ts";
import { type Party, partyFromSeeds } from "../src/source/keys.ts";
import { type Bytes, compare, concat, hex, u16, u32, u8, utf8 } from "../src/wire/bytes.ts";
import { base64 } from "../src/wire/text.ts";
import { seeded } from "./support.ts";

const DAY = 20_781n;
export const EPOCH_SECONDS = 5;
const SLOT = 41_562;

/** A journalist with all secrets; `state` is a word and a day. */
export interface Writer {
    readonly name: string;
    readonly seed: Bytes;
    readonly verifyingKey: Bytes;
    readonly longTerm: Party;
    /** Receives in this slot; its fetch key is the long-term one. */
    readonly prekey: Party;
    readonly state: string;
}

/** The half of the protocol that is not the source's, as far as the tests of a session need it. */
export class Town {
    readonly random: Random;
    readonly newsroom: Newsroom;
    readonly stationKey: NoteKey;
    readonly writers: readonly Writer[];
    readonly slots = 64;
    readonly envelopes = 4;
    readonly #rootSeed: Bytes;
    readonly #stationSeed: Bytes;
    #epoch = 0n;
    #chain: Bytes = BEFORE_THE_FIRST.chain;
    readonly #cores: Bytes[] = [];

    constructor(seed: string, states: readonly string[] = ["active 20781", "active 20781"]) {
        this.random = seeded(seed);
        this.#rootSeed = this.random(32);
        this.#stationSeed = this.random(32);
        const root = noteKey("canal-post/newsroom", publicOf(this.#rootSeed));
        const encoded = base64(concat(u8(1), root.key));
        this.newsroom = parseNewsroom(`${root.name}+${hex(idOf(root))}+${encoded}`);
        this.stationKey = noteKey("canal-post/station", publicOf(this.#stationSeed));
        this.writers = states
            .map((state, i) => this.#writer(`Writer ${i}`, state))
            .sort((a, b) => compare(a.verifyingKey, b.verifyingKey));
    }

    /** Unix milliseconds at which the newest epoch is fresh. */
    now(): number {
        return Number(DAY) * 86_400_000 + Number(this.#epoch) * EPOCH_SECONDS * 1000 + 700;
    }

    signReceipt(id: Uint8Array, chunk: Uint8Array): Bytes {
        const day = u32(20_900);
        const message = concat(this.newsroom.id, id, sha256(chunk), day);
        return concat(day, ed25519.sign(tagged("ll-chunk", message), this.#stationSeed));
    }

    /** A row `X || Z || envelope` by a journalist, to a source. */
    letterTo(source: Party, writer: Writer, structured: Structured): Bytes {
        const sender: Party = { ...writer.longTerm, pkeKey: writer.prekey.pkeKey };
        return seal(sender, source, this.newsroom.id, encodeStructured(structured), this.random);
    }

    message(kind: Structured["kind"], content: Bytes, more: Partial<Structured> = {}): Structured {
        const common = { slot: SLOT, messageId: this.random(16), part: 1, parts: 1, reference: new Uint8Array(16) };
        return { kind, ...common, addressees: [], content, ...more };
    }

    /** All files of the next epoch by their paths; rows stand at the given positions, decoys elsewhere. */
    publish(rows: ReadonlyMap<number, Bytes> = new Map()): Map<string, Bytes> {
        this.#epoch++;
        const folder = `/v1/epochs/${this.#epoch}`;
        const files = new Map<string, Bytes>([["/v1/head", new Uint8Array(0)]]);
        files.set(`${folder}/parameters`, this.#certificate());
        files.set(`${folder}/keys`, this.#keys());
        files.set(`${folder}/chain`, new Uint8Array(0));
        const built = Array.from({ length: this.slots }, (_, at) => this.#row(rows.get(at) ?? this.#decoyRow()));
        files.set(`${folder}/hints`, concat(...built.map((row) => row.hint)));
        const names = built.map((_, i) => `bodies/${String(i).padStart(2, "0")}`);
        built.forEach((row, i) => files.set(`${folder}/${names[i]}`, row.body));
        const hashOf = (name: string): string => hex(sha256(files.get(`${folder}/${name}`) as Bytes));
        const lines = [
            "lamplighter-head/v1",
            "origin canal-post",
            `epoch ${this.#epoch}`,
            `time ${DAY * 86_400n + this.#epoch * BigInt(EPOCH_SECONDS)}`,
            `prekey-slot ${SLOT}`,
            ...["parameters", "keys", "hints"].map((name) => `${name} ${hashOf(name)}`),
            ...names.map((name) => `body ${name.slice(7)} ${hashOf(name)}`),
        ];
        const text = `${lines.join("\n")}\n`;
        this.#cores.push(sha256(utf8(text)));
        this.#chain = nextChain(this.#chain, this.#cores.at(-1) as Bytes);
        files.set(`${folder}/chain`, concat(new Uint8Array(32 * (512 - this.#cores.length)), ...this.#cores));
        files.set("/v1/head", signNote(this.stationKey, this.#stationSeed, `${text}chain ${hex(this.#chain)}\n`));
        return files;
    }

    #writer(name: string, state: string): Writer {
        const seed = this.random(32);
        const longTerm = party(this.random);
        const prekey = { ...party(this.random), fetchKey: longTerm.fetchKey, fetchSecret: longTerm.fetchSecret };
        return { name, seed, verifyingKey: publicOf(seed), longTerm, prekey, state };
    }

    #certificate(): Bytes {
        const lines = [
            "lamplighter-station/v1",
            ...this.#common(),
            `station ${hex(this.stationKey.key)}`,
            "serial 1",
            `issued ${DAY}`,
            `expires ${DAY + 365n}`,
            "profile demo",
            `slots ${this.slots}`,
            `envelopes ${this.envelopes}`,
            `epoch-seconds ${EPOCH_SECONDS}`,
            "ttl-seconds 600",
            "expiry-seconds 60",
            "burst-seconds 180",
            "waiting-seconds 120",
            "prekey-seconds 43200",
            "answer-millis 250",
            "chunk-ttl-days 90",
            "chunk-bytes-per-day 17179869184",
        ];
        return signNote(this.newsroom.root, this.#rootSeed, `${lines.join("\n")}\n`);
    }

    #common(): string[] {
        return ["origin canal-post", `newsroom ${hex(this.newsroom.id)}`];
    }

    #keys(): Bytes {
        const journalists = this.writers.map((one) => {
            const keys = concat(one.longTerm.apkeKey, one.longTerm.fetchKey);
            const self = ed25519.sign(tagged("j-sig-ltk", keys), one.seed);
            const signed = ed25519.sign(tagged("nr-sig", one.verifyingKey), this.#rootSeed);
            const fields = [hex(one.verifyingKey), one.state, base64(self), base64(signed), base64(keys), one.name];
            return `journalist ${fields.join(" ")}`;
        });
        const lines = [
            "lamplighter-roster/v1",
            ...this.#common(),
            "serial 1",
            `issued ${DAY}`,
            `expires ${DAY + 365n}`,
        ];
        const roster = signNote(this.newsroom.root, this.#rootSeed, `${[...lines, ...journalists].join("\n")}\n`);
        const active = this.writers.filter((one) => one.state.startsWith("active"));
        const entries = active.map((one) => this.#entry(one));
        return concat(u8(1), u32(SLOT), u32(roster.length), roster, u16(active.length), ...entries);
    }

    /** The entry of the last of 64 uploaded slots. */
    #entry(writer: Writer): Bytes {
        const first = SLOT - 63;
        const { apkeKey, pkeKey } = writer.prekey;
        let nodes = Array.from({ length: 64 }, (_, i) => sha256(u8(0), u32(first + i), apkeKey, pkeKey));
        const path: Bytes[] = [];
        while (nodes.length > 1) {
            path.push(nodes.at(-2) as Bytes);
            nodes = Array.from({ length: nodes.length / 2 }, (_, i) =>
                sha256(u8(1), nodes[2 * i] as Bytes, nodes[2 * i + 1] as Bytes),
            );
        }
        const root = nodes[0] as Bytes;
        const message = concat(this.newsroom.id, writer.verifyingKey, u32(first), u16(64), root);
        const signature = ed25519.sign(tagged("ll-j-slots", message), writer.seed);
        return concat(u8(1), u32(first), root, signature, apkeKey, pkeKey, ...path);
    }

    #row(posted: Bytes): { hint: Bytes; body: Bytes } {
        const r = wide(this.random(64));
        const q = multiply(decodeElement(posted.subarray(0, 32), "X"), r);
        const shared = multiply(decodeElement(posted.subarray(32, 64), "Z"), r);
        const okm = hintKey(shared, q, this.#epoch, this.newsroom.id);
        const body = chacha20poly1305(okm.subarray(16), new Uint8Array(12)).encrypt(posted.subarray(64));
        return { hint: concat(q, okm.subarray(0, 16)), body: new Uint8Array(body) };
    }

    #decoyRow(): Bytes {
        return concat(multiplyBase(wide(this.random(64))), multiplyBase(wide(this.random(64))), this.random(8176));
    }
}

/** A station that serves files, takes bundles and chunks, and notes what it was asked for. */
export class Door {
    readonly requests: Request[] = [];
    readonly times: number[] = [];
    readonly exchange: Exchange;
    files: Map<string, Bytes>;
    /** Called first; an answer, or a rejection, is the station's. */
    trouble: (request: Request, nth: number) => Answer | undefined = () => undefined;

    constructor(town: Town, files: Map<string, Bytes>, clock: TestClock) {
        this.files = files;
        this.exchange = async (request) => {
            this.requests.push(request);
            this.times.push(clock.now());
            clock.pass(3);
            const nth = this.requests.filter((one) => one.path === request.path).length;
            return this.trouble(request, nth) ?? this.#answer(town, request);
        };
    }

    /** What an observer of the connection sees. */
    shape(): string[] {
        return this.requests.map((one) => `${one.method} ${one.path} ${one.body?.length ?? 0}`);
    }

    #answer(town: Town, request: Request): Answer {
        if (request.method === "POST") {
            return { status: 202, body: new Uint8Array(32) };
        }
        if (request.method === "PUT") {
            const id = new Uint8Array(Buffer.from(request.path.slice("/v1/chunks/".length), "hex"));
            return { status: 200, body: town.signReceipt(id, request.body as Bytes) };
        }
        const body = this.files.get(request.path);
        return body === undefined ? { status: 404, body: new Uint8Array(0) } : { status: 200, body };
    }
}

/** A clock that moves when it is told to, and when somebody sleeps. */
export class TestClock implements Clock {
    #now: number;

    constructor(now: number) {
        this.#now = now;
    }

    readonly now = (): number => this.#now;

    readonly sleep = async (millis: number): Promise<void> => this.pass(millis);

    pass(millis: number): void {
        this.#now += millis;
    }
}

export function party(random: Random): Party {
    return partyFromSeeds(random(64), random(32), random(64), random(32));
}

export function idOfWriter(writer: Writer): Bytes {
    return shortId(writer.verifyingKey);
}

function publicOf(seed: Bytes): Bytes {
    return new Uint8Array(ed25519.getPublicKey(seed));
}

function signNote(signer: NoteKey, seed: Bytes, text: string): Bytes {
    const signature = ed25519.sign(utf8(text), seed);
    return utf8(`${text}\n— ${signer.name} ${base64(concat(idOf(signer), signature))}\n`);
}
