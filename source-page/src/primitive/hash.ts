import { expand, extract, hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { type Bytes, copy } from "../wire/bytes.ts";

/** SHA-256 over the parts in order. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
    const hash = nobleSha256.create();
    for (const part of parts) {
        hash.update(part);
    }
    return copy(hash.digest());
}

/** A SHA-256 that is fed piece by piece. */
export class Sha256 {
    readonly #hash = nobleSha256.create();

    update(bytes: Uint8Array): void {
        this.#hash.update(bytes);
    }

    digest(): Bytes {
        return copy(this.#hash.digest());
    }
}

/** HKDF-SHA256; an empty salt is 32 zero bytes (docs/spec 0.4). */
export function hkdf(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Bytes {
    return copy(nobleHkdf(nobleSha256, ikm, salt, info, length));
}

export function hkdfExtract(ikm: Uint8Array, salt: Uint8Array): Bytes {
    return copy(extract(nobleSha256, ikm, salt));
}

export function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Bytes {
    return copy(expand(nobleSha256, prk, info, length));
}

/** SHA-256 by WebCrypto, which is fast without a compiler too. */
export async function sha256Fast(bytes: Bytes): Promise<Bytes> {
    return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
}
