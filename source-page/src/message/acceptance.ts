import type { Terms } from "../newsroom/certificate.ts";
import type { Roster, State } from "../newsroom/roster.ts";
import { equal } from "../wire/bytes.ts";
import { Kind, type Structured } from "./structured.ts";

/** Whether a source takes a message, and why not (docs/spec 3.6). */
export type Verdict = "ok" | "TOO_OLD" | "FROM_THE_FUTURE" | "WRONG_KIND" | "COMPROMISED_SENDER" | "LEFT_SENDER";

/** What the key of a sender is to the source that reads. */
export type Sender = State | "self" | "stranger";

export function senderOf(apkeKey: Uint8Array, own: Uint8Array, roster: Roster): Sender {
    if (equal(apkeKey, own)) {
        return "self";
    }
    return roster.journalists.find((one) => equal(one.apkeKey, apkeKey))?.state ?? "stranger";
}

/** The verdict of a source on a message, under the prekey slot that the head names. */
export function accept(
    message: Pick<Structured, "kind" | "slot">,
    sender: Sender,
    headSlot: number,
    terms: Pick<Terms, "ttl" | "waiting" | "expiry" | "prekey">,
): Verdict {
    const before = Math.ceil((terms.ttl + terms.waiting + terms.expiry) / terms.prekey) + 2;
    if (message.slot > headSlot + 1) {
        return "FROM_THE_FUTURE";
    }
    if (message.slot < headSlot - before) {
        return "TOO_OLD";
    }
    if (sender === "self") {
        return message.kind === Kind.selfCopy ? "ok" : "WRONG_KIND";
    }
    if (sender === "stranger" || (message.kind !== Kind.reply && message.kind !== Kind.thread)) {
        return "WRONG_KIND";
    }
    return mayWrite(sender, message.slot, terms.prekey);
}

function mayWrite(state: State, slot: number, prekey: number): Verdict {
    if (state.word === "compromised") {
        return "COMPROMISED_SENDER";
    }
    const last = ((state.since + 2n) * 86_400n - 1n) / BigInt(prekey);
    return state.word === "left" && BigInt(slot) > last ? "LEFT_SENDER" : "ok";
}
