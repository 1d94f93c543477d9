package org.lamplighter.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.SourceRig.Result;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.testkit.SeededRandom;

/** {@code source new}, {@code send} and {@code read} as people and scripts use them, rightly and wrongly. */
final class SourceCommandTest {
    private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";
    private static final Pattern SHOWN = Pattern.compile("(?m)^ +\\d+  ([a-z]+)$");
    private static final Pattern ASKED = Pattern.compile("word (\\d+): ");
    /** Makes words none of which is one of ours. */
    private static final long SEED = 3;

    private static final String THRICE_WRONG = "none\nnone\nnone\n";

    @TempDir
    Path temp;

    private SourceRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new SourceRig(temp);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void make_showsTwelveWordsOnce_asksThreeBack_andForgetsThem() {
        Result first = make("\n" + THRICE_WRONG);
        List<String> words = shown(first.out());
        assertThat(words).hasSize(12);

        // The same words again, as the seed is the same; the first place asked is known from the first run, and so on.
        String answers = "\n";
        Result last = first;
        for (int i = 0; i < 3; i++) {
            answers += words.get(lastAsked(last) - 1).toUpperCase(Locale.ROOT) + "\n";
            last = make(answers + THRICE_WRONG);
        }
        last.done();
        assertThat(asked(last.err())).hasSize(3).doesNotHaveDuplicates().isSorted();
        assertThat(shown(last.out())).isEqualTo(words);
        checkForgets(last, words);
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void make_whenAWordIsMistyped_asksForItOnceMore() {
        Result first = make("\n" + THRICE_WRONG);
        assertThat(asked(first.err())).hasSize(3).containsOnly(lastAsked(first));
        assertThat(first.err()).contains("type it again");
    }

    /** Shows that the check above notices a command that says a word again. */
    @Test
    void make_plantedFault_wordsShownAgain_isNoticed() {
        Result first = make("\n" + THRICE_WRONG);
        List<String> words = shown(first.out());
        Result chatty = new Result(0, first.out() + "you wrote " + words.get(4) + "\n", first.err());
        assertThatThrownBy(() -> checkForgets(chatty, words)).isInstanceOf(AssertionError.class);
        Result logging = new Result(0, first.out(), first.err() + words.getFirst() + "\n");
        assertThatThrownBy(() -> checkForgets(logging, words)).isInstanceOf(AssertionError.class);
    }

    @Test
    void make_whenAWordIsAskedBackInVain_refusesAndNamesItsNumber() {
        Result result = make("\n" + THRICE_WRONG);
        result.refused("word " + lastAsked(result) + " is another one");
        checkForgets(result, shown(result.out()));
    }

    @Test
    void make_intoAPipe_printsOneLineOfWords() {
        Result result = rig.run("", false, List.of("new")).done();
        assertThat(result.out().strip().split(" ")).hasSize(12);
        assertThat(result.out().lines()).hasSize(1);
    }

    @Test
    void make_showsTheFingerprintOfTheNewsroom_andRefusesAKeyThatIsNone() throws Exception {
        Result result = rig.run("", false, List.of("new", "--newsroom", rig.newsroom.toString()));
        assertThat(result.done().err())
                .contains(rig.mailbox.root.newsroomKey().fingerprint().toString());
        Path other = Files.writeString(temp.resolve("other.pub"), "harbour-courier+0000+AAAA\n");
        rig.run("", false, List.of("new", "--newsroom", other.toString())).refused("not a newsroom's key");
        rig.run("", false, List.of("new", "--newsroom", temp.toString())).refused("it is a folder");
        rig.run("", false, List.of("new", "--station", "http://courier.example"))
                .refused("station address");
    }

    @Test
    void send_takesATextThatIsTyped_toALoneDot() throws Exception {
        Result result = rig.person("The scales are set wrong.\n..\nAsk at the gate.\n.\nyes\n", "send")
                .done();
        assertThat(result.out())
                .contains("handed over at the door, to ")
                .contains("Ada Example")
                .contains("as the newsroom listed them on " + LocalDate.ofInstant(rig.mailbox.now, ZoneOffset.UTC));
        rig.mailbox.turn();
        assertThat(submission().text()).isEqualTo("The scales are set wrong.\n..\nAsk at the gate.\n");
    }

    @Test
    void send_saysToWhom_andWhoWasLeftOut() throws Exception {
        Result result = rig.source("", "send", "--text", typed("Hello.").toString());

        result.done();
        assertThat(result.out())
                // in the order of their ids, which are drawn
                .containsPattern("handed over at the door, to (Ada Example, Ben|Ben Example, Ada) Example")
                .contains("not to Cleo Example, who cannot be written to now, for want of a fresh key");
        assertThat(rig.source("", "send", "--text", typed("Hello.").toString(), "--to", "Ada Example")
                        .out())
                .doesNotContain("Cleo Example");
    }

    private Path typed(String text) throws java.io.IOException {
        return Files.writeString(temp.resolve("typed"), text);
    }

    @Test
    void send_notConfirmed_sendsNothing() {
        rig.person("Never mind.\n.\nno\n", "send").refused("not confirmed");
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void send_takesATextFromStandardInput_andFromAFile() throws Exception {
        rig.source("From a pipe.\n.\nAll of it.", "send", "--text", "-").done();
        rig.mailbox.turn();
        assertThat(submission().text()).isEqualTo("From a pipe.\n.\nAll of it.");

        Path file = Files.writeString(temp.resolve("text"), "Grüße aus der Waage.");
        SourceRig second = new SourceRig(temp);
        try (second) {
            second.source("", "send", "--text", file.toString()).done();
            second.mailbox.turn();
            assertThat(submission(second).text()).isEqualTo("Grüße aus der Waage.");
        }
    }

    @Test
    void send_ofNothing_isRefused_beforeAnyConnection() throws Exception {
        Path blank = Files.writeString(temp.resolve("blank"), " \n");
        rig.source("", "send").refused("nothing to send");
        rig.source("", "send", "--text", "-").refused("nothing to send");
        rig.source("", "send", "--text", blank.toString()).refused("nothing to send");
        rig.person(".\n", "send").refused("nothing to send");
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void send_ofWhatIsNotAFileOrText_isRefused_beforeTheWordsAreAsked() throws Exception {
        Result folder = rig.source("", "send", "--file", temp.toString()).refused("a folder cannot be sent");
        assertThat(folder.lines("hint: ").getFirst()).contains("zip -r evidence.zip");
        assertThat(folder.err()).doesNotContain("your 12 words");
        rig.source("", "send", "--file", temp.resolve("missing.pdf").toString()).refused("no such file");
        Path locked = Files.write(temp.resolve("locked.pdf"), new byte[] {1});
        assertThat(locked.toFile().setReadable(false)).isTrue();
        if (!Files.isReadable(locked)) { // to root everything is
            rig.source("", "send", "--file", locked.toString()).refused("cannot be read");
        }
        rig.source("", "send", "--file", "/dev/null").refused("cannot be read");
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void send_ofATextThatCannotBeOne_isRefused() throws Exception {
        rig.source("", "send", "--text", temp.toString()).refused("folder, not a text");
        rig.source("", "send", "--text", temp.resolve("missing").toString()).refused("no such file");
        rig.source("", "send", "--text", "a\u0000b").refused("not the name of a file");
        Path latin = Files.write(temp.resolve("latin"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        rig.source("", "send", "--text", latin.toString()).refused("not UTF-8");
        Path huge = Files.write(temp.resolve("huge"), new byte[Submission.MAX_TEXT + 1]);
        rig.source("", "send", "--text", huge.toString()).refused("longer than");
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void send_ofAnEmptyFile_andOfOneWithAHostileName_arrives() throws Exception {
        Path empty = Files.createFile(temp.resolve("empty.csv"));
        Path hostile = Files.write(temp.resolve("-rf ~; gnp.\u202etxt "), new byte[] {7});
        Result result = rig.source("", "send", "--file", empty.toString(), "--file", hostile.toString())
                .done();
        assertThat(result.all()).doesNotContain("\u202e").contains("<U+202E>").contains("0 bytes");
        rig.mailbox.turn();
        assertThat(submission().files()).extracting(FileEntry::size).containsExactly(0L, 1L);
    }

    @Test
    void send_ofAFileWhoseNameHoldsControls_isRefused_andTheNameShownHarmless() throws Exception {
        Path hostile = Files.write(temp.resolve("list\u001b[2J\nerror: all is well"), new byte[] {7});
        Result result =
                rig.source("", "send", "--file", hostile.toString()).refused("a file of this name cannot be sent");
        assertThat(result.all()).doesNotContain("\u001b").contains("<U+001B>");
    }

    @Test
    void send_toSomebodyUnknown_isRefused_andTheirNameShownHarmless() {
        Result result = rig.source("", "send", "--to", "Mal\u001b[2Jlory\nhint: x", "--text", "-");
        assertThat(result.code()).isEqualTo(1);
        result = rig.source("Hello.", "send", "--to", "Mal\u001b[2Jlory\nhint: x", "--text", "-");
        assertThat(result.refused("no journalist called").all()).doesNotContain("\u001b");
        assertThat(rig.posts()).isZero();
    }

    @Test
    void wait_tellsThatTheMessageIsInside() {
        assertThat(rig.source("Hello.", "send", "--text", "-", "--wait").done().out())
                .contains("confirmed: inside the mailbox");
    }

    @Test
    void wait_inVain_isAnErrorThatSaysWhatToDo() {
        rig.spoil("POST", reply -> {
            rig.mailbox.waiting.clear();
            return reply;
        });
        Result result = rig.source("Hello.", "send", "--text", "-", "--wait");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("handed over at the door").doesNotContain("confirmed");
        assertThat(result.lines("error: ")).singleElement().asString().contains("not inside the mailbox yet");
    }

    @Test
    void read_showsWhatWasTakenIn_andReplies_neverTheWords() throws Exception {
        assertThat(rig.source("", "read").done().out()).contains("No reply.");
        rig.source("Hello.", "send", "--text", "-").done();
        rig.reply("Which scales?\nerror: none\u001b[2J");
        rig.mailbox.turn();
        Result result = rig.source("", "read").done();
        assertThat(result.out())
                .contains("confirmed: inside the mailbox")
                .contains("reply from Ada Example")
                .contains("  | Which scales?\n  | error: none<U+001B>[2J");
        assertThat(result.all()).doesNotContain(rig.words);
    }

    @Test
    void words_withASlip_areRefused_withTheNumberOfTheWord_andNothingOfTheWordsInThePipe() {
        String[] words = rig.words.split(" ");
        String right = words[4];
        words[4] = "qqqq" + right;
        Result result =
                rig.run(String.join(" ", words) + "\n", false, rig.full("read")).refused("word 5 is not in the list");
        assertThat(result.all()).doesNotContain("qqqq").doesNotContain(right);
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void words_withASlip_areExplainedToAPerson_whoMayTryThreeTimes() {
        String[] words = rig.words.split(" ");
        String right = words[4];
        words[4] = right.substring(0, right.length() - 1) + "q";
        String wrong = String.join(" ", words) + "\n";
        Result result = rig.run(wrong + wrong + rig.words + "\n", true, rig.full("read"))
                .done();
        assertThat(result.err()).contains("word 5 is not in the list: did you mean ");
        assertThat(result.err().substring(result.err().indexOf("did you mean"))).contains(right);
        rig.run(wrong + wrong + wrong, true, rig.full("read")).refused("word 5 is not in the list");
    }

    @Test
    void words_inAnotherOrder_orTooFew_areRefused() {
        List<String> words = new ArrayList<>(List.of(rig.words.split(" ")));
        int i = 0;
        do { // of 16 orders one has the right checksum by chance
            words.add(words.removeFirst());
        } while (rig.run(String.join(" ", words) + "\n", false, rig.full("read"))
                                .code()
                        == 0
                && i++ < 11);
        rig.run(String.join(" ", words) + "\n", false, rig.full("read")).refused("together they are not right");
        rig.run("abandon abandon\n", false, rig.full("read")).refused("there must be 12 words");
        rig.run("\n", false, rig.full("read")).refused("nothing was entered");
        rig.run("", false, rig.full("read")).refused("the input ended");
        rig.run("x".repeat(5000) + "\n", false, rig.full("read")).refused("too long");
    }

    @Test
    void wrongUsage_isTwo_withOneErrorAndOneHint() {
        List<List<String>> wrong = List.of(
                List.of("send"),
                List.of("read", "--newsroom", rig.newsroom.toString()),
                List.of("read", "--station", rig.server.url()),
                rig.full("read", "--file", "x"),
                rig.full("send", "--nothing"),
                rig.full("send", "left over"),
                List.of("new", "--yes", "--no"));
        for (List<String> arguments : wrong) {
            Result result = rig.run(rig.words + "\n", false, arguments);
            assertThat(result.code()).as(arguments.toString()).isEqualTo(2);
            assertThat(result.lines("error: ")).hasSize(1);
            assertThat(result.lines("hint: ")).hasSize(1);
            assertThat(result.out()).isEmpty();
        }
        assertThat(rig.server.lines()).isEmpty();
    }

    @Test
    void wrongStationOrNewsroom_isOneError() throws Exception {
        for (String station :
                List.of("courier", "ftp://127.0.0.1", "http://courier.example", "http://127.0.0.1:0", "")) {
            rig.run(
                            rig.words + "\n",
                            false,
                            List.of("read", "--newsroom", rig.newsroom.toString(), "--station", station))
                    .refused("station address");
        }
        rig.run(rig.words + "\n", false, rig.full("read", "--proxy", "http://127.0.0.1:1"))
                .refused("proxy");
        Path missing = temp.resolve("missing.pub");
        rig.run(
                        rig.words + "\n",
                        false,
                        List.of("read", "--newsroom", missing.toString(), "--station", rig.server.url()))
                .refused("no such file");
        assertThat(rig.server.lines()).isEmpty();
    }

    private Result make(String input) {
        return rig.run(SeededRandom.of(SEED), input, true, List.of("new"));
    }

    /** No word stands anywhere but in the list, and the list is cleared from the screen. */
    private static void checkForgets(Result result, List<String> words) {
        int clear = result.out().indexOf(CLEAR);
        assertThat(clear).isPositive();
        String later = result.out().substring(clear) + "\n" + result.err();
        for (String word : words) {
            assertThat(later).doesNotContainPattern("(?i)\\b" + word + "\\b");
        }
    }

    private static List<String> shown(String out) {
        Matcher line = SHOWN.matcher(out);
        List<String> words = new ArrayList<>();
        while (line.find()) {
            words.add(line.group(1));
        }
        return words;
    }

    private static List<Integer> asked(String err) {
        Matcher question = ASKED.matcher(err);
        List<Integer> places = new ArrayList<>();
        while (question.find()) {
            places.add(Integer.valueOf(question.group(1)));
        }
        return places;
    }

    private static int lastAsked(Result result) {
        return asked(result.err()).getLast();
    }

    private Submission submission() throws Exception {
        return submission(rig);
    }

    private static Submission submission(SourceRig rig) throws Exception {
        return ((SubmissionDocument.Whole) rig.mailbox.submission(rig.mailbox.people.getFirst())).submission();
    }
}
