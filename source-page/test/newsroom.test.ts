import assert from "node:assert/strict";
import { test } from "node:test";
import { type Validity, bundlesPerDay, checkToday, openCertificate } from "../src/newsroom/certificate.ts";
import { openKeys } from "../src/newsroom/keys.ts";
import { type Newsroom, parseNewsroom, shortId } from "../src/newsroom/note.ts";
import { isName, openRoster } from "../src/newsroom/roster.ts";
import { checkTagged } from "../src/primitive/ed25519.ts";
import { decodeElement } from "../src/primitive/group.ts";
import { checkApkeKey } from "../src/primitive/kem.ts";
import { sha256 } from "../src/primitive/hash.ts";
import { fingerprint } from "../src/source/fingerprint.ts";
import { type Bytes, concat, equal, hex, utf8 } from "../src/wire/bytes.ts";
import { demand } from "../src/wire/malformed.ts";
import { type Json, assertHex, bytes, each, resultOf, vectors } from "./support.ts";

const file = vectors("lamplighter/newsroom.json");
const newsroom: Newsroom = parseNewsroom(file.newsroom_key);
const today = BigInt(file.today);

/** The input of a case, as newsroom.md describes its three forms. */
function inputOf(one: Json): Bytes {
    if (one.text !== undefined) {
        return utf8(one.text);
    }
    if (one.input_hex !== undefined) {
        return bytes(one.input_hex);
    }
    const base = inputOf(file.cases.find((other: Json) => other.kind === one.kind && other.name === one.base));
    base.set(bytes(one.replace), one.at);
    return concat(base.slice(0, one.cut ?? base.length), bytes(one.append ?? ""));
}

function casesOf(kind: string): Json[] {
    return file.cases.filter((one: Json) => one.kind === kind);
}

function checkKind<T>(kind: string, read: (input: Bytes) => T, told: (value: T, one: Json) => void): void {
    each(casesOf(kind), (one) => {
        const input = inputOf(one);
        assert.equal(
            resultOf(() => read(input)),
            one.expect,
            `${kind}: ${one.name}`,
        );
        if (one.expect === "ok") {
            told(read(input), one);
        }
    });
}

test("newsroom's key", () => {
    assert.equal(newsroom.origin, "harbour-courier");
    assertHex(newsroom.id, file.newsroom_id, "newsroom id");
    assert.equal(fingerprint(newsroom.root.key), file.newsroom_fingerprint);
    checkKind(
        "newsroom-key",
        (input) => parseNewsroom(Buffer.from(input).toString()),
        (key) => assert.equal(key.origin, "harbour-courier"),
    );
});

test("fingerprints of requests", () => {
    each(
        file.cases.filter((one: Json) => one.fingerprint !== undefined),
        (one: Json) => {
            const line = /^(journalist|station|key) (.*)$/m.exec(one.text) as unknown as [string, string, string];
            const key = line[1] === "key" ? new Uint8Array(Buffer.from(line[2], "base64")) : bytes(line[2]);
            assert.equal(fingerprint(key), one.fingerprint, one.name);
        },
    );
});

function inForce<T extends { readonly validity: Validity }>(document: T): T {
    checkToday(document.validity, today);
    return document;
}

test("station certificates", () => {
    checkKind(
        "station-certificate",
        (input) => inForce(openCertificate(input, newsroom)),
        (certificate, one) => {
            if (one.serial !== undefined) {
                assert.equal(certificate.validity.serial, BigInt(one.serial));
                assertHex(certificate.station.key, one.station, "station");
                assert.equal(certificate.terms.slots, one.slots);
                assert.equal(bundlesPerDay(certificate.terms), one.bundles_a_day);
            }
        },
    );
});

test("rosters", () => {
    checkKind(
        "roster",
        (input) => inForce(openRoster(input, newsroom)),
        (roster, one) => {
            assert.equal(roster.validity.serial, BigInt(one.serial));
            const told = roster.journalists.map((each) => ({
                id: hex(each.id),
                name: each.name,
                state: each.state.word,
            }));
            assert.deepEqual(
                told,
                one.journalists.map(({ id, name, state }: Json) => ({ id, name, state })),
            );
        },
    );
});

test("keys files", () => {
    checkKind(
        "keys-file",
        (input) => openKeys(input, newsroom),
        (keys, one) => {
            assert.equal(keys.slot, file.prekey_slot);
            assert.equal(keys.addressees.length, one.addressees.length);
            keys.addressees.forEach((addressee, i) => {
                const expected = one.addressees[i];
                assert.equal(addressee.journalist.name, expected.name);
                const { prekey } = addressee;
                const hash = prekey === undefined ? "" : hex(sha256(prekey.apkeKey, prekey.pkeKey));
                assert.equal(hash, expected.prekey);
            });
        },
    );
});

test("journalists of the proof of concept, and its welcome answers", () => {
    const enrolment = vectors("enrolment.json");
    each(enrolment.journalists, (one: Json) => {
        const [vk, keys] = [bytes(one.vk), bytes(one.enrollment.signed_message)];
        checkTagged(vk, "j-sig-ltk", keys, bytes(one.enrollment.signature), "self signature");
        const signature = bytes(one.newsroom_signature.signature);
        checkTagged(bytes(enrolment.newsroom.vk), "nr-sig", vk, signature, "newsroom signature");
    });
    each(enrolment.welcome_cases, (one: Json) => {
        const result = resultOf(() => checkWelcome(one.welcome, bytes(enrolment.fpf.vk)));
        assert.equal(result === "ok", one.must_accept, one.name);
    });
});

/** A welcome answer of the proof of concept, by the rules of a roster: the keys are those that were signed. */
function checkWelcome(welcome: Json, fpf: Bytes): void {
    const root = bytes(welcome.newsroom_verifying_key);
    checkTagged(fpf, "fpf-sig-nr", root, bytes(welcome.fpf_sig), "signature of the newsroom");
    for (const one of welcome.journalists) {
        const [vk, keys] = [bytes(one.vk), bytes(one.signed_longterm_key_bytes)];
        checkTagged(vk, "j-sig-ltk", keys, bytes(one.selfsig), "self signature");
        checkTagged(root, "nr-sig", vk, bytes(one.nr_signature), "newsroom signature");
        checkApkeKey(keys.subarray(0, 1216), "APKE key");
        decodeElement(keys.subarray(1216), "fetch key");
        demand(equal(keys, bytes(one.reply_apke_pk + one.fetch_pk)), "BAD_FIELD", "keys that are not the signed ones");
    }
}

test("names show", () => {
    for (const name of ["Ada Example", "Ада", "艾达", "x".repeat(64), "𝔸".repeat(64), "O'Brien-Example"]) {
        assert.ok(isName(name), name);
    }
    const refused = [
        "",
        " a",
        "a ",
        "a  b",
        "a\u00a0b",
        "a\u2003b",
        "a\u034fb",
        "a\u115f",
        "\u2800",
        "\u3164",
        "a\u200b",
    ];
    for (const name of [...refused, "a\u202eb", "a\ue000", "a\ud800", "x".repeat(65), "a\u2028b", "a\tb"]) {
        assert.ok(!isName(name), JSON.stringify(name));
    }
});

test("a journalist's id is the beginning of a hash", () => {
    assertHex(shortId(utf8("abc")), "ba7816bf8f01cfea", "SHA-256 of abc");
});
