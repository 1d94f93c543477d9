package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.HolderId;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.message.SubmissionDocument.Elsewhere;
import org.lamplighter.core.message.SubmissionDocument.Whole;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class SubmissionTest {
    private static final SeededRandom RANDOM = SeededRandom.of(3);
    private static final Sealing OPEN = new Sealing.None();
    private static final long MIB = 1 << 20;

    @Test
    void submission_comesBackAsItWas() throws Exception {
        List<FileEntry> files = List.of(file("plan.pdf", 0), file("loading bay.mp4", 300 * MIB));
        for (Submission submission : List.of(
                submission("", List.of(), OPEN),
                submission("The factory at the canal.\u0000\u0000", files, OPEN),
                submission("sealed", files.stream().map(FileEntry::lock).toList(), sealed(3)))) {
            Submission parsed = Submission.parse(submission.encode());

            assertThat(parsed.encode()).isEqualTo(submission.encode());
            assertThat(parsed.text()).isEqualTo(submission.text());
            assertThat(parsed.files()).hasSameSizeAs(submission.files());
            assertThat(parsed.totalSize()).isEqualTo(submission.totalSize());
            assertThat(parsed.sealing().getClass())
                    .isEqualTo(submission.sealing().getClass());
        }
    }

    @Test
    void submission_whateverIsAccepted_isWrittenBackAsItWas() {
        List<FileEntry> files = List.of(file("a", 10), file("b", 300 * MIB));
        List<FileEntry> locked = files.stream().map(FileEntry::lock).toList();
        for (Submission submission : List.of(submission("text", files, OPEN), submission("text", locked, sealed(3)))) {
            Malleability.check(
                    submission.encode(),
                    MalformedException.class,
                    10_000,
                    4,
                    input -> Submission.parse(input).encode());
            Malleability.check(
                    new Whole(submission("text", List.of(), OPEN)).encode(),
                    MalformedException.class,
                    5_000,
                    5,
                    input -> SubmissionDocument.parse(input).encode());
        }
    }

    @Test
    void sealing_thatDoesNotFitTheFiles_isRefused() {
        List<FileEntry> files = List.of(file("a", 10));
        List<FileEntry> locked = files.stream().map(FileEntry::lock).toList();

        assertThatThrownBy(() -> submission("", locked, OPEN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> submission("", files, sealed(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> submission("", locked, sealed(2))).isInstanceOf(IllegalArgumentException.class);

        byte[] open = submission("", files, OPEN).encode();
        Arrays.fill(open, open.length - 65, open.length - 33, (byte) 0);
        assertReason(Reason.BAD_FIELD, () -> Submission.parse(open));
    }

    @Test
    void ceilings_areKept() throws Exception {
        assertThatThrownBy(() -> submission("x".repeat(Submission.MAX_TEXT + 1), List.of(), OPEN))
                .isInstanceOf(IllegalArgumentException.class);
        List<FileEntry> many = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            many.add(file("f" + i, 1));
        }
        assertThatThrownBy(() -> submission("", many, OPEN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Stream.of(submission("", many.subList(0, 1000), OPEN))).hasSize(1);
        assertReason(Reason.TOO_LARGE, () -> Submission.parse(new byte[Submission.MAX_LENGTH + 1]));

        List<FileEntry> most =
                List.of(file("a", PartLayout.MAX_FILE_BYTES / 2), file("b", PartLayout.MAX_FILE_BYTES / 2));
        assertThat(Submission.parse(submission("", most, OPEN).encode()).files())
                .hasSize(2);
        List<FileEntry> more = List.of(most.get(0), most.get(1), file("c", 1));
        assertThatThrownBy(() -> submission("", more, OPEN)).isInstanceOf(IllegalArgumentException.class);
        ByteWriter tooMany = new ByteWriter()
                .u8(1)
                .bytes(new byte[64])
                .u32(20_000)
                .text32("")
                .u16(3);
        more.forEach(entry -> entry.writeTo(tooMany));
        assertReason(Reason.TOO_LARGE, () -> Submission.parse(tooMany.u8(0).toByteArray()));

        byte[] text = submission("", List.of(), OPEN).encode();
        text[69] = 0x01;
        assertReason(Reason.TOO_LARGE, () -> Submission.parse(text));
        byte[] count = submission("", List.of(), OPEN).encode();
        count[73] = 0x04;
        assertReason(Reason.TOO_LARGE, () -> Submission.parse(count));
    }

    @Test
    void document_wholeUntilItDoesNotFit_thenElsewhere() throws Exception {
        Submission largest = submission("x".repeat(SubmissionDocument.MAX_WHOLE - 76), List.of(), OPEN);
        Submission larger = submission("x".repeat(SubmissionDocument.MAX_WHOLE - 75), List.of(), OPEN);

        assertThat(new Whole(largest).encode()).hasSize(3371);
        assertThat(SubmissionDocument.parse(new Whole(largest).encode())).isInstanceOf(Whole.class);
        assertThat(SubmissionDocument.fits(largest)).isTrue();
        assertThat(SubmissionDocument.fits(larger)).isFalse();
        assertThatThrownBy(() -> new Whole(larger)).isInstanceOf(IllegalArgumentException.class);

        PartKey key = PartKey.generate(RANDOM);
        SubmissionDocument elsewhere = SubmissionDocument.elsewhere(larger.encode().length, key);
        assertThat(elsewhere.encode()).hasSize(1 + 4 + 64);
        Elsewhere parsed = (Elsewhere) SubmissionDocument.parse(elsewhere.encode());
        assertThat(parsed.length()).isEqualTo(3371);
        assertThat(parsed.part().commitment()).isEqualTo(key.commitment());
        assertThat(parsed.part().key().secret().matches(key.secret())).isTrue();
    }

    @Test
    void document_elsewhere_isStrict() {
        byte[] valid = SubmissionDocument.elsewhere(5_000_000, PartKey.generate(RANDOM))
                .encode();
        Malleability.check(
                valid,
                MalformedException.class,
                10_000,
                6,
                input -> SubmissionDocument.parse(input).encode());

        byte[] wouldFit = valid.clone();
        wouldFit[1] = wouldFit[2] = 0;
        wouldFit[3] = 0x0d;
        wouldFit[4] = 0x2a;
        assertReason(Reason.BAD_FIELD, () -> SubmissionDocument.parse(wouldFit));
        byte[] tooLong = valid.clone();
        tooLong[1] = 0x02;
        assertReason(Reason.TOO_LARGE, () -> SubmissionDocument.parse(tooLong));
        byte[] noKey = valid.clone();
        Arrays.fill(noKey, 5, 37, (byte) 0);
        assertReason(Reason.BAD_FIELD, () -> SubmissionDocument.parse(noKey));
        byte[] mode = valid.clone();
        mode[0] = 2;
        assertReason(Reason.BAD_FIELD, () -> SubmissionDocument.parse(mode));
        assertReason(Reason.TOO_LARGE, () -> SubmissionDocument.parse(new byte[3372]));
        assertReason(Reason.TRUNCATED, () -> SubmissionDocument.parse(new byte[0]));
    }

    @Test
    void submission_isNotPrinted() {
        Submission submission = submission("the name of the source", List.of(file("secret.pdf", 1)), OPEN);

        assertThat(submission.toString() + new Whole(submission)).doesNotContain("name of", "secret.pdf");
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static Submission submission(String text, List<FileEntry> files, Sealing sealing) {
        return new Submission(secret(), secret(), 20_781, text, files, sealing);
    }

    private static SecretBytes secret() {
        return SecretBytes.generate(32, RANDOM);
    }

    private static FileEntry file(String name, long size) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < PartLayout.count(size); i++) {
            parts.add(Part.Keyed.of(PartKey.generate(RANDOM)));
        }
        return new FileEntry(name, "video/mp4", size, digest(), digest(), parts);
    }

    private static Sealing sealed(int keys) {
        List<Holder> holders = Stream.generate(() -> new Holder(
                        digest(),
                        Holder.Kind.JOURNALIST,
                        HolderId.of(JournalistId.copyOf(RANDOM.bytes(8))),
                        RANDOM.bytes(Holder.SEALED_SHARE_BYTES)))
                .limit(2)
                .toList();
        return new Sealing.KOfN(new SealedKeys(
                ShareSetId.copyOf(RANDOM.bytes(8)),
                2,
                RANDOM.bytes(32),
                digest(),
                holders,
                RANDOM.bytes(32 * keys + 16)));
    }

    private static Digest digest() {
        return Digest.copyOf(RANDOM.bytes(32));
    }
}
