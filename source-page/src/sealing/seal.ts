import type { FileEntry } from "../message/submission.ts";
import type { Addressee } from "../newsroom/keys.ts";
import type { Trustee } from "../newsroom/roster.ts";
import { hkdf, sha256 } from "../primitive/hash.ts";
import { sealBase } from "../primitive/hpke.ts";
import type { Random } from "../primitive/random.ts";
import { wordsOfBits } from "../source/words.ts";
import { type Bytes, concat, u8, utf8, wipe } from "../wire/bytes.ts";
import type { SealedKeys, SealedShare } from "./sealed.ts";
import { split } from "./shamir.ts";

const NONE = new Uint8Array(0);

/** Somebody who is to hold a share: id 8, and the X-Wing key it is sealed to. */
export interface Holder {
    readonly kind: 1 | 2;
    readonly id: Bytes;
    readonly pkeKey: Bytes;
}

/** Files whose keys are sealed, with their keys zeroed. */
export interface Locked {
    readonly files: readonly FileEntry[];
    readonly sealing: SealedKeys;
}

/** A journalist holds a share under the prekey of this slot. */
export function journalistHolder(addressee: Addressee): Holder {
    if (addressee.prekey === undefined) {
        throw new RangeError("a holder without a prekey");
    }
    return { kind: 1, id: addressee.journalist.id, pkeKey: addressee.prekey.pkeKey };
}

export function trusteeHolder(trustee: Trustee): Holder {
    return { kind: 2, id: trustee.id, pkeKey: trustee.pkeKey };
}

/** Seals the part keys of files so that any k of the holders open them (docs/spec 7). */
export async function lock(
    files: readonly FileEntry[],
    holders: readonly Holder[],
    k: number,
    random: Random,
): Promise<Locked> {
    const parts = files.flatMap((file) => file.parts);
    const [setId, secret, salt] = [random(8), random(32), random(32)] as const;
    const n = holders.length;
    const h = binding(
        setId,
        k,
        n,
        parts.map((part) => part.commitment),
    );
    const shares = split(secret, k, n, random);
    const sealedShares = shares.map((share, i): SealedShare => {
        const { kind, id, pkeKey } = holders[i] as Holder;
        const context = shareContext(setId, i + 1, k, n, h);
        const sealed = sealBase(pkeKey, context, NONE, share, random(64));
        return { hash: sha256(context, share), kind, holderId: id, sealed };
    });
    const keys = await sealPartKeys(secret, setId, h, concat(...parts.map((part) => part.key)));
    const secretHash = sha256(salt, secret);
    wipe(secret, ...shares);
    return {
        files: files.map((file) => ({
            ...file,
            parts: file.parts.map((part) => ({ key: new Uint8Array(32), commitment: part.commitment })),
        })),
        sealing: { setId, k, salt, secretHash, holders: sealedShares, keys },
    };
}

/** What sealed keys are bound to: set, rule and commitments (docs/spec 7.3). */
export function binding(setId: Uint8Array, k: number, n: number, commitments: readonly Uint8Array[]): Bytes {
    return sha256(utf8("ll-seal-bind/v1"), setId, u8(k), u8(n), ...commitments);
}

/** The four words by which people see that they are asked for the same files (docs/spec 7.2). */
export function evidenceWords(h: Uint8Array): string {
    return wordsOfBits(h, 4).join(" ");
}

export function shareContext(setId: Uint8Array, index: number, k: number, n: number, h: Uint8Array): Bytes {
    return concat(utf8("ll-share/v1"), setId, u8(index), u8(k), u8(n), h);
}

async function sealPartKeys(secret: Bytes, setId: Bytes, h: Bytes, keys: Bytes): Promise<Bytes> {
    const raw = hkdf(secret, NONE, concat(utf8("ll-seal-kek/v1"), setId), 32);
    const key = await globalThis.crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    const additionalData = concat(utf8("ll-seal/1"), h);
    const sealed = await globalThis.crypto.subtle.encrypt(
        { name: "AES-GCM", iv: new Uint8Array(12), additionalData, tagLength: 128 },
        key,
        keys,
    );
    wipe(raw, keys);
    return new Uint8Array(sealed);
}
