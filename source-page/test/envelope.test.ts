import assert from "node:assert/strict";
import { test } from "node:test";
import { ENVELOPE, open, openApke, seal, sealApke, sealDecoy } from "../src/envelope/envelope.ts";
import { encodeScalar, multiply, multiplyBase, decodeElement, wide } from "../src/primitive/group.ts";
import {
    authDecapsulate,
    authEncapsulate,
    authPskSchedule,
    openBase,
    openOnce,
    sealBase,
    sealOnce,
} from "../src/primitive/hpke.ts";
import { mlKemDecapsulate, mlKemEncapsulate } from "../src/primitive/kem.ts";
import { type Party, sourceKeys } from "../src/source/keys.ts";
import { parsePassphrase } from "../src/source/words.ts";
import { type Bytes, concat, utf8 } from "../src/wire/bytes.ts";
import { type Json, assertHex, bytes, each, given, seeded, vectors } from "./support.ts";

const NONE = new Uint8Array(0);
const PSK_ID = utf8("SD-pskAPKE");

function partyOf(user: Json, bundle: Json): Party {
    return {
        fetchSecret: bytes(user.fetch_sk),
        fetchKey: bytes(user.fetch_pk),
        x25519Secret: bytes(bundle.apke.x25519_sk),
        mlKemSecret: bytes(bundle.apke.mlkem768_dk),
        apkeKey: bytes(bundle.apke.apke_pk),
        pkeSecret: bytes(bundle.xwing_sk),
        pkeKey: bytes(bundle.xwing_pk),
    };
}

test("SD-APKE of the text opens, and not under another info", () => {
    const users = vectors("envelopes.json");
    each(vectors("sd_apke_spec_info.json").vectors, (one: Json) => {
        const own: Party = {
            ...partyOf(users.journalists[0], one.recipient_bundle),
            fetchKey: bytes(one.recipient_fetch_pk),
        };
        const sealed = bytes(one.c2 + one.dhkem.enc + one.cp);
        const opened = openApke(own, bytes(one.sender.apke_pk), bytes(one.aad), sealed);
        assertHex(opened ?? NONE, one.plaintext_spec_order, "plaintext");
        assert.equal(openApke(own, bytes(one.sender.apke_pk), utf8("another newsroom"), sealed), undefined);
        const other = bytes(one.sender.apke_pk);
        other.set(own.apkeKey.subarray(32), 32);
        assert.equal(openApke(own, other, bytes(one.aad), sealed), undefined, "another ML-KEM key of the sender");
        // Sealing, from c2 and its secret on, byte for byte.
        const kem = authEncapsulate(own.apkeKey.subarray(0, 32), bytes(one.sender.x25519_sk), bytes(one.dhkem.ikm_e));
        assertHex(kem.ciphertext, one.dhkem.enc, "enc");
        const info = concat(bytes(one.c2), own.fetchKey, bytes(one.sender.mlkem768_ek));
        assertHex(info, one.info, "info");
        const schedule = authPskSchedule(kem.secret, info, bytes(one.k2_psk), PSK_ID);
        assertHex(sealOnce(schedule, bytes(one.aad), bytes(one.plaintext_spec_order)), one.cp, "cp");
    });
});

test("envelopes of the proof of concept are made byte for byte from their randomness", () => {
    const file = vectors("envelopes.json");
    const explicit = file.envelopes.filter((one: Json) => one.detail.sd_apke !== undefined);
    each(explicit, (one: Json) => {
        const { sd_apke: apke, sd_pke: pke, hint } = one.detail;
        const users = one.sender.kind === "source" ? file.sources : file.journalists;
        const sender = users[one.sender.index];
        const recipientKey = bytes(one.detail.recipient_apke_pk);
        const c2 = mlKemEncapsulate(recipientKey.subarray(32), bytes(apke.mlkem_encaps_m));
        assertHex(c2.ciphertext, apke.c2, "c2");
        const secret = bytes(sender.auth_apke.x25519_sk);
        const kem = authEncapsulate(recipientKey.subarray(0, 32), secret, bytes(apke.dhkem.ikm_e));
        const info = concat(c2.ciphertext, bytes(one.detail.recipient_fetch_pk));
        const schedule = authPskSchedule(kem.secret, info, c2.secret, PSK_ID);
        const cp = sealOnce(schedule, bytes(apke.aad), bytes(one.detail.plaintext));
        assertHex(concat(kem.ciphertext, c2.ciphertext, cp), one.detail.envelope.ct_apke, "ct_apke");
        const randomness = bytes(pke.xwing_encaps_randomness);
        const sealed = sealBase(bytes(one.detail.recipient_pke_pk), NONE, NONE, bytes(pke.plaintext), randomness);
        assertHex(sealed, one.detail.envelope.ct_pke, "ct_pke");
        const x = wide(bytes(hint.wide_seed));
        assertHex(encodeScalar(x), hint.x, "x");
        assertHex(multiplyBase(x), one.detail.envelope.mgdh_pubkey, "X");
        const recipientFetch = decodeElement(bytes(one.detail.recipient_fetch_pk), "fetch key");
        assertHex(multiply(recipientFetch, x), one.detail.envelope.mgdh, "Z");
    });
});

