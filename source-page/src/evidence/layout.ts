/** Bytes of a piece of the chunk tree, and of a segment before it is sealed. */
export const PIECE = 65_536;
export const SEGMENT_SEALED = PIECE + 16;
export const SEGMENTS_PER_CHUNK = 64;

const MIB = 1024 * 1024;
const PART = 256 * MIB;
const CLASSES = [PIECE, 4 * PIECE, MIB, 4 * MIB, 16 * MIB, 32 * MIB, 64 * MIB, 128 * MIB, PART] as const;

/** How a file of some size is cut (docs/spec 5.2, 5.5). */
export interface Layout {
    readonly parts: bigint;
    /** Bytes of each part after padding. */
    readonly paddedPart: number;
    readonly chunksPerPart: number;
    /** Bytes of each sealed chunk. */
    readonly chunkLength: number;
}

export function layout(size: bigint): Layout {
    const parts = size <= BigInt(PART) ? 1n : (size + BigInt(PART) - 1n) / BigInt(PART);
    const paddedPart = CLASSES.find((one) => size <= BigInt(one)) ?? PART;
    const segments = paddedPart / PIECE;
    const chunksPerPart = Math.ceil(segments / SEGMENTS_PER_CHUNK);
    return { parts, paddedPart, chunksPerPart, chunkLength: (segments / chunksPerPart) * SEGMENT_SEALED };
}
