import { layout } from "../evidence/layout.ts";
import { type SealedKeys, encodeSealedKeys, readSealedKeys } from "../sealing/sealed.ts";
import { type Bytes, U64_LIMIT, concat, isZero, text16, text32, u16, u32, u64, u8, utf8 } from "../wire/bytes.ts";
import { demand } from "../wire/malformed.ts";
import { Reader } from "../wire/reader.ts";
import { CONTENT_MOST } from "./structured.ts";

/** Bytes of text that a submission holds at most. */
export const TEXT_MOST = 8 * 1024 * 1024;
/** Files at most. */
export const FILES_MOST = 1000;
/** Bytes that a submission in a part of its own has at most. */
export const SUBMISSION_MOST = 16 * 1024 * 1024;
/** Parts that the files of a submission have together at most (docs/spec 5.2). */
export const PARTS_TOGETHER_MOST = 16_384;

const NAME_MOST = 255;
const MEDIA_TYPE_MOST = 127;

/** Key and commitment of a sealed part (docs/spec 5.3); the key is zeros where the submission is sealed k of n. */
export interface PartKey {
    readonly key: Bytes;
    readonly commitment: Bytes;
}

/** A file of a submission (docs/spec 3.3). */
export interface FileEntry {
    readonly name: string;
    readonly mediaType: string;
    readonly size: bigint;
    readonly chunkRoot: Bytes;
    readonly sha256: Bytes;
    readonly parts: readonly PartKey[];
}

/** What a source hands over (docs/spec 3.3). */
export interface Submission {
    readonly salt: Bytes;
    readonly acknowledgementKey: Bytes;
    readonly day: number;
    readonly text: string;
    readonly files: readonly FileEntry[];
    readonly sealing: SealedKeys | undefined;
}

/** A submission that stands elsewhere, in a sealed part (docs/spec 3.3, mode 1). */
export interface Elsewhere extends PartKey {
    readonly length: number;
}

/** The bytes of a submission; one that a reader would refuse is refused here. */
export function encodeSubmission(submission: Submission): Bytes {
    const encoded = concat(
        u8(1),
        submission.salt,
        submission.acknowledgementKey,
        u32(submission.day),
        text32(submission.text),
        u16(submission.files.length),
        ...submission.files.map(encodeFile),
        submission.sealing === undefined ? u8(0) : concat(u8(1), encodeSealedKeys(submission.sealing)),
    );
    parseSubmission(encoded);
    return encoded;
}

/** Whether a submission of so many bytes stands in the document itself. */
export function fitsInDocument(length: number): boolean {
    return 1 + length <= CONTENT_MOST;
}

/** The document of a submission that fits. */
export function documentOf(submission: Uint8Array): Bytes {
    return concat(u8(0), submission);
}

/** The document of a submission in a sealed part. */
export function documentElsewhere(where: Elsewhere): Bytes {
    return concat(u8(1), u32(where.length), where.key, where.commitment);
}

export function parseDocument(document: Uint8Array): Submission | Elsewhere {
    const reader = new Reader(document);
    const mode = reader.u8("mode");
    demand(mode <= 1, "BAD_FIELD", "mode");
    if (mode === 0) {
        return readSubmission(reader);
    }
    const length = reader.u32("length");
    demand(length <= SUBMISSION_MOST, "TOO_LARGE", "length");
    demand(!fitsInDocument(length), "BAD_FIELD", "length");
    const part = readPart(reader);
    demand(!isZero(part.key), "BAD_FIELD", "part key");
    reader.end("document");
    return { length, ...part };
}

export function parseSubmission(bytes: Uint8Array): Submission {
    demand(bytes.length <= SUBMISSION_MOST, "TOO_LARGE", "submission");
    return readSubmission(new Reader(bytes));
}

/** A file entry that stands alone, its part keys perhaps all zeros. */
export function parseFile(bytes: Uint8Array): FileEntry {
    const reader = new Reader(bytes);
    const file = readFile(reader);
    reader.end("file");
    return file;
}

function encodeFile(file: FileEntry): Bytes {
    const parts = file.parts.map((part) => concat(part.key, part.commitment));
    return concat(
        text16(file.name),
        text16(file.mediaType),
        u64(file.size),
        file.chunkRoot,
        file.sha256,
        u32(file.parts.length),
        ...parts,
    );
}

function readSubmission(reader: Reader): Submission {
    reader.version(1, "submission");
    const salt = reader.bytes(32, "salt");
    const acknowledgementKey = reader.bytes(32, "acknowledgement key");
    const day = reader.u32("day");
    const text = reader.text32(TEXT_MOST, "text");
    const count = reader.u16("files");
    demand(count <= FILES_MOST, "TOO_LARGE", "files");
    const files: FileEntry[] = [];
    let parts = 0;
    for (let i = 0; i < count; i++) {
        const file = readFile(reader);
        parts += file.parts.length;
        demand(parts <= PARTS_TOGETHER_MOST, "TOO_LARGE", "parts");
        files.push(file);
    }
    const sealed = reader.u8("sealing");
    demand(sealed <= 1, "BAD_FIELD", "sealing");
    const sealing = sealed === 1 ? readSealedKeys(reader) : undefined;
    reader.end("submission");
    const keys = files.flatMap((file) => file.parts.map((part) => part.key));
    demand(
        keys.every((key) => isZero(key) === (sealed === 1)),
        "BAD_FIELD",
        "part key",
    );
    demand(sealing === undefined || sealing.keys.length === 32 * keys.length + 16, "BAD_FIELD", "sealed part keys");
    return { salt, acknowledgementKey, day, text, files, sealing };
}

function readFile(reader: Reader): FileEntry {
    const name = reader.text16(NAME_MOST, "name");
    demand(isFileName(name), "BAD_FIELD", "name");
    const mediaType = reader.text16(MEDIA_TYPE_MOST, "media type");
    demand(/^[\x20-\x7e]*$/.test(mediaType), "BAD_FIELD", "media type");
    const size = reader.u64("size");
    const chunkRoot = reader.bytes(32, "chunk root");
    const sha256 = reader.bytes(32, "SHA-256");
    const count = reader.u32("parts");
    demand(size < U64_LIMIT && BigInt(count) === layout(size).parts, "BAD_FIELD", "parts");
    demand(count <= PARTS_TOGETHER_MOST, "TOO_LARGE", "parts");
    const parts = Array.from({ length: count }, () => readPart(reader));
    const hidden = parts.filter((part) => isZero(part.key)).length;
    demand(hidden === 0 || hidden === parts.length, "BAD_FIELD", "part key");
    return { name, mediaType, size, chunkRoot, sha256, parts };
}

function readPart(reader: Reader): PartKey {
    return { key: reader.bytes(32, "part key"), commitment: reader.bytes(32, "commitment") };
}

/** Whether a name may stand in a submission: not empty, no separator or control character, not `.` or `..`. */
export function isFileName(name: string): boolean {
    return name !== "" && name !== "." && name !== ".." && !/[/\\\p{Cc}]/u.test(name) && utf8(name).length <= NAME_MOST;
}
