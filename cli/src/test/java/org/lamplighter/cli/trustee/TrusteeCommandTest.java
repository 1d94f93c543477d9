package org.lamplighter.cli.trustee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.share.KeyOpener;
import org.lamplighter.core.evidence.share.KeyOpening;
import org.lamplighter.core.evidence.share.KeySealer;
import org.lamplighter.core.evidence.share.SealBinding;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.evidence.share.ShareRecipient;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.testkit.SeededRandom;

final class TrusteeCommandTest {
    private static final String PASSPHRASE = "five quiet words are enough";

    @TempDir
    Path temp;

    private final SeededRandom random = SeededRandom.of(81);
    private final PkeSecretKey journalist = PkeSecretKey.fromSeed(SecretBytes.copyOf(random.bytes(32)));
    private final PartKey partKey = PartKey.generate(random);
    private Path folder = Path.of("");

    /** What one run of the command left behind. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void init() {
        folder = temp.resolve("trustee");
        Result made = run(PASSPHRASE + "\n" + PASSPHRASE + "\n", "init", folder.toString(), "--name", "Grace  Example");
        assertThat(made.code).as(made.err).isZero();
        assertThat(made.out).contains("trustee-request").contains("fingerprint");
    }

    @Test
    void init_makesASealedKeyAndARequestThatTheNewsroomReads() throws Exception {
        TrusteeRequest request = TrusteeRequest.parse(Files.readAllBytes(folder.resolve("trustee-request")));

        assertThat(request.name().text()).isEqualTo("Grace Example");
        assertThat(Files.getPosixFilePermissions(folder.resolve("trustee.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readAllBytes(folder.resolve("trustee.key")))
                .startsWith("LLBX".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void init_neverReplacesAKey() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("trustee.key"));

        Result again = run(PASSPHRASE + "\n" + PASSPHRASE + "\n", "init", folder.toString(), "--name", "Grace Example");

        assertThat(again.code).isEqualTo(CommandRunner.FAILED);
        assertThat(again.err).startsWith("error: ").contains("\nhint: ");
        assertThat(Files.readAllBytes(folder.resolve("trustee.key"))).isEqualTo(before);
    }

    @Test
    void init_refusesShortOrDifferentPassphrasesAndOddNames() {
        String other = temp.resolve("other").toString();

        assertThat(run("short\nshort\n", "init", other, "--name", "Ada Example").err)
                .contains("shorter than 15");
        assertThat(run("four quiet lamps\nfour quiet lanterns\n", "init", other, "--name", "Ada Example").err)
                .contains("differ");
        assertThat(run("four quiet lamps\nfour quiet lamps\n", "init", other, "--name", "Ada\u202eExample").code)
                .isEqualTo(CommandRunner.FAILED);
        assertThat(run("", "init", other).code).isEqualTo(CommandRunner.USAGE);
        assertThat(temp.resolve("other").resolve("trustee.key")).doesNotExist();
    }

    @Test
    void share_isPrintedAsOnPaper_andOpensTogetherWithTheJournalistsOwn() throws Exception {
        SealedKeys keys = sealedKeys();
        Path file = write("sealed-share", SealedShare.of(keys, binding(keys), 2).toByteArray());

        Result shown = run(PASSPHRASE + "\n", "share", folder.toString(), file.toString());

        assertThat(shown.code).as(shown.err).isZero();
        assertThat(shown.out.lines()).hasSize(5).first().isEqualTo("lamplighter-share/v1");
        assertThat(shown.err)
                .contains("share 2 of 2")
                .contains("evidence " + binding(keys).words())
                .contains("hint: compare the words");
        assertThat(shown.out.lines()).contains("evidence " + binding(keys).words());
        Share fromPaper = Share.parse(shown.out.toCharArray());
        Share own = SealedShare.of(keys, binding(keys), 1).open(journalist).orElseThrow();
        assertThat(KeyOpener.open(keys, binding(keys), List.of(own, fromPaper))).isInstanceOf(KeyOpening.Opened.class);
    }

    @Test
    void share_withOut_isWrittenForTheOwnerAlone_andReplacesNothing() throws Exception {
        Path file = write("sealed-share", sealedShare(2).toByteArray());
        Path out = temp.resolve("share.txt");

        Result written = run(PASSPHRASE + "\n", "share", folder.toString(), file.toString(), "--out", out.toString());
        Result again = run(PASSPHRASE + "\n", "share", folder.toString(), file.toString(), "--out", out.toString());

        assertThat(written.code).as(written.err).isZero();
        assertThat(written.out).isEqualTo("share " + out + "\n");
        assertThat(Share.parse(Files.readString(out).toCharArray()).rule().index())
                .isEqualTo(2);
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(again.code).isEqualTo(CommandRunner.FAILED);
    }

    @Test
    void share_ofSomebodyElse_isRefusedBeforeThePassphraseIsAsked() throws Exception {
        Path file = write("sealed-share", sealedShare(1).toByteArray());

        Result refused = run("", "share", folder.toString(), file.toString());

        assertThat(refused.code).isEqualTo(CommandRunner.FAILED);
        assertThat(refused.err).contains("another holder").doesNotContain("Passphrase");
    }

    @Test
    void share_thatWasChanged_isRefused() throws Exception {
        String document = new String(sealedShare(2).toByteArray(), StandardCharsets.US_ASCII);
        Path renumbered =
                write("a", document.replace("share 2 of 2", "share 1 of 2").getBytes(StandardCharsets.US_ASCII));
        Path otherRule =
                write("c", document.replace("2 of 2, any 2", "2 of 3, any 2").getBytes(StandardCharsets.US_ASCII));
        Path otherBinding = write(
                "d",
                document.replaceFirst("binding [0-9a-f]{4}", "binding 0000").getBytes(StandardCharsets.US_ASCII));
        Path cut = write("b", document.substring(0, 900).getBytes(StandardCharsets.US_ASCII));

        for (Path changed : List.of(renumbered, otherRule, otherBinding)) {
            Result refused = run(PASSPHRASE + "\n", "share", folder.toString(), changed.toString());
            assertThat(refused.err).contains("error: the share does not open");
            assertThat(refused.out).isEmpty();
        }
        assertThat(run(PASSPHRASE + "\n", "share", folder.toString(), cut.toString()).err)
                .contains("is not a sealed share");
        assertThat(run(
                                PASSPHRASE + "\n",
                                "share",
                                folder.toString(),
                                temp.resolve("none").toString())
                        .err)
                .contains("error: no such file");
    }

    @Test
    void share_withAWrongPassphrase_orInAnotherFolder_isRefused() throws Exception {
        Path file = write("sealed-share", sealedShare(2).toByteArray());

        Result wrong = run("not the passphrase\n", "share", folder.toString(), file.toString());
        Result elsewhere = run(PASSPHRASE + "\n", "share", temp.toString(), file.toString());

        assertThat(wrong.err).contains("error: wrong passphrase");
        assertThat(wrong.out).isEmpty();
        assertThat(elsewhere.err).contains("error: not a trustee's folder").contains("trustee init");
    }

    private SealedKeys sealedKeys() throws Exception {
        TrusteeRequest request = TrusteeRequest.parse(Files.readAllBytes(folder.resolve("trustee-request")));
        List<ShareRecipient> recipients = List.of(
                ShareRecipient.journalist(JournalistId.copyOf(new byte[8]), journalist.publicKey()),
                ShareRecipient.trustee(request.key()));
        return KeySealer.seal(List.of(partKey), 2, recipients, random);
    }

    private SealedShare sealedShare(int index) throws Exception {
        SealedKeys keys = sealedKeys();
        return SealedShare.of(keys, binding(keys), index);
    }

    private SealBinding binding(SealedKeys keys) {
        Digest any = Digest.copyOf(new byte[32]);
        return SealBinding.of(
                keys, List.of(new FileEntry("ledger.csv", "text/csv", 1, any, any, List.of(Part.Keyed.of(partKey)))));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(temp.resolve(name), content);
    }

    private Result run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = CommandRunner.run(
                TrusteeCommand.of(terminal, random, new PassphraseBox.Cost(1024, 1, 1)), terminal, arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
