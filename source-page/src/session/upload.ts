import type { ChunkSink } from "../evidence/seal.ts";
import { checkReceipt } from "../evidence/receipt.ts";
import { sha256Fast } from "../primitive/hash.ts";
import type { Bytes } from "../wire/bytes.ts";
import { hex } from "../wire/bytes.ts";
import { type Answer, type Clock, type Exchange, type Session, StationFailed } from "./session.ts";

const RECEIPT = 68;

/** How an upload goes on when the connection does not. */
export interface UploadOptions {
    readonly exchange: Exchange;
    readonly clock: Clock;
    readonly newsroomId: Bytes;
    /** Milliseconds to wait before each further try of a chunk; when none is left, the upload has failed. */
    readonly pauses: readonly number[];
    readonly progress?: (chunkBytes: number) => void;
}

/**
 * A sink that puts chunks one after the other, the first at a whole step of the session (docs/spec 4.11), and checks the
 * receipt of each (docs/spec 5.7). A chunk that did not come through is sent again as it is.
 */
export function uploader(session: Session, options: UploadOptions): ChunkSink {
    let begun = false;
    const station = session.epoch.certificate.station;
    return async (id, chunk) => {
        if (!begun) {
            await session.step();
            begun = true;
        }
        const path = `/v1/chunks/${hex(id)}`;
        const answer = await put(path, chunk, options);
        checkReceipt(answer.body, station, options.newsroomId, id, await sha256Fast(chunk));
        options.progress?.(chunk.length);
    };
}

/** Another try can change that there was no answer, or 503. */
async function put(path: string, body: Bytes, options: UploadOptions): Promise<Answer> {
    let status: number | undefined;
    for (const pause of [0, ...options.pauses]) {
        await options.clock.sleep(pause);
        try {
            const answer = await options.exchange({ method: "PUT", path, body, limit: RECEIPT });
            if (answer.status === 200) {
                return answer;
            }
            status = answer.status;
        } catch {
            status = undefined;
        }
        if (status !== undefined && status !== 503) {
            break;
        }
    }
    throw new StationFailed(path, status);
}
