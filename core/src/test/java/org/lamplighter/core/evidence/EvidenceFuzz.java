package org.lamplighter.core.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.evidence.open.SafeFileNames;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.fuzz.Seeds;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** File entries, sealed keys, chunks, proofs, and names of files. */
public final class EvidenceFuzz {
    private EvidenceFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        byte[] sealedKeys = Seeds.hex("shares.json", "sealed_keys", "bytes").getFirst();
        return List.of(
                FuzzTarget.canonical("file-entry", 512, EvidenceFuzz::entry)
                        .refusing(MalformedException.class)
                        .seeded(Seeds.hex("evidence.json", "entries", "bytes")),
                FuzzTarget.of("sealed-keys", 256, input -> {
                            byte[] bytes = Patch.apply(sealedKeys, input);
                            ByteReader reader = ByteReader.of(bytes, "sealed keys");
                            ByteWriter writer = new ByteWriter();
                            SealedKeys.read(reader).writeTo(writer);
                            reader.end();
                            FuzzTarget.requireSame(writer.toByteArray(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.of("sealing", 256, input -> {
                            byte[] bytes = Patch.apply(withMark(sealedKeys), input);
                            ByteReader reader = ByteReader.of(bytes, "sealing");
                            ByteWriter writer = new ByteWriter();
                            Sealing.read(reader).writeTo(writer);
                            reader.end();
                            FuzzTarget.requireSame(writer.toByteArray(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                opening(),
                FuzzTarget.of("piece-proof", 512, EvidenceFuzz::proof).seeded(new byte[40]),
                FuzzTarget.of("safe-file-name", 300, EvidenceFuzz::fileName)
                        .seeded("report.pdf")
                        .seeded("..\\COM1 .txt")
                        .seeded("a/b\u202egpj.exe")
                        .seeded("\uff0e\uff0e\uff0fetc")
                        .seeded("x".repeat(250) + ".tar"));
    }

    private static byte[] entry(byte[] input) throws MalformedException {
        ByteReader reader = ByteReader.of(input, "file entry");
        ByteWriter writer = new ByteWriter();
        FileEntry.read(reader).writeTo(writer);
        reader.end();
        return writer.toByteArray();
    }

    private static byte[] withMark(byte[] sealedKeys) {
        return new ByteWriter().u8(1).bytes(sealedKeys).toByteArray();
    }

    /** A chunk that somebody changed: never opened as the file, and nothing thrown. */
    private static FuzzTarget opening() throws Exception {
        MemoryChunks chunks = new MemoryChunks();
        FileEntry entry = Sealer.of(SeededRandom.of(69))
                .seal("plan.pdf", "application/pdf", 100, new Pattern(100), chunks::accept);
        ChunkId id = chunks.order().getFirst();
        byte[] chunk = chunks.bytes(id);
        return FuzzTarget.of("opening-of-chunk", 128, input -> {
                    byte[] changed = Patch.apply(chunk, input);
                    MemoryChunks stored = new MemoryChunks();
                    stored.put(id, changed);
                    OpenResult result = Opener.of(stored).open(entry, new ByteArrayOutputStream());
                    boolean opened = result instanceof OpenResult.Opened;
                    FuzzTarget.require(
                            opened == Arrays.equals(chunk, changed), "opened what was changed, or not what was not");
                    return opened;
                })
                .seeded(new byte[0]);
    }

    /** A proof of the input's choice about a piece of one byte: none leads to a root that nobody computed. */
    private static boolean proof(byte[] input) throws MalformedException {
        if (input.length < 4) {
            return false;
        }
        long pieces = 1L + (input[0] & 0xff);
        long index = (input[1] & 0xff) % pieces;
        List<Digest> path = new ArrayList<>();
        for (int at = 2; at + 32 <= input.length; at += 32) {
            path.add(Digest.copyOf(Arrays.copyOfRange(input, at, at + 32)));
        }
        byte[] piece = {input[2]};
        FuzzTarget.require(
                !new PieceProof(index, pieces, path).verifies(piece, Digest.copyOf(new byte[32])), "a root of zeros");
        return true;
    }

    private static boolean fileName(byte[] input) {
        String safe = SafeFileNames.of(FuzzTarget.text(input));
        FuzzTarget.requireSame(SafeFileNames.of(safe), safe);
        FuzzTarget.require(!safe.isEmpty() && safe.getBytes(UTF_8).length <= SafeFileNames.MAX_BYTES, "length");
        FuzzTarget.require(
                safe.codePoints().noneMatch(c -> Character.isISOControl(c) || "/\\:*?\"<>|".indexOf(c) >= 0)
                        && !safe.startsWith(".")
                        && !safe.startsWith("-")
                        && !safe.endsWith(".")
                        && !safe.endsWith(" "),
                "not a safe name");
        List<String> two = SafeFileNames.ofAll(List.of(safe, FuzzTarget.text(input)));
        FuzzTarget.require(!two.getFirst().equalsIgnoreCase(two.getLast()), "two files of one name");
        FuzzTarget.require(FileEntry.isName(two.getLast()), "a name that no submission can hold");
        return true;
    }
}
