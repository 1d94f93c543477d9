import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type Random } from "../primitive/random.ts";
import { type Bytes, copy } from "../wire/bytes.ts";

const WORDS = 12;
const INDEX = new Map(wordlist.map((word, index) => [word, index]));

/**
 * What is wrong with twelve words as they were typed: how many there are, the place (from 1) of the first that is not in
 * the list, or that all are in the list and their checksum does not fit. For the user alone, never for a log.
 */
export type WordsFault =
    | { readonly kind: "count"; readonly count: number }
    | { readonly kind: "unknown"; readonly place: number; readonly word: string }
    | { readonly kind: "checksum" };

/** A passphrase that is refused. Its message names no word: `fault` does. */
export class WordsRefused extends Error {
    readonly fault: WordsFault;

    constructor(fault: WordsFault) {
        super(`passphrase refused: ${fault.kind}`);
        this.name = "WordsRefused";
        this.fault = fault;
    }
}

/** The words of a typed passphrase, without the white space, A to Z as a to z (docs/spec 2.7). */
export function typedWords(typed: string): string[] {
    return typed
        .split(/\p{White_Space}+/u)
        .filter((word) => word !== "")
        .map((word) => word.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
}

/** The 16 bytes of a passphrase; the caller wipes them. */
export function parsePassphrase(typed: string): Bytes {
    const words = typedWords(typed);
    const unknown = words.findIndex((word) => !INDEX.has(word));
    if (unknown >= 0) {
        throw new WordsRefused({ kind: "unknown", place: unknown + 1, word: words[unknown] as string });
    }
    if (words.length !== WORDS) {
        throw new WordsRefused({ kind: "count", count: words.length });
    }
    try {
        return copy(mnemonicToEntropy(words.join(" "), wordlist));
    } catch {
        throw new WordsRefused({ kind: "checksum" });
    }
}

/** The twelve words of 16 bytes. */
export function passphraseOf(entropy: Uint8Array): string[] {
    return entropyToMnemonic(entropy, wordlist).split(" ");
}

/** A new passphrase: 16 random bytes. */
export function newPassphrase(random: Random): Bytes {
    return random(16);
}

/** Words of the list that begin so, at most `most`: four letters leave one. */
export function completions(beginning: string, most: number): string[] {
    return wordlist.filter((word) => word.startsWith(beginning)).slice(0, most);
}

/** The first `11 n` bits of a hash as `n` words: six of a fingerprint, four of evidence (docs/spec 1.5, 7.2). */
export function wordsOfBits(hash: Uint8Array, n: number): string[] {
    let bits = 0n;
    for (const byte of hash) {
        bits = (bits << 8n) | BigInt(byte);
    }
    const total = BigInt(8 * hash.length);
    return Array.from({ length: n }, (_, i) => {
        const index = Number((bits >> (total - 11n * BigInt(i + 1))) & 2047n);
        return wordlist[index] as string;
    });
}
