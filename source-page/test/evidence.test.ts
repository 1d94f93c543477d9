import assert from "node:assert/strict";
import { createDecipheriv, createHash } from "node:crypto";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { PIECE, SEGMENT_SEALED, layout } from "../src/evidence/layout.ts";
import { PartSealer, chunkId, partCommitment, partEncryptionKey } from "../src/evidence/part.ts";
import { checkReceipt } from "../src/evidence/receipt.ts";
import { FileChanged, type Readable, sealFile } from "../src/evidence/seal.ts";
import { ChunkTree } from "../src/evidence/tree.ts";
import { noteKey } from "../src/newsroom/note.ts";
import { parseFile } from "../src/message/submission.ts";
import { tagged } from "../src/primitive/ed25519.ts";
import { type Bytes, concat, hex, u32 } from "../src/wire/bytes.ts";
import { type Json, assertHex, bytes, each, resultOf, seeded, vectors } from "./support.ts";

const file = vectors("lamplighter/evidence.json");

/** Bytes `from` to `to` of the pattern of the vectors. */
function pattern(from: number, to: number): Bytes {
    return Uint8Array.from({ length: to - from }, (_, k) => {
        const i = from + k;
        return (131 * i + 7 * Math.floor(i / 65536) + Math.floor(i / 256)) % 256;
    });
}

function patternFile(size: number): Readable {
    return { size, read: async (from, to) => pattern(from, Math.min(to, size)) };
}

test("what follows from a part key", () => {
    each(file.part_keys, (one: Json) => {
        const key = bytes(one.part_key);
        assertHex(partEncryptionKey(key), one.encryption_key, "encryption key");
        assertHex(partCommitment(key), one.commitment, "commitment");
        for (const [index, id] of Object.entries(one.chunk_ids)) {
            assertHex(chunkId(key, Number(index)), id as string, `chunk ${index}`);
        }
    });
});

test("layouts", () => {
    each(file.layouts, (one: Json) => {
        const cut = layout(BigInt(one.size));
        assert.equal(cut.parts, BigInt(one.parts));
        assert.equal(cut.paddedPart, one.padded_part);
        assert.equal(cut.chunksPerPart, one.chunks_per_part);
        assert.equal(cut.chunkLength, one.chunk_length);
    });
});

test("chunk trees", async () => {
    for (const one of file.chunk_trees) {
        const content = pattern(0, one.size);
        assert.equal(createHash("sha256").update(content).digest("hex"), one.sha256);
        const tree = new ChunkTree();
        for (let at = 0; at < one.size; at += PIECE) {
            await tree.add([content.subarray(at, at + PIECE)]);
        }
        assertHex(tree.root(), one.root, `root of ${one.size}`);
    }
});

test("a sealed part, byte for byte", async () => {
    const { part_key: key, pattern_bytes: size, chunk_id: id, chunk_base64: chunk } = file.sealed_part;
    const sealer = await PartSealer.of(bytes(key), PIECE);
    const plaintext = new Uint8Array(PIECE);
    plaintext.set(pattern(0, size));
    assert.equal(Buffer.from(await sealer.seal(0, plaintext)).toString("base64"), chunk);
    assertHex(chunkId(bytes(key), 0), id, "id");
});

test("file entries", () => {
    each(file.entries, (one: Json) => {
        const result = resultOf(() => parseFile(bytes(one.bytes)));
        assert.equal(result === "ok" ? "accepted" : result, one.result, one.name);
    });
});

/** Opens sealed segments with the platform's AES-GCM, as docs/spec 5.4 has it. */
function unseal(key: Bytes, chunks: readonly Bytes[]): Bytes {
    const sealed = concat(...chunks);
    const segments = sealed.length / SEGMENT_SEALED;
    const opened = Array.from({ length: segments }, (_, j) => {
        const segment = sealed.subarray(j * SEGMENT_SEALED, (j + 1) * SEGMENT_SEALED);
        const nonce = concat(new Uint8Array(7), u32(j), new Uint8Array([j === segments - 1 ? 1 : 0]));
        const cipher = createDecipheriv("aes-256-gcm", partEncryptionKey(key), nonce);
        cipher.setAAD(Buffer.from("ll-part/1"));
        cipher.setAuthTag(segment.subarray(PIECE));
        return new Uint8Array(Buffer.concat([cipher.update(segment.subarray(0, PIECE)), cipher.final()]));
    });
    return concat(...opened);
}

