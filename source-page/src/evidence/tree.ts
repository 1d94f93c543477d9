import { sha256, sha256Fast } from "../primitive/hash.ts";
import { type Bytes, concat, u8 } from "../wire/bytes.ts";

const LEAF = u8(0);
const NODE = u8(1);

/**
 * The chunk tree of a file (docs/spec 5.1), fed with its pieces in order: RFC 6962's shape, in memory that grows with the
 * logarithm of the file alone.
 */
export class ChunkTree {
    /** Roots of complete trees, the greatest first, each with its number of leaves. */
    readonly #roots: { readonly leaves: number; readonly hash: Bytes }[] = [];

    /** Adds the pieces of a stretch of the file, hashed side by side. */
    async add(pieces: readonly Uint8Array[]): Promise<void> {
        const leaves = await Promise.all(pieces.map((piece) => sha256Fast(concat(LEAF, piece))));
        leaves.forEach((hash) => this.#push(hash));
    }

    root(): Bytes {
        const last = this.#roots.at(-1);
        if (last === undefined) {
            return sha256();
        }
        return this.#roots.slice(0, -1).reduceRight((right, left) => sha256(NODE, left.hash, right), last.hash);
    }

    #push(leaf: Bytes): void {
        let [leaves, hash] = [1, leaf];
        for (let last = this.#roots.at(-1); last?.leaves === leaves; last = this.#roots.at(-1)) {
            this.#roots.pop();
            hash = sha256(NODE, last.hash, hash);
            leaves *= 2;
        }
        this.#roots.push({ leaves, hash });
    }
}
