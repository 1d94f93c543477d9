import { type Bytes, equal, utf8 } from "./bytes.ts";
import { Malformed, demand } from "./malformed.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Strict UTF-8: what is accepted encodes to the same bytes. */
export function fromUtf8(bytes: Uint8Array, what: string): string {
    try {
        return DECODER.decode(bytes);
    } catch {
        throw new Malformed("BAD_FIELD", what);
    }
}

/** Lower-case hex of exactly `length` bytes. */
export function fromHex(text: string, length: number, what: string): Bytes {
    demand(/^[0-9a-f]*$/.test(text) && text.length === 2 * length, "BAD_FIELD", what);
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
        out[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
    }
    return out;
}

export function base64(bytes: Uint8Array): string {
    let out = "";
    for (let i = 0; i < bytes.length; i += 3) {
        const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
        const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
        out += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
        out += b === undefined ? "=" : ALPHABET.charAt((bits >> 6) & 63);
        out += c === undefined ? "=" : ALPHABET.charAt(bits & 63);
    }
    return out;
}

/** Base64 with padding, in its one encoding; `length` bytes if given. */
export function fromBase64(text: string, what: string, length?: number): Bytes {
    demand(/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, "BAD_FIELD", what);
    const digits = text.replace(/=+$/, "");
    demand(digits.length % 4 !== 1, "BAD_FIELD", what);
    const out = new Uint8Array(Math.floor((digits.length * 3) / 4));
    let [bits, count, at] = [0, 0, 0];
    for (const digit of digits) {
        bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[at++] = (bits >> count) & 0xff;
        }
    }
    demand(equal(utf8(base64(out)), utf8(text)), "NOT_CANONICAL", what);
    demand(length === undefined || out.length === length, "BAD_FIELD", what);
    return out;
}

/** A decimal number in its one form, 18 digits at most, from `least` to `most` if given (docs/spec 0.6). */
export function fromDecimal(text: string, least: bigint, most: bigint | undefined, what: string): bigint {
    demand(/^(0|[1-9][0-9]{0,17})$/.test(text), "BAD_FIELD", what);
    const value = BigInt(text);
    demand(value >= least && (most === undefined || value <= most), "BAD_FIELD", what);
    return value;
}

/** The lines `KEY VALUE` of a document, read in order (docs/spec 0.6). */
export class Lines {
    readonly #lines: readonly string[];
    #at = 0;

    /** `text` ends in a newline; its first line is `title`. */
    constructor(text: string, title: string) {
        demand(text.endsWith("\n"), "TRUNCATED", "last line");
        // The line feed ends lines; no other control character stands in a document.
        demand(!/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(text), "BAD_FIELD", "control character");
        this.#lines = text.slice(0, -1).split("\n");
        demand(this.#lines[0] === title, "UNKNOWN_VERSION", title);
        this.#at = 1;
    }

    /** What follows `key` and a space in the next line. */
    value(key: string): string {
        const line = this.#lines[this.#at];
        demand(line !== undefined && line.startsWith(`${key} `), "BAD_FIELD", key);
        this.#at++;
        return line.slice(key.length + 1);
    }

    /** Whether the next line begins with `key` and a space. */
    next(key: string): boolean {
        return this.#lines[this.#at]?.startsWith(`${key} `) ?? false;
    }

    /** All lines up to here, each with its newline. */
    soFar(): string {
        return this.#lines
            .slice(0, this.#at)
            .map((line) => `${line}\n`)
            .join("");
    }

    end(): void {
        demand(this.#at === this.#lines.length, "TRAILING_BYTES", "after the last line");
    }
}
