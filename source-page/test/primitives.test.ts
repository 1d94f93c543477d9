import assert from "node:assert/strict";
import { test } from "node:test";
import { tagged, verifies } from "../src/primitive/ed25519.ts";
import { decodeElement, decodeScalar, encodeScalar, multiply, multiplyBase, wide } from "../src/primitive/group.ts";
import {
    authDecapsulate,
    authEncapsulate,
    authPskSchedule,
    baseSchedule,
    openBase,
    sealBase,
    sealOnce,
} from "../src/primitive/hpke.ts";
import {
    mlKemDecapsulate,
    mlKemEncapsulate,
    mlKemFromSeed,
    xWingDecapsulate,
    xWingEncapsulate,
    xWingPublic,
} from "../src/primitive/kem.ts";
import { checkX25519, publicX25519 } from "../src/primitive/x25519.ts";
import { hex } from "../src/wire/bytes.ts";
import { type Json, assertHex, bytes, each, resultOf, vectors } from "./support.ts";

const NONE = new Uint8Array(0);

test("ML-KEM-768: keys from seeds, given randomness, implicit rejection", () => {
    each(vectors("mlkem768.json").vectors, (one: Json) => {
        const pair = mlKemFromSeed(bytes(one.seed_d_z));
        assertHex(pair.secretKey, one.dk, "dk");
        assertHex(pair.publicKey, one.ek, "ek");
        const { ciphertext, secret } = mlKemEncapsulate(pair.publicKey, bytes(one.m));
        assertHex(ciphertext, one.ct, "ct");
        assertHex(secret, one.ss, "ss");
        assertHex(mlKemDecapsulate(ciphertext, pair.secretKey), one.ss, "decapsulated");
        assertHex(mlKemDecapsulate(bytes(one.implicit_reject.ct), pair.secretKey), one.implicit_reject.ss, "rejected");
    });
});

test("X-Wing: keys from seeds, given randomness, implicit rejection", () => {
    each(vectors("xwing.json").vectors, (one: Json) => {
        assertHex(xWingPublic(bytes(one.sk)), one.pk, "pk");
        const { ciphertext, secret } = xWingEncapsulate(bytes(one.pk), bytes(one.encaps_randomness));
        assertHex(ciphertext, one.ct, "ct");
        assertHex(secret, one.ss, "ss");
        assertHex(xWingDecapsulate(ciphertext, bytes(one.sk)), one.ss, "decapsulated");
        assertHex(xWingDecapsulate(bytes(one.implicit_reject.ct), bytes(one.sk)), one.implicit_reject.ss, "rejected");
    });
});

test("HPKE Base with X-Wing: key schedule, sealing, opening", () => {
    each(vectors("hpke_base_xwing.json").vectors, (one: Json) => {
        const schedule = baseSchedule(bytes(one.shared_secret), NONE);
        assertHex(schedule.key, one.key_schedule.key, "key");
        assertHex(schedule.nonce, one.key_schedule.base_nonce, "nonce");
        const sealed = sealBase(bytes(one.pk), NONE, NONE, bytes(one.pt), bytes(one.encaps_randomness));
        assertHex(sealed, one.enc + one.ct, "sealed");
        assertHex(openBase(bytes(one.sk), NONE, NONE, sealed) ?? NONE, one.pt, "opened");
        sealed[sealed.length - 1] = (sealed.at(-1) as number) ^ 1;
        assert.equal(openBase(bytes(one.sk), NONE, NONE, sealed), undefined);
    });
});

test("DHKEM AuthPSK: encapsulation, key schedule, sealing", () => {
    each(vectors("dhkem_auth_psk.json").vectors, (one: Json) => {
        assertHex(publicX25519(bytes(one.sender_sk)), one.sender_pk, "sender");
        const kem = authEncapsulate(bytes(one.recipient_pk), bytes(one.sender_sk), bytes(one.kem.ikm_e));
        assertHex(kem.ciphertext, one.kem.enc, "enc");
        assertHex(kem.secret, one.kem.shared_secret, "shared secret");
        const decapsulated = authDecapsulate(bytes(one.kem.enc), bytes(one.recipient_sk), bytes(one.sender_pk));
        assertHex(decapsulated, one.kem.shared_secret, "decapsulated");
        const schedule = authPskSchedule(kem.secret, bytes(one.info), bytes(one.psk), bytes(one.psk_id));
        assertHex(schedule.key, one.key_schedule.key, "key");
        assertHex(schedule.nonce, one.key_schedule.base_nonce, "nonce");
        assertHex(sealOnce(schedule, bytes(one.aad), bytes(one.pt)), one.ct, "sealed");
    });
});

