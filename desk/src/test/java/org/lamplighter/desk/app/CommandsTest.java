package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.evidence.share.KeySealer;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.evidence.share.ShareRecipient;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.Main;

/** The commands as a journalist types them: what is printed, what is asked, how they end. */
class CommandsTest {
    private static final String ADA = "Ada Example";
    private static final String GRACE = "Grace Example";
    private static final String PASSPHRASE = "six random words of ada\n";
    private static final byte[] LEDGER = "item,price\nsand,4\n".getBytes(StandardCharsets.UTF_8);

    /** Clears the screen, writes backwards, ends the line and pretends to be this program. */
    private static final String HOSTILE = "quiet\u001b[2Jwords\u202ereversed\nerror: call this number\u0007";

    @TempDir
    private Path base;

    private World world;
    private TestSource source;
    private String folder;

    /** What one run of a command left behind. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        source = new TestSource(world);
        folder = world.journalist(ADA).toString();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void read_showsTextByStrangersBehindABar_andNoControlCharacters_once() throws Exception {
        sendFile(HOSTILE, "ledger\u202efdp.exe");

        Result first = run(PASSPHRASE, "read", folder);

        assertThat(first.code).as(first.err).isZero();
        assertThat(first.out)
                .contains("  | quiet<U+001B>[2Jwords<U+202E>reversed")
                .contains("  | error: call this number<U+0007>")
                .contains("ledger<U+202E>fdp.exe");
        assertHarmless(first);
        assertThat(first.out.lines()).noneMatch(line -> line.startsWith("error:"));
        Result second = run(PASSPHRASE, "read", folder);
        assertThat(second.code).isZero();
        assertThat(second.out).doesNotContain("quiet");
        assertThat(second.out + second.err).contains("nothing new");
    }

    /** Shows that the check above sees a control character that comes through. */
    @Test
    void controlCharacter_plantedFault_isNoticed() {
        Result leaked = new Result(0, HOSTILE, "");

        assertThatThrownBy(() -> assertHarmless(leaked)).isInstanceOf(AssertionError.class);
    }

    @Test
    void folder_thatIsNone_isRefusedBeforeThePassphraseIsAsked() {
        Result result = run("", "read", base.resolve("nobody").toString());

        assertRefused(result, "no journalist's folder");
        assertThat(result.err).doesNotContain("Passphrase").contains("journalist init");
    }

