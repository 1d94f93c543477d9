package org.lamplighter.core.prekey;

import static org.lamplighter.core.vectors.Spelled.concat;
import static org.lamplighter.core.vectors.Spelled.sha256;
import static org.lamplighter.core.vectors.Spelled.u16;
import static org.lamplighter.core.vectors.Spelled.u32;
import static org.lamplighter.core.vectors.Spelled.u8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.TestNewsroom;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Uploads, entries and the keys file: changed as they come, and signed by their journalist after the change. */
public final class PrekeyFuzz {
    private static final long FIRST = 41_500;
    private static final long SLOT = FIRST + 5;
    private static final int ROOT_IN_UPLOAD = 1 + 32 + 32 + 4 + 2;
    private static final int ROOT_IN_ENTRY = 1 + 4;

    private static final TestNewsroom NEWSROOM = new TestNewsroom("harbour-courier", 66);
    private static final Person ADA = NEWSROOM.person("Ada Example");
    private static final PrekeyUpload UPLOAD =
            PrekeyUpload.sign(NEWSROOM.key.id(), ADA.signing(), Prekeys.from(FIRST, NEWSROOM.random));

    private PrekeyFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        byte[] upload = UPLOAD.toByteArray();
        byte[] entry = UPLOAD.entry(SLOT).toByteArray();
        Roster roster = NEWSROOM.roster(ADA, NEWSROOM.person("Ben Example"));
        byte[] keysFile = KeysFile.build(
                SLOT, roster, Map.of(RosterJournalist.id(ADA.signing().verifyingKey()), UPLOAD.entry(SLOT)));
        return List.of(
                target("prekey-upload", input -> upload(Patch.apply(upload, input))),
                target("prekey-upload-signed", input -> upload(signedUpload(Patch.apply(upload, input)))),
                target("prekey-entry", input -> entry(Patch.apply(entry, input))),
                target("prekey-entry-signed", input -> entry(signedEntry(Patch.apply(entry, input)))),
                target("keys-file", input -> {
                    byte[] file = Patch.apply(keysFile, input);
                    VerifiedKeys read = KeysFile.verify(file, NEWSROOM.key);
                    FuzzTarget.require(read.addressees().size() == 2, "not one addressee for each active journalist");
                    return true;
                }));
    }

    private static FuzzTarget target(String name, FuzzTarget.Attempt attempt) {
        return FuzzTarget.of(name, 256, attempt)
                .refusing(MalformedException.class)
                .seeded(new byte[0])
                .seeded(new byte[] {8, 0, 4, 1, 2, 3, 4});
    }

    private static boolean upload(byte[] bytes) throws MalformedException {
        FuzzTarget.requireSame(PrekeyUpload.verify(bytes, NEWSROOM.key.id()).toByteArray(), bytes);
        return true;
    }

    private static boolean entry(byte[] bytes) throws MalformedException {
        PrekeyEntry.verify(bytes, NEWSROOM.key.id(), ADA.signing().verifyingKey(), SLOT)
                .ifPresent(entry -> FuzzTarget.requireSame(entry.toByteArray(), bytes));
        return true;
    }

    /** With the root that belongs to its keys, and a signature over it: from the words of docs/spec 1.6. */
    private static byte[] signedUpload(byte[] changed) {
        if (changed.length < ROOT_IN_UPLOAD + 96) {
            return changed;
        }
        byte[] keys = Arrays.copyOfRange(changed, ROOT_IN_UPLOAD + 96, changed.length);
        byte[] whole = Arrays.copyOf(keys, PrekeyUpload.COUNT * Prekey.BYTES);
        long first = firstSlot(changed, 65);
        List<byte[]> level = IntStream.range(0, PrekeyUpload.COUNT)
                .mapToObj(i -> sha256(
                        u8(0), u32(first + i), Arrays.copyOfRange(whole, i * Prekey.BYTES, (i + 1) * Prekey.BYTES)))
                .toList();
        while (level.size() > 1) {
            List<byte[]> below = level;
            level = IntStream.range(0, below.size() / 2)
                    .mapToObj(i -> sha256(u8(1), below.get(2 * i), below.get(2 * i + 1)))
                    .toList();
        }
        return withRoot(changed, ROOT_IN_UPLOAD, level.getFirst(), first);
    }

    private static byte[] signedEntry(byte[] changed) {
        if (changed.length != PrekeyEntry.BYTES) {
            return changed;
        }
        long first = firstSlot(changed, 1);
        int keysAt = ROOT_IN_ENTRY + 96;
        int pathAt = keysAt + Prekey.BYTES;
        byte[] hash = sha256(u8(0), u32(SLOT), Arrays.copyOfRange(changed, keysAt, pathAt));
        for (int depth = 0; depth < 6; depth++) {
            byte[] beside = Arrays.copyOfRange(changed, pathAt + 32 * depth, pathAt + 32 * depth + 32);
            boolean left = ((SLOT - first) >> depth & 1) == 0;
            hash = left ? sha256(u8(1), hash, beside) : sha256(u8(1), beside, hash);
        }
        return withRoot(changed, ROOT_IN_ENTRY, hash, first);
    }

    private static long firstSlot(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    private static byte[] withRoot(byte[] changed, int at, byte[] root, long first) {
        byte[] message = concat(
                NEWSROOM.key.id().toByteArray(),
                ADA.signing().verifyingKey().toByteArray(),
                u32(first),
                u16(PrekeyUpload.COUNT),
                root);
        byte[] out = changed.clone();
        System.arraycopy(root, 0, out, at, 32);
        System.arraycopy(ADA.signing().sign("ll-j-slots", message), 0, out, at + 32, 64);
        return out;
    }
}
