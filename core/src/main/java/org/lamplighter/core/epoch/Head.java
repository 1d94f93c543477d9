package org.lamplighter.core.epoch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A head whose signature was verified (docs/spec/04-mailbox.md 4.7): {@link #verify} alone makes one. It vouches for every file of
 * its epoch. Immutable.
 */
public final class Head {
    private static final String WHAT = "head";

    private final HeadContents contents;
    private final Digest core;
    private final Digest chain;
    private final Map<String, Digest> digests;

    private Head(HeadContents contents, Digest core, Digest chain) {
        this.contents = contents;
        this.core = core;
        this.chain = chain;
        this.digests = digests(contents);
    }

    /**
     * Reads the file {@code head}, signed by the station's key.
     *
     * @throws MalformedException with the reasons of a note, {@code WRONG_SIGNER} when the head names another origin than the
     *     key, {@code BAD_FIELD} for lines in another order or form
     */
    public static Head verify(byte[] note, NoteKey station) throws MalformedException {
        NoteLines lines = NoteLines.of(SignedNote.verify(note, station, WHAT), HeadContents.TITLE, WHAT);
        Origin origin = Origin.parse(lines.value("origin"));
        if (!origin.stationName().equals(station.name())) {
            throw new MalformedException(Reason.WRONG_SIGNER, WHAT + ": of another origin");
        }
        HeadContents contents = new HeadContents(
                origin,
                lines.number("epoch", 1, HeadContents.MAX_NUMBER),
                lines.number("time", 0, HeadContents.MAX_NUMBER),
                lines.number("prekey-slot", 0, HeadContents.MAX_SLOT),
                digest(lines, "parameters"),
                digest(lines, "keys"),
                digest(lines, "hints"),
                bodies(lines));
        Digest chain = digest(lines, "chain");
        lines.end();
        return new Head(contents, HeadBuilder.core(contents.coreText()), chain);
    }

    /** Reads the chain file of this epoch; {@link Chain#parse} says what is refused. */
    public Chain parseChain(byte[] file) throws MalformedException {
        return Chain.parse(file, epoch(), core, chain);
    }

    /**
     * Refuses {@code bytes} that are not the file {@code name} of this epoch: one of {@link EpochLayout#filesAfterHead} but the
     * chain, which {@link #parseChain} checks.
     *
     * @throws MalformedException {@code WRONG_HASH}
     */
    public void checkFile(String name, byte[] bytes) throws MalformedException {
        Digest expected = digests.get(name);
        if (expected == null) {
            throw new IllegalArgumentException("the head names no file " + name);
        }
        if (!expected.equals(Digest.copyOf(Sha256.digest(bytes)))) {
            throw new MalformedException(Reason.WRONG_HASH, WHAT + ": the file " + name + " differs from its hash");
        }
    }

    public HeadContents contents() {
        return contents;
    }

    public long epoch() {
        return contents.epoch();
    }

    /** Unix seconds of the boundary. */
    public long time() {
        return contents.time();
    }

    /** The slot that senders name. */
    public long prekeySlot() {
        return contents.prekeySlot();
    }

    /** {@code core_e} (4.8). */
    public Digest core() {
        return core;
    }

    /** {@code chain_e} (4.8). */
    public Digest chain() {
        return chain;
    }

    private static List<Digest> bodies(NoteLines lines) throws MalformedException {
        List<Digest> bodies = new ArrayList<>(EpochLayout.BODY_FILES);
        for (int file = 0; file < EpochLayout.BODY_FILES; file++) {
            bodies.add(digest(lines, "body " + EpochLayout.number(file)));
        }
        return bodies;
    }

    private static Digest digest(NoteLines lines, String key) throws MalformedException {
        return Digest.parseHex(lines.value(key), WHAT + ": " + key);
    }

    private static Map<String, Digest> digests(HeadContents contents) {
        Map<String, Digest> digests = new HashMap<>();
        digests.put(EpochLayout.PARAMETERS, contents.parameters());
        digests.put(EpochLayout.KEYS, contents.keys());
        digests.put(EpochLayout.HINTS, contents.hints());
        for (int file = 0; file < EpochLayout.BODY_FILES; file++) {
            digests.put(EpochLayout.bodyFile(file), contents.bodies().get(file));
        }
        return Map.copyOf(digests);
    }
}
