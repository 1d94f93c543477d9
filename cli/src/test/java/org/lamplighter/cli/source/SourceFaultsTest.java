package org.lamplighter.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.cli.source.SourceRig.Result;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;

/** A source before a station, a network or a newsroom that is not what it should be: one clear error, nothing half-made. */
final class SourceFaultsTest {
    private static final Map<String, UnaryOperator<byte[]>> FAULTS = Map.of(
            "flipped first bit", bytes -> flip(bytes, 0),
            "flipped bit in the middle", bytes -> flip(bytes, bytes.length / 2),
            "flipped last bit", bytes -> flip(bytes, bytes.length - 1),
            "short of a byte", bytes -> Arrays.copyOf(bytes, bytes.length - 1),
            "a byte too long", bytes -> Arrays.copyOf(bytes, bytes.length + 1),
            "empty", bytes -> new byte[0]);

    @TempDir
    Path temp;

    private SourceRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new SourceRig(temp);
        rig.reply("Which scales?");
        rig.mailbox.turn();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "parameters", "keys", "chain", "hints", "bodies/00", "bodies/63"})
    void file_thatIsNotWhatWasSigned_isRefused(String file) {
        checkRefusesFaultsIn(file);
    }

    /** Shows that the check above notices a client that takes a file as it comes: here what comes is right. */
    @Test
    void file_plantedFault_takenAsItIs_isNoticed() {
        rig.mailbox.spoilt.put("none", bytes -> bytes);
        assertThatThrownBy(() -> checkRefusesFaultsIn("none")).isInstanceOf(AssertionError.class);
    }

    @Test
    void file_thatComesRightAtTheThirdTime_isTaken() {
        int[] times = new int[1];
        rig.mailbox.spoilt.put("hints", bytes -> ++times[0] < 3 ? flip(bytes, 7) : bytes);
        assertThat(rig.source("", "read").done().out()).contains("Which scales?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void connectionThatBreaks_inEveryAnswer_isOneError(String command) {
        for (String file : List.of("/head", "/keys", "/hints", "/bodies/31")) {
            rig.spoil(file, reply -> Reply.cut(new byte[6144], 100));
            nothingHappened(run(command).refused("the station cannot be reached, or the connection broke"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void stationDown_isOneError(String command) throws Exception {
        rig.server.close();
        run(command).refused("the station cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void stationNotReady_isOneError(String command) {
        rig.spoil("/v1/", reply -> Reply.of(503, new byte[0]));
        nothingHappened(run(command).refused("the station is not ready"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void stationOfAnotherNewsroom_evenOfTheSameName_isRefused(String command) throws Exception {
        checkRefusesForeign(command, new TestMailbox(1, "Ada Example"));
    }

    /** Shows that the check above notices a source that takes whatever newsroom the station is of. */
    @Test
    void stationOfAnotherNewsroom_plantedFault_itsKeyIsBelieved_isNoticed() {
        assertThatThrownBy(() -> checkRefusesForeign("read", rig.mailbox)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void stationKeyThatTheNewsroomDidNotSign_isRefused(String command) throws Exception {
        rig.mailbox.signer = StationKey.generate(rig.mailbox.random);
        rig.mailbox.rebuild();
        nothingHappened(run(command).refused("head is not validly signed"));
        rig.mailbox.signer = rig.mailbox.station;
        rig.mailbox.rebuild();
        run(command).done();
    }

    @Test
    void staleHead_isNotSentTo_andWhatIsReadIsCalledIncomplete() {
        rig.mailbox.now = rig.mailbox.now.plusSeconds(61);
        nothingHappened(run("send").refused("the station shows an old mailbox, so nothing was sent"));
        Result read = run("read").refused("this is an old mailbox, so what is shown is not complete");
        assertThat(read.out()).contains("Which scales?");
    }

    @Test
    void headOfTheFuture_isNotSentTo_andWhatIsReadIsCalledIncomplete() {
        rig.mailbox.now = rig.mailbox.now.minusSeconds(61);
        nothingHappened(run("send").refused("the station's clock is ahead"));
        run("read").refused("the station's clock is ahead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "send"})
    void certificateThatHasRunOut_isRefused(String command) {
        rig.mailbox.now = rig.mailbox.now.plusSeconds(40 * 86_400L);
        nothingHappened(run(command).refused("certificate"));
    }

    /** Hours, days, months off: each time the same question about date and time, nothing is sent, and nothing is lost by it. */
    @ParameterizedTest
    @ValueSource(longs = {-400 * 86_400L, -3 * 86_400L, -3 * 3600L, 3 * 3600L, 3 * 86_400L, 400 * 86_400L})
    void clockThatIsFarOff_isAskedAbout_nothingIsSent_andWhenItIsSetAllIsThere(long off) {
        Instant right = rig.mailbox.now;
        rig.mailbox.now = right.plusSeconds(off);
        for (String command : List.of("send", "read")) {
            Result result = run(command);
            assertThat(result.code()).isEqualTo(CommandRunner.FAILED);
            assertThat(result.lines("error: ")).hasSize(1);
            assertThat(result.lines("hint: ")).singleElement().asString().contains("check the date");
            nothingHappened(result);
        }
        rig.mailbox.now = right;
        assertThat(run("read").done().out()).contains("Which scales?");
        run("send").done();
    }

    /** The planted fault: a clock that is right is not asked about, so the look above can tell. */
    @Test
    void clockThatIsRight_isNotAskedAbout() {
        assertThat(run("send").done().err()).doesNotContain("check the date");
    }

    @Test
    void historyThatChangesWhileOneWaits_isAFork() {
        checkToldOfFork(true);
    }

    /** Shows that the check above notices a source that does not hold the station to its history: here there is one only. */
    @Test
    void historyThatChangesWhileOneWaits_plantedFault_isNoticed() {
        assertThatThrownBy(() -> checkToldOfFork(false)).isInstanceOf(AssertionError.class);
    }

    @Test
    void answerToTheMessage_thatIsNoReceipt_isOneError() {
        for (int status : List.of(400, 404, 413, 500, 302)) {
            rig.spoil("POST", reply -> Reply.of(status, new byte[0]));
            run("send").refused("the station refuses the message (status " + status + ")");
        }
        rig.spoil("POST", reply -> Reply.of(503, new byte[0]));
        run("send").refused("the station is not ready");
    }

    @Test
    void messageWhoseAnswerIsLost_isSentAgain_theSameBytes() {
        int[] times = new int[1];
        rig.spoil("POST", reply -> ++times[0] < 3 ? Reply.close() : reply);
        run("send").done();
        assertThat(rig.server.received().stream()
                        .filter(request -> request.line().startsWith("POST"))
                        .map(request -> Arrays.hashCode(request.body()))
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "429, takes no more evidence today",
        "507, disk is full",
        "409, refuses the evidence",
        "400, refuses the evidence"
    })
    void evidenceThatIsRefused_isOneError_andNoMessageIsSent(int status, String error) throws Exception {
        rig.spoil("PUT", reply -> Reply.of(status, new byte[0]));
        nothingHappened(sendFile(200_000).refused(error));
    }

    @Test
    void receiptThatIsNotTheStations_isOneError_andNoMessageIsSent() throws Exception {
        rig.spoil("PUT", reply -> Reply.of(200, new byte[68]));
        nothingHappened(sendFile(200_000).refused("receipt for the evidence is not valid"));
    }

    @Test
    void fileThatChangesWhileItIsSent_isOneError_andNoMessageIsSent() throws Exception {
        Path file = temp.resolve("growing.csv");
        rig.spoil("PUT", reply -> {
            append(file);
            return reply;
        });
        // Three chunks: the second may be sealed before the first was answered, the third is not.
        nothingHappened(sendFile(12_000_000, file).refused("the file changed while it was sent"));
    }

    private void checkRefusesFaultsIn(String file) {
        for (String command : List.of("read", "send")) {
            FAULTS.forEach((name, fault) -> {
                if (!file.equals("none")) {
                    rig.mailbox.spoilt.put(file, fault);
                }
                Result result = run(command);
                assertThat(result.code()).as(command + ": " + file + " " + name).isEqualTo(1);
                nothingHappened(result.refused("station"));
            });
        }
    }

    private void checkRefusesForeign(String command, TestMailbox other) throws Exception {
        try (LoopbackServer station = LoopbackServer.start(other::answer)) {
            Result result = rig.run(
                    rig.words + "\nHello.",
                    false,
                    command.equals("send")
                            ? List.of(
                                    "send",
                                    "--newsroom",
                                    rig.newsroom.toString(),
                                    "--station",
                                    station.url(),
                                    "--text",
                                    "-")
                            : List.of("read", "--newsroom", rig.newsroom.toString(), "--station", station.url()));
            nothingHappened(result.refused("this station is not one of harbour-courier"));
        }
    }

    private void checkToldOfFork(boolean forks) {
        rig.spoil("POST", reply -> {
            rig.mailbox.waiting.clear();
            return reply;
        });
        int[] heads = new int[1];
        rig.mailbox.spoilt.put("chain", bytes -> {
            heads[0]++;
            return bytes;
        });
        SourceRig.Result result = rig.source(
                "Hello.",
                instant -> {
                    rig.mailbox.pause().until(instant);
                    if (forks && heads[0] > 1) {
                        forkUnchecked();
                    }
                },
                "send",
                "--text",
                "-",
                "--wait");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.lines("error: ")).singleElement().asString().contains("shows another history than before");
        assertThat(result.lines("hint: ")).singleElement().asString().contains("tell the newsroom by another way");
        assertThat(result.out()).doesNotContain("confirmed");
    }

    private void forkUnchecked() {
        try {
            rig.mailbox.forkHistory();
        } catch (org.lamplighter.core.wire.MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result run(String command) {
        return command.equals("send") ? rig.source("Hello.", "send", "--text", "-") : rig.source("", command);
    }

    private Result sendFile(int size) throws IOException {
        return sendFile(size, temp.resolve("ledger.csv"));
    }

    private Result sendFile(int size, Path file) throws IOException {
        Files.write(file, new byte[size]);
        return rig.source("", "send", "--file", file.toString());
    }

    private void nothingHappened(Result result) {
        assertThat(rig.posts()).isZero();
        assertThat(rig.mailbox.waiting).isEmpty();
        if (!result.err().contains("what is shown")) {
            assertThat(result.out()).doesNotContain("reply").doesNotContain("Which scales?");
        }
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }
}
