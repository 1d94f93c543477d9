import {
    BEFORE_THE_FIRST,
    BODY_FILES,
    CHAIN_ENTRIES,
    type Freshness,
    type Head,
    type History,
    type Memory,
    freshness,
    history,
    isFork,
    openHead,
    peekEpoch,
} from "../epoch/head.ts";
import { BODY, HINT } from "../epoch/scan.ts";
import { type Certificate, openCertificate } from "../newsroom/certificate.ts";
import { KEYS_LIMIT, type Keys, openKeys } from "../newsroom/keys.ts";
import { type Newsroom, NOTE_LIMIT } from "../newsroom/note.ts";
import { sha256Fast } from "../primitive/hash.ts";
import { type Bytes, equal, isZero } from "../wire/bytes.ts";
import { Malformed, demand } from "../wire/malformed.ts";

/** A request to the station: the whole of what is sent. */
export interface Request {
    readonly method: "GET" | "POST" | "PUT";
    readonly path: string;
    readonly body?: Bytes;
    /** Bytes of an answer that are read at most. */
    readonly limit: number;
}

export interface Answer {
    readonly status: number;
    readonly body: Bytes;
}

/** Carries a request to the station; rejects when the connection fails. */
export type Exchange = (request: Request) => Promise<Answer>;

/** Clock and patience, injected. */
export interface Clock {
    /** Milliseconds since 1970, UTC. */
    readonly now: () => number;
    readonly sleep: (millis: number) => Promise<void>;
}

/** The station did not give what it must: no answer, or another one. */
export class StationFailed extends Error {
    readonly status: number | undefined;

    constructor(path: string, status: number | undefined) {
        super(`station: ${path}: ${status ?? "no answer"}`);
        this.name = "StationFailed";
        this.status = status;
    }
}

/** Everything of an epoch, each byte checked against its head (docs/spec 4.6, 4.11). */
export interface Epoch {
    readonly head: Head;
    readonly certificate: Certificate;
    readonly keys: Keys;
    readonly history: History;
    readonly freshness: Freshness;
    readonly hints: Bytes;
    readonly bodies: readonly Bytes[];
}

/** What a download tells while it runs. */
export interface DownloadOptions {
    readonly exchange: Exchange;
    readonly clock: Clock;
    readonly newsroom: Newsroom;
    /** The head that was seen last, in this tab; none before the first session. */
    readonly memory?: Memory;
    readonly progress?: (files: number, of: number) => void;
}

/** A session whose download is complete; what follows it goes out at whole steps. */
export interface Session {
    readonly epoch: Epoch;
    /** Returns at the next moment that is a whole number of steps after the last file came. */
    readonly step: () => Promise<void>;
}

const FILES = 5 + BODY_FILES;
const ATTEMPTS = 3;

/** Fetches `head`, `parameters`, `keys`, `chain`, `hints` and all `bodies` in this order, and checks them (docs/spec 4.11). */
export async function download(options: DownloadOptions): Promise<Session> {
    const { exchange, clock, newsroom } = options;
    const today = BigInt(Math.floor(clock.now() / 86_400_000));
    let count = 0;
    const file = async (path: string, limit: number, hash?: Bytes): Promise<Bytes> => {
        const body = await fetchFile(exchange, path, limit, hash);
        options.progress?.(++count, FILES);
        return body;
    };
    const note = await file("/v1/head", NOTE_LIMIT);
    const folder = `/v1/epochs/${peekEpoch(note)}`;
    const parameters = await file(`${folder}/parameters`, NOTE_LIMIT);
    const certificate = openCertificate(parameters, newsroom, today);
    const head = openHead(note, certificate.station);
    demand(equal(await sha256Fast(parameters), head.parameters), "WRONG_HASH", "parameters");
    const { slots, epoch: epochSeconds } = certificate.terms;
    const keys = openKeys(await file(`${folder}/keys`, KEYS_LIMIT, head.keys), newsroom, today);
    demand(keys.slot === head.slot, "BAD_FIELD", "prekey slot");
    const chain = await file(`${folder}/chain`, CHAIN_ENTRIES * 32);
    const hints = await file(`${folder}/hints`, slots * HINT, head.hints);
    demand(hints.length === slots * HINT, "TRUNCATED", "hints");
    const bodyLength = (slots / BODY_FILES) * BODY;
    const bodies: Bytes[] = [];
    for (const [i, hash] of head.bodies.entries()) {
        const body = await file(`${folder}/bodies/${String(i).padStart(2, "0")}`, bodyLength, hash);
        demand(body.length === bodyLength, "TRUNCATED", "bodies");
        bodies.push(body);
    }
    const came = clock.now();
    const epoch: Epoch = {
        head,
        certificate,
        keys,
        history: history(head, chain, options.memory ?? BEFORE_THE_FIRST),
        freshness: freshness(head, BigInt(Math.floor(came / 1000)), epochSeconds),
        hints,
        bodies,
    };
    return { epoch, step: () => nextStep(clock, came, Math.min(10_000, epochSeconds * 500)) };
}

/** Posts the bundle of a session, at a whole step (docs/spec 4.2, 6.4): a source posts one at most. */
export async function postBundle(session: Session, exchange: Exchange, body: Bytes): Promise<void> {
    await session.step();
    const request: Request = { method: "POST", path: "/v1/bundles", body, limit: 32 };
    const answer = await attempt(exchange, request);
    if (answer?.status !== 202 || answer.body.length !== 32 || !isZero(answer.body)) {
        throw new StationFailed(request.path, answer?.status);
    }
}

/** Body of the row at a position. */
export function bodyAt(epoch: Epoch, position: number): Uint8Array {
    const rows = epoch.certificate.terms.slots / BODY_FILES;
    const file = epoch.bodies[Math.floor(position / rows)] as Bytes;
    const at = (position % rows) * BODY;
    return file.subarray(at, at + BODY);
}

/** Whether an epoch is good enough to send under and to show as complete (docs/spec 4.9). */
export function isCurrent(epoch: Epoch): boolean {
    return epoch.freshness === "fresh" && !isFork(epoch.history);
}

async function fetchFile(exchange: Exchange, path: string, limit: number, hash?: Bytes): Promise<Bytes> {
    let answer: Answer | undefined;
    for (let tried = 0; tried < ATTEMPTS; tried++) {
        answer = await attempt(exchange, { method: "GET", path, limit });
        if (answer?.status === 200 && (hash === undefined || equal(await sha256Fast(answer.body), hash))) {
            return answer.body;
        }
    }
    if (answer?.status === 200) {
        throw new Malformed("WRONG_HASH", path);
    }
    throw new StationFailed(path, answer?.status);
}

async function attempt(exchange: Exchange, request: Request): Promise<Answer | undefined> {
    try {
        const answer = await exchange(request);
        return answer.body.length <= request.limit ? answer : undefined;
    } catch {
        return undefined;
    }
}

async function nextStep(clock: Clock, since: number, step: number): Promise<void> {
    const steps = Math.max(1, Math.ceil((clock.now() - since) / step));
    await clock.sleep(Math.max(0, since + steps * step - clock.now()));
}
