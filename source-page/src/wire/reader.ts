import { type Bytes, U64_LIMIT, copy, isZero } from "./bytes.ts";
import { demand } from "./malformed.ts";
import { fromUtf8 } from "./text.ts";

/** Reads a string of bytes from front to end, strictly (docs/spec 0.2). */
export class Reader {
    readonly #bytes: Uint8Array;
    #at = 0;

    constructor(bytes: Uint8Array) {
        this.#bytes = bytes;
    }

    left(): number {
        return this.#bytes.length - this.#at;
    }

    bytes(length: number, what: string): Bytes {
        demand(this.left() >= length, "TRUNCATED", what);
        this.#at += length;
        return copy(this.#bytes.subarray(this.#at - length, this.#at));
    }

    u8(what: string): number {
        return Number(this.#number(1, what));
    }

    u16(what: string): number {
        return Number(this.#number(2, what));
    }

    u32(what: string): number {
        return Number(this.#number(4, what));
    }

    u64(what: string): bigint {
        const value = this.#number(8, what);
        demand(value < U64_LIMIT, "BAD_FIELD", what);
        return value;
    }

    /** A `text16` of at most `most` bytes. */
    text16(most: number, what: string): string {
        return this.#text(this.u16(what), most, what);
    }

    /** A `text32` of at most `most` bytes. */
    text32(most: number, what: string): string {
        return this.#text(this.u32(what), most, what);
    }

    version(expected: number, what: string): void {
        demand(this.u8(what) === expected, "UNKNOWN_VERSION", what);
    }

    zeros(length: number, what: string): void {
        demand(isZero(this.bytes(length, what)), "NOT_CANONICAL", what);
    }

    end(what: string): void {
        demand(this.left() === 0, "TRAILING_BYTES", what);
    }

    #text(length: number, most: number, what: string): string {
        demand(length <= most, "TOO_LARGE", what);
        return fromUtf8(this.bytes(length, what), what);
    }

    #number(width: number, what: string): bigint {
        let value = 0n;
        for (const byte of this.bytes(width, what)) {
            value = (value << 8n) | BigInt(byte);
        }
        return value;
    }
}