test("Ed25519 under tags", () => {
    each(vectors("ed25519_tagged.json").vectors, (one: Json) => {
        const preimage = tagged(one.tag, bytes(one.message));
        assertHex(preimage, one.preimage, "preimage");
        assert.ok(verifies(bytes(one.vk), preimage, bytes(one.signature)));
        const other = bytes(one.signature);
        other[40] = (other[40] as number) ^ 1;
        assert.ok(!verifies(bytes(one.vk), preimage, other));
        assert.ok(!verifies(bytes(one.vk), tagged(`${one.tag}x`, bytes(one.message)), bytes(one.signature)));
    });
});

test("a key or R of small order verifies nothing", () => {
    // With the identity as key and R, and S = 0, the plain equation holds for every message.
    const identity = `01${"00".repeat(31)}`;
    assert.ok(!verifies(bytes(identity), NONE, bytes(identity + "00".repeat(32))));
});

test("ristretto255: products, wide scalars", () => {
    each(vectors("ristretto255.json").vectors, (one: Json) => {
        const [a, b] = [wide(bytes(one.a_wide)), wide(bytes(one.b_wide))];
        assertHex(encodeScalar(a), one.a, "a");
        assertHex(multiplyBase(a), one.A, "A");
        assertHex(multiplyBase(b), one.B, "B");
        assertHex(multiply(decodeElement(bytes(one.B), "B"), a), one.aB_eq_bA, "aB");
        assertHex(multiply(decodeElement(bytes(one.A), "A"), b), one.aB_eq_bA, "bA");
    });
});

test("ristretto255: encodings and scalars that are refused", () => {
    const file = vectors("ristretto255.json");
    each(file.encodings, (one: Json) => {
        const isIdentity = /^0+$/.test(one.bytes);
        const expected = isIdentity ? "IDENTITY" : one.poc_decodes ? "ok" : "NOT_CANONICAL";
        assert.equal(
            resultOf(() => decodeElement(bytes(one.bytes), "element")),
            expected,
            one.what,
        );
    });
    each(file.scalars, (one: Json) => {
        const expected = one.what === "zero" ? "IDENTITY" : one.poc_decodes ? "ok" : "NOT_CANONICAL";
        assert.equal(
            resultOf(() => decodeScalar(bytes(one.bytes), "scalar")),
            expected,
            one.what,
        );
    });
});

test("RFC 9496: multiples of the generator, invalid encodings", () => {
    const file = vectors("lamplighter/ristretto255_rfc9496.json");
    file.generator_multiples.forEach((encoding: string, i: number) => {
        if (i === 0) {
            assert.equal(
                resultOf(() => decodeElement(bytes(encoding), "identity")),
                "IDENTITY",
            );
        } else {
            assertHex(multiplyBase(BigInt(i)), encoding, `${i} B`);
        }
    });
    each(file.invalid_encodings, (one: Json) => {
        assert.equal(
            resultOf(() => decodeElement(bytes(one.bytes), "element")),
            "NOT_CANONICAL",
            one.why,
        );
    });
});

test("X25519 keys of low order and keys not below p are refused", () => {
    const p = (1n << 255n) - 19n;
    const order8 = 325606250916557431795983626356110631294008115727848805560023387167927233504n;
    const refused: [bigint, string][] = [
        [0n, "IDENTITY"],
        [1n, "IDENTITY"],
        [order8, "IDENTITY"],
        [39382357235489614581723060781553021112529911719440698176882885853963445705823n, "IDENTITY"],
        [p - 1n, "IDENTITY"],
        [p, "NOT_CANONICAL"],
        [p + 1n, "NOT_CANONICAL"],
        [9n + (1n << 255n), "NOT_CANONICAL"],
        [9n, "ok"],
    ];
    for (const [value, expected] of refused) {
        const key = encodeScalar(value);
        assert.equal(
            resultOf(() => checkX25519(key, "key")),
            expected,
            hex(key),
        );
    }
});
