// What a page uses. Everything else is the library's own.
export { type Recipient, type Opened } from "./envelope/envelope.ts";
export { type Found, type Pace, enginePace, scan } from "./epoch/scan.ts";
export { type Freshness, type Head, type History, type Memory, isFork, memoryOf } from "./epoch/head.ts";
export { checkReceipt } from "./evidence/receipt.ts";
export { type ChunkSink, FileChanged, type Readable, type SealedFile, sealBytes, sealFile } from "./evidence/seal.ts";
export { type Layout, layout } from "./evidence/layout.ts";
export { type Bundle, type Letter, type Setting, bundleLength, composeBundle } from "./message/bundle.ts";
export {
    type FileEntry,
    type Submission,
    documentElsewhere,
    documentOf,
    encodeSubmission,
    fitsInDocument,
    isFileName,
} from "./message/submission.ts";
export { type Certificate, type Terms, bundlesPerDay } from "./newsroom/certificate.ts";
export { type Addressee, type Keys } from "./newsroom/keys.ts";
export { type Newsroom, parseNewsroom } from "./newsroom/note.ts";
export { type Journalist, type Roster, type State, type Trustee } from "./newsroom/roster.ts";
export { type Random, platformRandom } from "./primitive/random.ts";
export { type Holder, type Locked, evidenceWords, journalistHolder, lock, trusteeHolder } from "./sealing/seal.ts";
export { type Confirmed, type Inbox, type Received, readInbox } from "./session/inbox.ts";
export {
    type Answer,
    type Clock,
    type Epoch,
    type Exchange,
    ForeignNewsroom,
    type Request,
    NotCurrent,
    type Session,
    StationFailed,
    download,
    freshnessOf,
    isCurrent,
    postBundle,
} from "./session/session.ts";
export { type UploadOptions, uploader } from "./session/upload.ts";
export { fingerprint } from "./source/fingerprint.ts";
export { type Party, sourceKeys, wipeParty } from "./source/keys.ts";
export {
    type WordsFault,
    WordsRefused,
    completions,
    newPassphrase,
    parsePassphrase,
    passphraseOf,
} from "./source/words.ts";
export { type Bytes, wipe } from "./wire/bytes.ts";
export { Malformed, type Reason } from "./wire/malformed.ts";
