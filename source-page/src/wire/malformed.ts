/** Why bytes or a text from outside were refused; the same classes as in `vectors/`. */
export type Reason =
    | "TRUNCATED"
    | "TRAILING_BYTES"
    | "TOO_LARGE"
    | "UNKNOWN_VERSION"
    | "NOT_CANONICAL"
    | "IDENTITY"
    | "BAD_FIELD"
    | "BAD_SIGNATURE"
    | "WRONG_SIGNER"
    | "WRONG_HASH"
    | "OUT_OF_DATE";

/** Input from outside that is refused. Its message names a field, never what stood in it. */
export class Malformed extends Error {
    readonly reason: Reason;

    constructor(reason: Reason, what: string) {
        super(`${reason}: ${what}`);
        this.name = "Malformed";
        this.reason = reason;
    }
}

/** Refuses with `reason` unless `condition` holds. */
export function demand(condition: boolean, reason: Reason, what: string): asserts condition {
    if (!condition) {
        throw new Malformed(reason, what);
    }
}
