import { hkdf } from "../primitive/hash.ts";
import { type Bytes, concat, u32, utf8, wipe } from "../wire/bytes.ts";
import { PIECE, SEGMENTS_PER_CHUNK, SEGMENT_SEALED } from "./layout.ts";

const NO_SALT = new Uint8Array(0);
const AAD = utf8("ll-part/1");

/** 32 bytes by which openers know that this is the key (docs/spec 5.3). */
export function partCommitment(partKey: Uint8Array): Bytes {
    return hkdf(partKey, NO_SALT, utf8("ll-part-commit/v1"), 32);
}

/** The AES-256-GCM key of a part. */
export function partEncryptionKey(partKey: Uint8Array): Bytes {
    return hkdf(partKey, NO_SALT, utf8("ll-part-key/v1"), 32);
}

/** The id of chunk `index` of a part, 16 bytes. */
export function chunkId(partKey: Uint8Array, index: number): Bytes {
    return hkdf(partKey, NO_SALT, concat(utf8("ll-chunk-id/v1"), u32(index)), 16);
}

/** Seals the segments of one part; the key is imported so that it cannot be taken out again. */
export class PartSealer {
    readonly #key: CryptoKey;
    readonly #segments: number;

    private constructor(key: CryptoKey, segments: number) {
        this.#key = key;
        this.#segments = segments;
    }

    /** For a part of `padded` bytes under a part key. */
    static async of(partKey: Uint8Array, padded: number): Promise<PartSealer> {
        const raw = partEncryptionKey(partKey);
        const key = await globalThis.crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
        wipe(raw);
        return new PartSealer(key, padded / PIECE);
    }

    /** The sealed chunk `index` of plaintext that is padded already (docs/spec 5.4). */
    async seal(index: number, plaintext: Bytes): Promise<Bytes> {
        const first = index * SEGMENTS_PER_CHUNK;
        const count = plaintext.length / PIECE;
        const out = new Uint8Array(count * SEGMENT_SEALED);
        const one = async (i: number): Promise<void> => {
            const sealed = await globalThis.crypto.subtle.encrypt(
                { name: "AES-GCM", iv: this.#nonce(first + i), additionalData: AAD, tagLength: 128 },
                this.#key,
                plaintext.subarray(i * PIECE, (i + 1) * PIECE),
            );
            out.set(new Uint8Array(sealed), i * SEGMENT_SEALED);
        };
        await Promise.all(Array.from({ length: count }, (_, i) => one(i)));
        return out;
    }

    /** `j as 11 bytes || f`, f = 1 for the last segment of the part. */
    #nonce(segment: number): Bytes {
        return concat(new Uint8Array(7), u32(segment), new Uint8Array([segment === this.#segments - 1 ? 1 : 0]));
    }
}