/** Opens the proof of concept's layout, whose info lacks the sender's ML-KEM key. */
function openPoc(user: Json, envelope: Json): { failsAt?: string; bundle?: number; sender?: Bytes; plaintext?: Bytes } {
    for (const [bundle, keys] of user.bundles.entries()) {
        const own = partyOf(user, keys);
        const sender = openBase(own.pkeSecret, NONE, NONE, bytes(envelope.ct_pke));
        if (sender === undefined) {
            continue;
        }
        const sealed = bytes(envelope.ct_apke);
        try {
            const c2 = sealed.subarray(32, 1120);
            const secret = authDecapsulate(sealed.subarray(0, 32), own.x25519Secret, sender.subarray(0, 32));
            const info = concat(c2, own.fetchKey);
            const schedule = authPskSchedule(secret, info, mlKemDecapsulate(c2, own.mlKemSecret), PSK_ID);
            const plaintext = openOnce(schedule, utf8("MOCK_NEWSROOM_ID"), sealed.subarray(1120));
            return plaintext === undefined ? { failsAt: "sd-apke-open" } : { bundle, sender, plaintext };
        } catch {
            return { failsAt: "sd-apke-open" };
        }
    }
    return { failsAt: "sd-pke-open" };
}

test("envelopes that must not open, and where they fail", () => {
    const file = vectors("negative.json");
    each(file.cases, (one: Json) => {
        const users = one.recipient.kind === "source" ? file.sources : file.journalists;
        const result = openPoc(users[one.recipient.index], one.envelope);
        if (one.expect.opens) {
            assert.equal(result.bundle, one.expect.bundle_index, one.name);
            assertHex(result.sender ?? NONE, one.expect.sender_apke_pk, one.name);
            assertHex(result.plaintext ?? NONE, one.expect.plaintext, one.name);
        } else {
            assert.equal(result.failsAt, one.expect.fails_at, one.name);
        }
    });
});

const sources = vectors("sources.json").valid.map((one: Json) => sourceKeys(parsePassphrase(one.mnemonic)));
const [ada, ben] = sources as [Party, Party];
const NR = bytes("11".repeat(32));
const structured = seeded("structured")(3440);

test("an envelope opens for its recipient alone, whole", () => {
    const sealed = seal(ada, ben, NR, structured, seeded("envelope"));
    assert.equal(sealed.length, 64 + ENVELOPE);
    const envelope = sealed.slice(64);
    const opened = open(ben, NR, envelope);
    assert.deepEqual(opened?.structured, structured);
    assert.deepEqual(opened?.senderApkeKey, ada.apkeKey);
    assert.deepEqual(opened?.senderFetchKey, ada.fetchKey);
    assert.deepEqual(opened?.senderPkeKey, ada.pkeKey);
    assert.equal(open(ada, NR, envelope), undefined, "another recipient");
    assert.equal(open(ben, bytes("12".repeat(32)), envelope), undefined, "another newsroom");
    assert.equal(open(ben, NR, envelope.slice(1)), undefined, "a byte less");
    for (const at of [0, 1087, 1088, 1119, 1120, 5823, 5824, 6943, 6944, 8175]) {
        const changed = envelope.slice();
        changed[at] = (changed[at] as number) ^ 1;
        assert.equal(open(ben, NR, changed), undefined, `byte ${at}`);
    }
});

test("sealing draws its randomness in the order that is documented", () => {
    const draws = [32, 32, 64, 64].map((length, i) => seeded(`draw ${i}`)(length)) as [Bytes, Bytes, Bytes, Bytes];
    const sealed = seal(ada, ben, NR, structured, given(...draws));
    const plaintext = concat(ada.fetchKey, ada.pkeKey, structured);
    const apke = sealApke(ada, ben, NR, plaintext, draws[0].slice(), draws[1].slice());
    const pke = sealBase(ben.pkeKey, NONE, NONE, ada.apkeKey, draws[2]);
    const x = wide(draws[3]);
    const hint = concat(multiplyBase(x), multiply(decodeElement(ben.fetchKey, "fetch key"), x));
    assert.deepEqual(sealed, concat(hint, apke, pke));
});

test("a decoy has the form of an envelope and opens for nobody here", () => {
    const decoy = sealDecoy(NR, structured, seeded("decoy"));
    assert.equal(decoy.length, 64 + ENVELOPE);
    decodeElement(decoy.subarray(0, 32), "X");
    decodeElement(decoy.subarray(32, 64), "Z");
    assert.ok(sources.every((one: Party) => open(one, NR, decoy.slice(64)) === undefined));
});
