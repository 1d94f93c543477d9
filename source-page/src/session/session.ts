import {
    BEFORE_THE_FIRST,
    BODY_FILES,
    CHAIN_ENTRIES,
    type Freshness,
    type Head,
    type History,
    type Memory,
    checkTimes,
    freshness,
    history,
    isFork,
    openHead,
    peekEpoch,
    readChain,
} from "../epoch/head.ts";
import { BODY, HINT } from "../epoch/scan.ts";
import { type Certificate, checkToday, openCertificate } from "../newsroom/certificate.ts";
import { KEYS_LIMIT, type Keys, openKeys } from "../newsroom/keys.ts";
import { type Newsroom, NOTE_LIMIT } from "../newsroom/note.ts";
import { sha256, sha256Fast } from "../primitive/hash.ts";
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
    readonly clock: Clock;
    /** Returns at the next moment that is a whole number of steps after the last file came. */
    readonly step: () => Promise<void>;
}

const FILES = 5 + BODY_FILES;
/** A file that fails is fetched again alone, so often (docs/spec 4.11). */
const AGAIN = 3;

/**
 * Fetches `head`, `parameters`, `keys`, `chain`, `hints` and all `bodies` in this order (docs/spec 4.11). What every client
 * would refuse alike ends the download at once; what depends on this client's clock and memory is judged after the last file.
 */
export async function download(options: DownloadOptions): Promise<Session> {
    const { exchange, clock, newsroom } = options;
    let count = 0;
    const file = async <T>(path: string, limit: number, verify: (bytes: Bytes) => T | Promise<T>): Promise<T> => {
        const verified = await fetchFile(exchange, path, limit, verify);
        options.progress?.(++count, FILES);
        return verified;
    };
    const note = await file("/v1/head", NOTE_LIMIT, (bytes) => bytes);
    const folder = `/v1/epochs/${peekEpoch(note)}`;
    const parameters = await file(`${folder}/parameters`, NOTE_LIMIT, (bytes) => {
        requireOurs(bytes, newsroom);
        return bytes;
    });
    const { certificate, head } = verifyHead(note, parameters, newsroom);
    const { terms } = certificate;
    const keys = await file(`${folder}/keys`, KEYS_LIMIT, async (bytes) => {
        await checkHash(bytes, head.keys, "keys");
        return openKeys(bytes, newsroom);
    });
    demand(keys.slot === head.slot, "BAD_FIELD", "prekey slot");
    const chain = await file(`${folder}/chain`, CHAIN_ENTRIES * 32, (bytes) => readChain(head, bytes));
    const sized = (name: string, length: number, hash: Bytes): Promise<Bytes> =>
        file(`${folder}/${name}`, length, async (bytes) => {
            demand(bytes.length === length, "TRUNCATED", name);
            await checkHash(bytes, hash, name);
            return bytes;
        });
    const hints = await sized("hints", terms.slots * HINT, head.hints);
    const bodies: Bytes[] = [];
    for (const [i, hash] of head.bodies.entries()) {
        bodies.push(await sized(`bodies/${String(i).padStart(2, "0")}`, (terms.slots / BODY_FILES) * BODY, hash));
    }
    const came = clock.now();
    const today = BigInt(Math.floor(came / 86_400_000));
    checkToday(certificate.validity, today);
    checkToday(keys.roster.validity, today);
    const epoch: Epoch = {
        head,
        certificate,
        keys,
        history: history(chain, options.memory ?? BEFORE_THE_FIRST),
        hints,
        bodies,
    };
    return { epoch, clock, step: () => nextStep(clock, came, Math.min(10_000, terms.epoch * 500)) };
}

/** The station is not one of the newsroom whose key is pinned. */
export class ForeignNewsroom extends Error {
    constructor() {
        super("the station is not one of this newsroom");
        this.name = "ForeignNewsroom";
    }
}

function requireOurs(parameters: Bytes, newsroom: Newsroom): void {
    try {
        openCertificate(parameters, newsroom);
    } catch (refusal) {
        throw refusal instanceof Malformed && refusal.reason === "WRONG_SIGNER" ? new ForeignNewsroom() : refusal;
    }
}

/** The certificate, and the head that its station signed and that names it. */
function verifyHead(note: Bytes, parameters: Bytes, newsroom: Newsroom): { certificate: Certificate; head: Head } {
    const certificate = openCertificate(parameters, newsroom);
    const head = openHead(note, certificate.station);
    demand(equal(sha256(parameters), head.parameters), "WRONG_HASH", "parameters");
    checkTimes(head, certificate.terms);
    return { certificate, head };
}

/** The head is not of this time, or a fork: nothing is sent under it (docs/spec 4.8, 4.9). */
export class NotCurrent extends Error {
    constructor() {
        super("the head is not current");
        this.name = "NotCurrent";
    }
}

/**
 * Posts the bundle of a session, at a whole step (docs/spec 4.2, 6.4): a source posts one at most. After a long upload the
 * head is not current any more; then the bundle is sealed again for a new session.
 */
export async function postBundle(session: Session, exchange: Exchange, body: Bytes): Promise<void> {
    if (!isCurrent(session)) {
        throw new NotCurrent();
    }
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

/** How the head of a session compares with the clock now (docs/spec 4.9). */
export function freshnessOf({ epoch, clock }: Session): Freshness {
    return freshness(epoch.head, BigInt(Math.floor(clock.now() / 1000)), epoch.certificate.terms.epoch);
}

/** Whether a session is good enough to send under and to show as complete, now. */
export function isCurrent(session: Session): boolean {
    return freshnessOf(session) === "fresh" && !isFork(session.epoch.history);
}

async function checkHash(bytes: Bytes, hash: Bytes, what: string): Promise<void> {
    demand(equal(await sha256Fast(bytes), hash), "WRONG_HASH", what);
}

/** Another try can change that there was no answer, or a wrong file; not that the station said something else. */
async function fetchFile<T>(
    exchange: Exchange,
    path: string,
    limit: number,
    verify: (bytes: Bytes) => T | Promise<T>,
): Promise<T> {
    let failure: Error = new StationFailed(path, undefined);
    for (let tries = 0; tries <= AGAIN; tries++) {
        const answer = await attempt(exchange, { method: "GET", path, limit });
        if (answer === undefined) {
            failure = new StationFailed(path, undefined);
            continue;
        }
        if (answer.status !== 200) {
            throw new StationFailed(path, answer.status);
        }
        try {
            return await verify(answer.body);
        } catch (refusal) {
            if (!(refusal instanceof Malformed)) {
                throw refusal;
            }
            failure = refusal;
        }
    }
    throw failure;
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