    @Test
    void init_inAFolderThatHoldsSomething_isRefusedBeforeThePassphraseIsAsked() throws Exception {
        Path full = Files.createDirectory(base.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");

        Result result = run(
                "",
                "init",
                full.toString(),
                "--name",
                "Ada Example",
                "--newsroom",
                base.resolve("newsroom.pub").toString(),
                "--station",
                "http://127.0.0.1:1");

        assertRefused(result, "is not empty");
        assertThat(result.err).doesNotContain("Passphrase");
        try (var files = Files.list(full)) {
            assertThat(files).containsExactly(full.resolve("mine"));
        }
    }

    @Test
    void passphrase_thatIsWrong_isSaidSo_andNothingIsRequested() {
        world.forgetRequests();

        Result result = run("six random words of ben\n", "read", folder);

        assertRefused(result, "the passphrase does not open");
        assertThat(world.requests()).isEmpty();
        assertThat(result.out + result.err).doesNotContain("words of ben");
    }

    @Test
    void passphrase_isChanged_andTheOldOneOpensNoMore() {
        String fresh = "eight other words that nobody has heard\n";
        assertRefused(run(PASSPHRASE + "short\nshort\n", "passphrase", folder), "shorter than 15");

        assertThat(run(PASSPHRASE + fresh + fresh, "passphrase", folder).code).isZero();

        assertRefused(run(PASSPHRASE, "status", folder), "the passphrase does not open");
        assertThat(run(fresh, "status", folder).code).isZero();
    }

    @Test
    void usage_thatIsWrong_endsWithTwo() {
        assertThat(run("", "reply", folder).code).isEqualTo(CommandRunner.USAGE);
        assertThat(run("", "export", folder, "amber-otter/1").code).isEqualTo(CommandRunner.USAGE);
        Result unknown = run("", "raed", folder);
        assertThat(unknown.code).isEqualTo(CommandRunner.USAGE);
        assertThat(unknown.err).startsWith("error: ").contains("\nhint: ");
    }

    @Test
    void reply_toAnUnknownConversation_isRefusedBeforeTheTextIsAsked() throws Exception {
        String conversation = receive("the tender was altered");

        Result result = run(PASSPHRASE, "reply", folder, conversation + "s");

        assertRefused(result, "no conversation");
        assertThat(result.err).contains(conversation);
    }

    @Test
    void reply_fromStandardInput_isPosted_andShownAsMine() throws Exception {
        String conversation = receive("the tender was altered");

        Result result = run(PASSPHRASE + "who signed it?\nand when?\n", "reply", folder, conversation, "--text", "-");

        assertThat(result.code).as(result.err).isZero();
        assertThat(result.out).contains("reply " + conversation + "/2").contains("posted");
        world.settle();
        assertThat(source.read().getFirst().texts()).containsExactly("who signed it?\nand when?\n");
        Result shown = run(PASSPHRASE, "show", folder, conversation);
        assertThat(shown.out).contains("by you").contains("  | and when?");
    }

    @Test
    void reply_whileTheStationIsAway_isKept_andGoesOutWithTheNextSession() throws Exception {
        String conversation = receive("the tender was altered");
        Path text = Files.writeString(base.resolve("text"), "who signed it?");
        world.breakRequests(line -> true);

        Result result = run(PASSPHRASE, "reply", folder, conversation, "--text", text.toString());

        assertThat(result.code).isEqualTo(CommandRunner.FAILED);
        assertThat(result.err).contains("error: ").contains("hint: ").contains("saved as " + conversation + "/2");
        world.breakRequests(line -> false);
        assertThat(run(PASSPHRASE, "read", folder).code).isZero();
        world.settle();
        assertThat(source.read().getFirst().texts()).containsExactly("who signed it?");
    }

    @Test
    void show_ofWhatIsNotThere_saysWhichThereAre() throws Exception {
        String conversation = receive("the tender was altered");

        assertRefused(run(PASSPHRASE, "show", folder, conversation + "/7"), conversation);
        assertRefused(run(PASSPHRASE, "show", folder, "no-such"), "no conversation");
        assertThat(run(PASSPHRASE, "show", folder, conversation + "/1").out).contains("  | the tender was altered");
    }

    @Test
    void longTexts_ofOneUpload_areListedByTheirBeginning_andShownWholeAlone() throws Exception {
        String text = "a line of the ledger\n".repeat(100_000) + "the last line";
        Submission submission = source.submission(text, List.of(), new Sealing.None());
        byte[] document = submission.encode();
        List<SealedChunk> chunks = new ArrayList<>();
        Part.Keyed part = Sealer.of(world.random()).sealDocument(document, (SealedChunk chunk) -> chunks.add(chunk));
        source.upload(chunks);
        byte[] elsewhere = new SubmissionDocument.Elsewhere(document.length, part).encode();
        for (int i = 0; i < 3; i++) {
            source.post(MessageKind.SUBMISSION, Optional.empty(), elsewhere, submission, ADA);
        }
        world.settle();

        Result read = run(PASSPHRASE, "read", folder);

        assertThat(read.code).as(read.err).isZero();
        assertThat(read.out.lines().filter(line -> line.contains("the text goes on, 2100013 characters in all")))
                .hasSize(3);
        assertThat(read.out.length()).isLessThan(3 * 2 * MessageView.BEGINNING);
        try (JournalistDesk desk = world.desk(ADA)) {
            String conversation = desk.conversations().getFirst().designation();
            assertThat(desk.messages(conversation)).hasSize(3).allSatisfy(message -> {
                assertThat(message.text().orElseThrow()).hasSize(MessageView.BEGINNING);
                assertThat(message.textLength()).isEqualTo(text.length());
            });
            assertThat(desk.message(conversation + "/3").text()).contains(text);
        }
        assertThat(run(PASSPHRASE, "show", folder, conversation() + "/3").out).contains("  | the last line");
    }

    @Test
    void export_writesVerifiedFilesForTheOwnerAlone_andReplacesNone() throws Exception {
        sendFile("see the ledger", "ledger.csv");
        String message = conversation() + "/1";
        Path out = base.resolve("out");

        Result first = run(PASSPHRASE, "export", folder, message, "--to", out.toString());
        Result second = run(PASSPHRASE, "export", folder, message, "--to", out.toString());

        assertThat(first.code).as(first.err).isZero();
        assertThat(first.out).contains("verified -> " + out);
        assertThat(second.code).isZero();
        try (var files = Files.list(out)) {
            List<Path> written = files.sorted().toList();
            assertThat(written).hasSize(2);
            for (Path file : written) {
                assertThat(file).hasBinaryContent(LEDGER);
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void export_ofAFileNamedLikeATemporaryOne_losesNeither() throws Exception {
        List<FileEntry> files = List.of(upload("ledger.csv.unverified.tmp"), upload("ledger.csv"));
        source.send("see both", Optional.empty(), files, new Sealing.None(), ADA);
        world.settle();
        Path out = base.resolve("out");

        Result result = run(PASSPHRASE, "export", folder, conversation() + "/1", "--to", out.toString());

        assertThat(result.code).as(result.err).isZero();
        assertThat(out.resolve("ledger.csv")).hasBinaryContent(LEDGER);
        assertThat(out.resolve("ledger.csv.unverified.tmp")).hasBinaryContent(LEDGER);
    }

    @Test
    void sealedFiles_areOpenedByTwoShares_andAShareNeverReplacesAFile() throws Exception {
        PkeSecretKey trustee = sendSealed();
        String message = conversation() + "/1";
        Path sealed = base.resolve("sealed-share");
        Path taken = Files.writeString(base.resolve("taken"), "mine");

        assertRefused(
                run("", "share-for", folder, message, "--trustee", GRACE, "--out", taken.toString()), "exists already");
        assertRefused(run("", "share", folder, message, "--out", taken.toString()), "exists already");
        assertThat(taken).hasContent("mine");
        assertRefused(
                run(PASSPHRASE, "share-for", folder, message, "--trustee", "Grace", "--out", sealed.toString()), GRACE);
        assertRefused(
                run(
                        PASSPHRASE,
                        "export",
                        folder,
                        message,
                        "--to",
                        base.resolve("o").toString()),
                "sealed");

        Result carried = run(PASSPHRASE, "share-for", folder, message, "--trustee", GRACE, "--out", sealed.toString());
        assertThat(carried.code).as(carried.err).isZero();
        Path share = base.resolve("share");
        try (Share opened =
                SealedShare.parse(Files.readAllBytes(sealed)).open(trustee).orElseThrow()) {
            Files.writeString(share, opened.text());
        }
        Result opened = run(PASSPHRASE, "unseal", folder, message, "--share", share.toString());
        assertThat(opened.code).as(opened.err).isZero();
        Result exported = run(
                PASSPHRASE,
                "export",
                folder,
                message,
                "--to",
                base.resolve("out").toString());
        assertThat(exported.out).contains("verified -> ");
        assertThat(base.resolve("out").resolve("ledger.csv")).hasBinaryContent(LEDGER);
    }

    @Test
    void unseal_withAFileThatIsNoShare_saysWhatAShareIs() throws Exception {
        sendSealed();
        Path file = Files.writeString(base.resolve("share"), "not a share");

        Result result = run("", "unseal", folder, "amber-otter/1", "--share", file.toString());

        assertRefused(result, file.toString());
        assertThat(result.err).contains("24 words");
    }

    /** The designation of the one conversation, after a session that brought {@code text}. */
    private String receive(String text) throws Exception {
        source.send(text, ADA);
        world.settle();
        return conversation();
    }

    private String conversation() throws Exception {
        assertThat(run(PASSPHRASE, "read", folder).code).isZero();
        try (JournalistDesk desk = world.desk(ADA)) {
            return desk.conversations().getFirst().designation();
        }
    }

    private void sendFile(String text, String name) throws Exception {
        source.send(text, Optional.empty(), List.of(upload(name)), new Sealing.None(), ADA);
        world.settle();
    }

    /** The ledger, for Ada and a trustee together; yields the trustee's key. */
    private PkeSecretKey sendSealed() throws Exception {
        PkeSecretKey trustee = PkeSecretKey.fromSeed(SecretBytes.generate(32, world.random()));
        world.enrolTrustee(new TrusteeRequest(new PersonName(GRACE), trustee.publicKey()));
        world.nextEpoch();
        FileEntry file = upload("ledger.csv");
        Sealing sealing;
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            sealing = new Sealing.KOfN(KeySealer.seal(
                    file.parts().stream().map(part -> ((Part.Keyed) part).key()).toList(),
                    2,
                    List.of(
                            ShareRecipient.journalist(
                                    world.listed(ADA).id(),
                                    epoch.keys()
                                            .addressee(world.listed(ADA).id())
                                            .orElseThrow()
                                            .prekey()
                                            .orElseThrow()
                                            .pke()),
                            ShareRecipient.trustee(trustee.publicKey())),
                    world.random()));
        }
        source.send("see the ledger", Optional.empty(), List.of(file.lock()), sealing, ADA);
        world.settle();
        return trustee;
    }

    private FileEntry upload(String name) throws Exception {
        List<SealedChunk> chunks = new ArrayList<>();
        FileEntry file = Sealer.of(world.random())
                .seal(name, "text/csv", LEDGER.length, new ByteArrayInputStream(LEDGER), chunks::add);
        source.upload(chunks);
        return file;
    }

    private static void assertRefused(Result result, String why) {
        assertThat(result.code).as(result.err).isEqualTo(CommandRunner.FAILED);
        assertThat(result.err).contains("error: ").contains(why).contains("\nhint: ");
    }

    private static void assertHarmless(Result result) {
        assertThat((result.out + result.err).codePoints())
                .allMatch(point -> point == '\n' || !Character.isISOControl(point))
                .noneMatch(point -> Character.getType(point) == Character.FORMAT);
    }

    private Result run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of("journalist"));
        all.addAll(Arrays.asList(arguments));
        int code =
                CommandRunner.run(Main.commands(terminal, world.surroundings()), terminal, all.toArray(String[]::new));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
