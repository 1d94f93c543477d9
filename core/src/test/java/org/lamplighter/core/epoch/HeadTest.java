package org.lamplighter.core.epoch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class HeadTest {
    private static final SignedHead FIRST = Heads.history(1, 0).getFirst();

    @Test
    void verify_ofWhatWasSigned_givesTheContents() throws Exception {
        Head head = Heads.verified(FIRST);

        assertThat(head.contents()).isEqualTo(Heads.contents(1, 0));
        assertThat(head.epoch()).isEqualTo(1);
        assertThat(head.time()).isEqualTo(1_795_003_600L);
        assertThat(head.prekeySlot()).isEqualTo(41_550);
        assertThat(head.chain()).isEqualTo(FIRST.chain().value());
        String text = new String(FIRST.note(), UTF_8);
        assertThat(text)
                .startsWith("lamplighter-head/v1\norigin harbour-courier\nepoch 1\ntime 1795003600\nprekey-slot 41550\n"
                        + "parameters ")
                .contains(
                        "\nbody 00 ", "\nbody 63 ", "\nchain " + head.chain().hex() + "\n\n— harbour-courier/station ");
        assertThat(head.core())
                .isEqualTo(Digest.copyOf(
                        Sha256.digest(text.substring(0, text.indexOf("chain ")).getBytes(UTF_8))));
    }

    @Test
    void verify_anyChangedBit_isRefused() {
        int accepted = Malleability.check(
                FIRST.note(), MalformedException.class, 1_500, 5, note -> reencode(Head.verify(note, Heads.KEY), note));

        assertThat(accepted).isZero();
    }

    @Test
    void verify_otherKeyOrName_isRefused() {
        StationKey other = StationKey.generate(SeededRandom.of(43));

        assertReason(
                Reason.WRONG_SIGNER,
                () -> Head.verify(FIRST.note(), new NoteKey(Heads.KEY.name(), other.verifyingKey())));
        assertReason(
                Reason.WRONG_SIGNER,
                () -> Head.verify(FIRST.note(), new NoteKey("canal-post/station", Heads.KEY.key())));
    }

    /** Signed by the right key under the right name, and yet another newsroom's or another document. */
    @Test
    void verify_signedTextOfAnotherForm_isRefused() {
        assertReason(Reason.WRONG_SIGNER, () -> verifySigned(text -> text.replace("origin harbour", "origin other")));
        assertReason(Reason.UNKNOWN_VERSION, () -> verifySigned(text -> text.replace("head/v1", "head/v2")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replace("epoch 1\n", "epoch 0\n")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replace("epoch 1\n", "epoch 01\n")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replace("epoch 1\n", "epoch -1\n")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replace("slot 41550", "slot 4294967296")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replaceFirst("keys [0-9a-f]{2}", "keys ")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replaceFirst("body 17.*\n", "")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replace("body 17", "body 71")));
        assertReason(
                Reason.BAD_FIELD, () -> verifySigned(text -> text.replaceFirst("(body 17.*\n)(body 18.*\n)", "$2$1")));
        assertReason(Reason.TRAILING_BYTES, () -> verifySigned(text -> text + "chain 00\n"));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replaceFirst("chain.*\n", "")));
        assertReason(Reason.BAD_FIELD, () -> verifySigned(text -> text.replaceFirst("chain [0-9a-f]", "chain A")));
    }

    @Test
    void checkFile_otherBytesThanTheHeadNames_isRefused() throws Exception {
        byte[] hints = SeededRandom.of(1).bytes(3072);
        HeadContents plain = Heads.contents(1, 0);
        HeadContents contents = new HeadContents(
                plain.origin(),
                1,
                plain.time(),
                plain.prekeySlot(),
                plain.parameters(),
                plain.keys(),
                Digest.copyOf(Sha256.digest(hints)),
                plain.bodies());
        Head head = Heads.verified(HeadBuilder.sign(contents, Chain.beginning(), Heads.STATION));

        head.checkFile("hints", hints);
        hints[3071] ^= 1;
        assertReason(Reason.WRONG_HASH, () -> head.checkFile("hints", hints));
        for (String file : List.of("parameters", "keys", "bodies/00", "bodies/63")) {
            assertReason(Reason.WRONG_HASH, () -> head.checkFile(file, new byte[0]));
        }
        assertThatThrownBy(() -> head.checkFile("chain", hints)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sign_epochThatDoesNotFollow_isAFaultOfTheCaller() {
        assertThatThrownBy(() -> HeadBuilder.sign(Heads.contents(3, 0), FIRST.chain(), Heads.STATION))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void verifySigned(UnaryOperator<String> change) throws MalformedException {
        String note = new String(FIRST.note(), UTF_8);
        String text = change.apply(note.substring(0, note.indexOf("\n\n") + 1));
        Head.verify(Heads.STATION.signNote(text, new Origin("harbour-courier")), Heads.KEY);
    }

    /** Signs again what was read; Ed25519 is deterministic, so that equal contents give equal notes. */
    private static byte[] reencode(Head head, byte[] note) {
        return head.epoch() == 1
                ? HeadBuilder.sign(head.contents(), Chain.beginning(), Heads.STATION)
                        .note()
                : note;
    }

    private static void assertReason(Reason reason, ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
