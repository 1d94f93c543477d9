import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sender, accept } from "../src/message/acceptance.ts";
import { commitment } from "../src/message/bundle.ts";
import { assemble, cut, encodeSelfCopy, parseReply, parseSelfCopy, parseThread } from "../src/message/documents.ts";
import { type Kind, type Structured, encodeStructured, parseStructured } from "../src/message/structured.ts";
import {
    documentElsewhere,
    documentOf,
    encodeSubmission,
    fitsInDocument,
    parseDocument,
} from "../src/message/submission.ts";
import type { Bytes } from "../src/wire/bytes.ts";
import { type Json, assertHex, bytes, each, inputsOf, resultOf, seeded, vectors } from "./support.ts";

const file = vectors("lamplighter/message.json");
const SMALL = { ttl: 1_209_600, expiry: 86_400, waiting: 259_200, prekey: 43_200 };

function checkParser<T>(list: string, parse: (input: Bytes) => T, encode?: (value: T) => Bytes): void {
    each(inputsOf(file[list]), ({ name, result, input }) => {
        assert.equal(
            resultOf(() => parse(input)),
            result,
            `${list}: ${name}`,
        );
        if (result === "ok" && encode !== undefined) {
            assert.deepEqual(encode(parse(input)), input, `${list}: ${name} encodes again`);
        }
    });
}

test("structured messages", () => checkParser("structured_messages", parseStructured, encodeStructured));

test("submission documents", () =>
    checkParser("submission_documents", parseDocument, (value) =>
        "length" in value ? documentElsewhere(value) : documentOf(encodeSubmission(value)),
    ));

test("replies", () => checkParser("replies", parseReply));

test("threads", () => checkParser("threads", parseThread));

test("self-copies", () => checkParser("self_copies", parseSelfCopy, encodeSelfCopy));

test("a document is cut in parts and put together again", () => {
    each(file.parts, (one: Json) => {
        const document = seeded("document")(one.document_length);
        const contents = cut(document);
        assert.deepEqual(
            contents.map((content) => content.length),
            one.content_lengths,
        );
        const parts = contents.map((content, i): Structured => part(i + 1, contents.length, content));
        assert.deepEqual(assemble([...parts].reverse()), document);
        assert.deepEqual(assemble(parts.slice(1)), undefined);
        const stranger = part(1, contents.length, document.slice(0, 1));
        const other = { ...stranger, reference: new Uint8Array(16).fill(1) };
        assert.equal(assemble([...parts, other]), undefined, "a part of another message");
    });
    assert.equal(
        resultOf(() => cut(new Uint8Array(8 * 3371 + 1))),
        "TOO_LARGE",
    );
});

function part(number: number, parts: number, content: Bytes): Structured {
    const id = new Uint8Array(16).fill(7);
    return { kind: 2, slot: 1, messageId: id, part: number, parts, reference: id, addressees: [], content };
}

test("commitments", () => {
    each(file.commitments, (one: Json) =>
        assertHex(
            commitment(one.kind as Kind, bytes(one.salt), bytes(one.message_sha256)),
            one.commitment,
            "commitment",
        ),
    );
});

test("what a source accepts", () => {
    const senders: Record<string, (since: number) => Sender> = {
        SELF: () => "self",
        STRANGER: () => "stranger",
        JOURNALIST: () => ({ word: "active", since: 0n }),
        COMPROMISED: () => ({ word: "compromised", since: 0n }),
        LEFT: (since) => ({ word: "left", since: BigInt(since) }),
    };
    each(
        file.acceptance.filter((one: Json) => one.reader === "SOURCE"),
        (one: Json) => {
            assert.equal(one.profile, "small");
            const sender = (senders[one.sender] as (since: number) => Sender)(one.since);
            const message = { kind: one.kind as Kind, slot: one.message_slot };
            assert.equal(accept(message, sender, one.head_slot, SMALL), one.result, JSON.stringify(one));
        },
    );
});

test("a submission that a reader would refuse is not composed", () => {
    const submission = {
        salt: new Uint8Array(32),
        acknowledgementKey: new Uint8Array(32),
        day: 1,
        text: "x",
        files: [],
        sealing: undefined,
    };
    assert.ok(fitsInDocument(encodeSubmission({ ...submission, text: "x".repeat(3294) }).length));
    assert.ok(!fitsInDocument(encodeSubmission({ ...submission, text: "x".repeat(3295) }).length));
    assert.throws(() => encodeSubmission({ ...submission, text: "half \ud83d" }), RangeError);
    const hash = new Uint8Array(32).fill(1);
    const file = {
        name: "a",
        mediaType: "",
        size: 1n,
        chunkRoot: hash,
        sha256: hash,
        parts: [{ key: hash, commitment: hash }],
    };
    assert.equal(
        resultOf(() => encodeSubmission({ ...submission, files: [file] })),
        "ok",
    );
    for (const wrong of [{ name: ".." }, { mediaType: "é" }, { size: 1n << 40n }, { parts: [] }]) {
        assert.equal(
            resultOf(() => encodeSubmission({ ...submission, files: [{ ...file, ...wrong }] })),
            "BAD_FIELD",
        );
    }
});
