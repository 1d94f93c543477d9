import type { NoteKey } from "../newsroom/note.ts";
import { checkTagged } from "../primitive/ed25519.ts";
import { concat, u32 } from "../wire/bytes.ts";
import { Reader } from "../wire/reader.ts";

/** The day until whose end the station holds a chunk, by its signed receipt (docs/spec 5.7). */
export function checkReceipt(
    receipt: Uint8Array,
    station: NoteKey,
    newsroomId: Uint8Array,
    id: Uint8Array,
    chunkHash: Uint8Array,
): number {
    const reader = new Reader(receipt);
    const day = reader.u32("day");
    const signature = reader.bytes(64, "signature");
    reader.end("receipt");
    checkTagged(station.key, "ll-chunk", concat(newsroomId, id, chunkHash, u32(day)), signature, "receipt");
    return day;
}
