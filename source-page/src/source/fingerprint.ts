import { sha256 } from "../primitive/hash.ts";
import { utf8 } from "../wire/bytes.ts";
import { wordsOfBits } from "./words.ts";

/** Six words that two people compare by voice (docs/spec 1.5). */
export function fingerprint(key: Uint8Array): string {
    return wordsOfBits(sha256(utf8("lamplighter/fingerprint/v1"), key), 6).join(" ");
}