test("a file is sealed as a stream, and what comes out opens", async () => {
    for (const size of [0, 1, PIECE, PIECE + 1, 262_145, 5 * 1024 * 1024 + 3]) {
        const chunks: { id: string; chunk: Bytes }[] = [];
        const sealed = await sealFile(
            patternFile(size),
            async (id, chunk) => void chunks.push({ id: hex(id), chunk }),
            seeded(`file of ${size}`),
        );
        const { paddedPart, chunksPerPart, chunkLength } = layout(BigInt(size));
        const key = sealed.parts[0]?.key as Bytes;
        assert.equal(sealed.parts.length, 1);
        assert.equal(chunks.length, chunksPerPart);
        chunks.forEach(({ id, chunk }, i) => {
            assert.equal(chunk.length, chunkLength);
            assert.equal(id, hex(chunkId(key, i)));
        });
        const opened = unseal(
            key,
            chunks.map(({ chunk }) => chunk),
        );
        assert.equal(opened.length, paddedPart);
        assert.deepEqual(opened.slice(0, size), pattern(0, size));
        assert.ok(opened.subarray(size).every((byte) => byte === 0));
        assert.equal(hex(sealed.sha256), createHash("sha256").update(pattern(0, size)).digest("hex"));
        const known = file.chunk_trees.find((one: Json) => one.size === size);
        if (known !== undefined) {
            assertHex(sealed.chunkRoot, known.root, "root");
        }
    }
});

test("a large file is read once, in order, in stretches of a chunk, and waits for the sink", async () => {
    const size = 256 * 1024 * 1024 + 1;
    let [at, inSink, chunks] = [0, 0, 0];
    const zeros = new Uint8Array(4 * 1024 * 1024);
    const large: Readable = {
        size,
        read: async (from, to) => {
            assert.equal(inSink, 0, "read while a chunk waits");
            assert.equal(from, at);
            assert.ok(to - from <= zeros.length);
            at = Math.min(to, size);
            return zeros.slice(0, Math.max(0, at - from));
        },
    };
    const sealed = await sealFile(
        large,
        async () => {
            inSink++;
            await new Promise((resume) => setImmediate(resume));
            inSink--;
            chunks++;
        },
        seeded("large"),
    );
    assert.equal(chunks, 128);
    assert.equal(sealed.parts.length, 2);
    assert.notDeepEqual(sealed.parts[0]?.key, sealed.parts[1]?.key);
});

test("a file that changes while it is read is refused", async () => {
    const sink = async (): Promise<void> => undefined;
    const shorter: Readable = { size: 100, read: async (from, to) => pattern(from, Math.min(to, 99)) };
    await assert.rejects(sealFile(shorter, sink, seeded("shorter")), FileChanged);
    const longer: Readable = { size: 100, read: async (from, to) => pattern(from, to) };
    await assert.rejects(sealFile(longer, sink, seeded("longer")), FileChanged);
});

test("receipts", () => {
    const seed = new Uint8Array(32).fill(3);
    const station = noteKey("harbour-courier/station", new Uint8Array(ed25519.getPublicKey(seed)));
    const [nr, id, hash] = [seeded("nr")(32), seeded("id")(16), seeded("hash")(32)];
    const sign = (tag: string, day: number) =>
        concat(u32(day), ed25519.sign(tagged(tag, concat(nr, id, hash, u32(day))), seed));
    const receipt = sign("ll-chunk", 20_800);
    assert.equal(checkReceipt(receipt, station, nr, id, hash), 20_800);
    const refusal = (bytes: Bytes, chunk: Bytes = hash) => resultOf(() => checkReceipt(bytes, station, nr, id, chunk));
    assert.equal(refusal(sign("ll-chunk2", 20_800)), "BAD_SIGNATURE");
    assert.equal(refusal(concat(u32(20_801), receipt.slice(4))), "BAD_SIGNATURE");
    assert.equal(refusal(receipt, seeded("other")(32)), "BAD_SIGNATURE");
    assert.equal(refusal(receipt.slice(0, 67)), "TRUNCATED");
    assert.equal(refusal(concat(receipt, new Uint8Array(1))), "TRAILING_BYTES");
});
