import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceKeys, wipeParty } from "../src/source/keys.ts";
import { type WordsFault, WordsRefused, completions, parsePassphrase, passphraseOf } from "../src/source/words.ts";
import { hkdf } from "../src/primitive/hash.ts";
import { isZero, utf8 } from "../src/wire/bytes.ts";
import { type Json, assertHex, bytes, each, vectors } from "./support.ts";

const file = vectors("sources.json");
const WORDS = file.valid[0].mnemonic as string;

function faultOf(typed: string): WordsFault {
    try {
        parsePassphrase(typed);
    } catch (refusal) {
        assert.ok(refusal instanceof WordsRefused);
        // The message may be logged; only `fault` names words.
        for (const word of typed.split(/\s+/).filter((word) => word.length > 3 && word !== "checksum")) {
            assert.ok(!refusal.message.includes(word), "a word in an error text");
        }
        return refusal.fault;
    }
    assert.fail("accepted");
}

test("twelve words to keys", () => {
    each(file.valid, (one: Json) => {
        const entropy = parsePassphrase(one.mnemonic);
        assertHex(entropy, one.mk, "mk");
        assert.equal(passphraseOf(entropy).join(" "), one.mnemonic);
        const seed = (label: string, length: number) => hkdf(entropy, bytes(one.kdf.salt), utf8(label), length);
        assertHex(seed("sourcefetchkey", 64), one.kdf.fetch_seed, "fetch seed");
        assertHex(seed("sourceAPKEkey-dh", 32), one.kdf.apke_dh_seed, "dh seed");
        assertHex(seed("sourceAPKEkey-mlkem", 64), one.kdf.apke_mlkem_seed, "ML-KEM seed");
        assertHex(seed("sourcePKEkey", 32), one.kdf.pke_seed, "PKE seed");
        const keys = sourceKeys(entropy);
        assertHex(keys.fetchSecret, one.fetch_sk, "fetch_sk");
        assertHex(keys.fetchKey, one.fetch_pk, "fetch_pk");
        assertHex(keys.x25519Secret, one.apke.x25519_sk, "x25519_sk");
        assertHex(keys.mlKemSecret, one.apke.mlkem768_dk, "mlkem768_dk");
        assertHex(keys.apkeKey, one.apke.apke_pk, "apke_pk");
        assertHex(keys.pkeSecret, one.xwing_sk, "xwing_sk");
        assertHex(keys.pkeKey, one.xwing_pk, "xwing_pk");
        wipeParty(keys);
        const secrets = [keys.fetchSecret, keys.x25519Secret, keys.mlKemSecret, keys.pkeSecret];
        assert.ok(secrets.every(isZero), "wiped");
    });
});

test("words that are refused say which one is wrong", () => {
    each(file.invalid, (one: Json) => assert.ok(faultOf(one.mnemonic).kind.length > 0, one.why));
    assert.deepEqual(faultOf(WORDS.replace("feed", "fede")), { kind: "unknown", place: 3, word: "fede" });
    assert.deepEqual(faultOf(WORDS.replace(/ magnet$/, " abandon")), { kind: "checksum" });
    assert.deepEqual(faultOf(WORDS.replace(/ magnet$/, "")), { kind: "count", count: 11 });
    assert.deepEqual(faultOf(""), { kind: "count", count: 0 });
});

test("white space and capitals are read, nothing else is tolerated", () => {
    each(file.whitespace_and_case, (one: Json) => assertHex(parsePassphrase(one.mnemonic), file.valid[0].mk, one.what));
    assertHex(parsePassphrase(`\u00a0${WORDS.replaceAll(" ", "\u3000\n\t")}\u2029`), file.valid[0].mk, "white space");
    // These become words only by a foreign lower case or a normal form.
    const withK = file.valid.map((one: Json) => one.mnemonic).find((words: string) => words.includes("k"));
    for (const other of [
        withK.replace("k", "\u212a"),
        WORDS.replace("i", "\u0131"),
        `${WORDS}\ufeff`,
        `${WORDS}\u200b`,
    ]) {
        assert.equal(faultOf(other).kind, "unknown");
    }
    assert.equal(faultOf(WORDS.replaceAll(" ", "-")).kind, "unknown");
});

test("four letters complete a word", () => {
    assert.deepEqual(completions("magn", 5), ["magnet"]);
    assert.deepEqual(completions("zo", 5), ["zone", "zoo"]);
});
