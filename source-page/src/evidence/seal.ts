import type { FileEntry, PartKey } from "../message/submission.ts";
import { Sha256 } from "../primitive/hash.ts";
import type { Random } from "../primitive/random.ts";
import { type Bytes, isZero, wipe } from "../wire/bytes.ts";
import { PIECE, SEGMENTS_PER_CHUNK, layout } from "./layout.ts";
import { PartSealer, chunkId, partCommitment } from "./part.ts";
import { ChunkTree } from "./tree.ts";

const CHUNK = SEGMENTS_PER_CHUNK * PIECE;

/** A file as a page holds it: read in stretches, never as a whole. */
export interface Readable {
    readonly size: number;
    /** The bytes from `from` to `to`; fewer if the file has become shorter. */
    read(from: number, to: number): Promise<Bytes>;
}

/** Takes a sealed chunk, and returns when the station has it. A chunk stays in memory until then, and is sealed once. */
export type ChunkSink = (id: Bytes, chunk: Bytes) => Promise<void>;

/** A file changed while it was read: its parts begin again under new keys (docs/spec 5.6). */
export class FileChanged extends Error {
    constructor() {
        super("the file changed while it was read");
        this.name = "FileChanged";
    }
}

/** What a sealed file is under in a submission. */
export type SealedFile = Pick<FileEntry, "size" | "chunkRoot" | "sha256" | "parts">;

/**
 * Seals a file chunk by chunk (docs/spec 5) in memory for two chunks, whatever its size. Every byte is read once, so that
 * the hashes and the sealed bytes are of the same content.
 */
export async function sealFile(file: Readable, sink: ChunkSink, random: Random): Promise<SealedFile> {
    const size = BigInt(file.size);
    const { parts: count, paddedPart } = layout(size);
    const tree = new ChunkTree();
    const hash = new Sha256();
    const parts: PartKey[] = [];
    for (let part = 0; part < count; part++) {
        const key = freshKey(random);
        parts.push({ key, commitment: partCommitment(key) });
        const sealer = await PartSealer.of(key, paddedPart);
        for (let from = 0, index = 0; from < paddedPart; from += CHUNK, index++) {
            const begin = part * paddedPart + from;
            const plaintext = new Uint8Array(Math.min(CHUNK, paddedPart - from));
            const read = await stretch(file, begin, Math.min(file.size, begin + plaintext.length));
            plaintext.set(read);
            hash.update(read);
            await tree.add(pieces(read));
            await sink(chunkId(key, index), await sealer.seal(index, plaintext));
            wipe(plaintext, read);
        }
    }
    if ((await file.read(file.size, file.size + 1)).length !== 0) {
        throw new FileChanged();
    }
    return { size, chunkRoot: tree.root(), sha256: hash.digest(), parts };
}

/** Seals bytes that are in memory as one part: a submission that does not fit (docs/spec 3.3, mode 1). */
export async function sealBytes(bytes: Bytes, sink: ChunkSink, random: Random): Promise<PartKey> {
    const sealed = await sealFile({ size: bytes.length, read: async (a, b) => bytes.slice(a, b) }, sink, random);
    return sealed.parts[0] as PartKey;
}

/** A part key is never zeros: those mean that it stands elsewhere (docs/spec 3.3). */
function freshKey(random: Random): Bytes {
    for (;;) {
        const key = random(32);
        if (!isZero(key)) {
            return key;
        }
    }
}

async function stretch(file: Readable, from: number, to: number): Promise<Bytes> {
    if (to <= from) {
        return new Uint8Array(0);
    }
    const read = await file.read(from, to);
    if (read.length !== to - from) {
        throw new FileChanged();
    }
    return read;
}

function pieces(bytes: Bytes): Uint8Array[] {
    return Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) =>
        bytes.subarray(i * PIECE, (i + 1) * PIECE),
    );
}
