import { hkdf } from "../primitive/hash.ts";
import { encodeScalar, multiplyBase, wide } from "../primitive/group.ts";
import { mlKemFromSeed, xWingPublic } from "../primitive/kem.ts";
import { clamp, publicX25519 } from "../primitive/x25519.ts";
import { type Bytes, concat, utf8, wipe } from "../wire/bytes.ts";

const SALT = utf8("securedrop-source-v1");

/** All keys of somebody who sends and receives: of a source from its passphrase, or fresh ones for a decoy. */
export interface Party {
    /** Scalar, 32 bytes. */
    readonly fetchSecret: Bytes;
    readonly fetchKey: Bytes;
    readonly x25519Secret: Bytes;
    readonly mlKemSecret: Bytes;
    /** X25519 32 || ML-KEM-768 1184. */
    readonly apkeKey: Bytes;
    /** X-Wing seed, 32 bytes. */
    readonly pkeSecret: Bytes;
    readonly pkeKey: Bytes;
}

/** The keys that follow from the 16 bytes of a passphrase (docs/spec 2.1). */
export function sourceKeys(entropy: Uint8Array): Party {
    const seed = (label: string, length: number): Bytes => hkdf(entropy, SALT, utf8(label), length);
    return partyFromSeeds(
        seed("sourcefetchkey", 64),
        seed("sourceAPKEkey-dh", 32),
        seed("sourceAPKEkey-mlkem", 64),
        seed("sourcePKEkey", 32),
    );
}

/** Keys from seeds of 64, 32, 64 and 32 bytes, which are wiped, but for the last, which is the secret key itself. */
export function partyFromSeeds(fetch: Bytes, dh: Bytes, mlKem: Bytes, pkeSecret: Bytes): Party {
    const scalar = wide(fetch);
    const x25519Secret = clamp(dh);
    const pair = mlKemFromSeed(mlKem);
    wipe(fetch, dh, mlKem);
    return {
        fetchSecret: encodeScalar(scalar),
        fetchKey: multiplyBase(scalar),
        x25519Secret,
        mlKemSecret: pair.secretKey,
        apkeKey: concat(publicX25519(x25519Secret), pair.publicKey),
        pkeSecret,
        pkeKey: xWingPublic(pkeSecret),
    };
}

export function wipeParty(party: Party): void {
    wipe(party.fetchSecret, party.x25519Secret, party.mlKemSecret, party.pkeSecret);
}
