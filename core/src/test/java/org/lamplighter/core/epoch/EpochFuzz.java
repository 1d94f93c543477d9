package org.lamplighter.core.epoch;

import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.fuzz.Signable;
import org.lamplighter.core.vectors.Spelled;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Heads, the chain between them, and what is remembered of it. */
public final class EpochFuzz {
    private static final byte[] FILE = {'h', 'i', 'n', 't', 's'};

    private EpochFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        SignedHead signed = HeadBuilder.sign(contents(), Chain.beginning(), Heads.STATION);
        Head head = Heads.verified(signed);
        byte[] note = signed.note();
        String text = head.contents().coreText() + "chain " + head.chain().hex() + "\n";
        byte[] file = SeededRandom.of(67).bytes(EpochLayout.CHAIN_LENGTH);
        return List.of(
                FuzzTarget.of("head", 256, input -> {
                            byte[] changed = Patch.apply(note, input);
                            Head.verify(changed, Heads.KEY);
                            FuzzTarget.requireSame(changed, note);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.of("head-signed", 256, input -> {
                            String changed = Signable.patched(text, input);
                            Head read = Head.verify(Heads.STATION.signNote(changed, Heads.ORIGIN), Heads.KEY);
                            String again = read.contents().coreText() + "chain "
                                    + read.chain().hex() + "\n";
                            FuzzTarget.requireSame(again, changed);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.of("chain-of-head", 256, input -> {
                            byte[] changed = Patch.apply(signed.chain().encode(), input);
                            FuzzTarget.requireSame(head.parseChain(changed).encode(), changed);
                            FuzzTarget.requireSame(changed, signed.chain().encode());
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.of("chain", 256, input -> {
                            byte[] changed = Patch.apply(file, input);
                            byte[] last = Arrays.copyOfRange(
                                    changed, Math.max(0, changed.length - 32), Math.max(32, changed.length));
                            Chain chain = Chain.parse(changed, 600, Digest.copyOf(last), Digest.copyOf(last));
                            FuzzTarget.requireSame(chain.encode(), changed);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.of("head-file", 64, input -> {
                            head.checkFile(EpochLayout.HINTS, input);
                            FuzzTarget.requireSame(input, FILE);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(FILE),
                FuzzTarget.canonical(
                                "head-memory",
                                48,
                                input -> HeadMemory.parse(input).encode())
                        .refusing(MalformedException.class)
                        .seeded(HeadMemory.of(head).encode()));
    }

    /** Of epoch 1, with {@link #FILE} as its hints. */
    private static HeadContents contents() {
        HeadContents any = Heads.contents(1, 0);
        return new HeadContents(
                any.origin(),
                1,
                any.time(),
                any.prekeySlot(),
                any.parameters(),
                any.keys(),
                Digest.copyOf(Spelled.sha256(FILE)),
                any.bodies());
    }
}
