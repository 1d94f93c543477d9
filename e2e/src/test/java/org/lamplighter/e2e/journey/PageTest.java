package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.Findings;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.client.Progress;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.evidence.Export;
import org.lamplighter.testkit.LoopbackTap;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;
import tools.jackson.databind.JsonNode;

/**
 * A source in TypeScript, journalists and a station in Java, joined by HTTP: what either seals the other opens, and one cannot
 * be told from the command by what it asks for.
 */
final class PageTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    /** Room for all that is posted here within a few epochs. */
    private static final StationParameters DEMO =
            new StationParameters("demo", 128, 4, 5, 600, 60, 600, 120, 600, 10, 1, 1L << 30);

    private static final Pattern HEAD = Pattern.compile("(?s)([A-Z]+ \\S+) HTTP/1.1\r\n.*?\r\n\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base, DEMO);
        world.enrol(ADA);
        world.enrol(BEN);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void letterOfThePage_isReadAnsweredAndAnsweredAgain() throws Exception {
        Page page = new Page(world, Page.newWords(world));
        byte[] large = SeededRandom.of(3).bytes(5_000_000);
        List<Path> files = List.of(
                Files.write(base.resolve("delivery-notes.bin"), large),
                Files.write(base.resolve("leer.txt"), new byte[0]),
                Files.write(base.resolve("réception.csv"), new byte[65_537]));
        String letter = page.send("the tender was altered", files, "", 0)
                .get("messageId")
                .stringValue();
        assertThat(confirmed(page.read())).as("taken at the door is not inside").isEmpty();
        turnTwice();
        JsonNode inside = page.read();
        assertThat(confirmed(inside)).containsExactly(letter);
        assertThat(inside.get("confirmed").get(0).get("files").intValue()).isEqualTo(3);
        assertThat(inside.get("confirmed").get(0).get("totalSize").longValue()).isEqualTo(5_065_537);

        for (String journalist : List.of(ADA, BEN)) {
            assertThat(exported(journalist, "the tender was altered"))
                    .containsExactly(large, new byte[0], new byte[65_537]);
        }
        answer(ADA, "which office kept the ledger?");
        answer(BEN, "It has two doors. ".repeat(500));
        turnTwice();
        JsonNode answered = page.read();
        assertThat(texts(answered, "from", "replies")).containsExactlyInAnyOrder(ADA, BEN);
        assertThat(texts(answered, "text", "replies")).contains("which office kept the ledger?");
        assertThat(texts(answered, "reference", "replies")).containsOnly(letter);

        JsonNode question = replyBy(ADA, answered);
        page.send("the goods-in office", List.of(), question.get("carrier").stringValue(), 0, ADA);
        turnTwice();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            String conversation = desk.conversations().getFirst().designation();
            assertThat(desk.messages(conversation))
                    .filteredOn(message -> message.text().equals(Optional.of("the goods-in office")))
                    .singleElement()
                    .satisfies(message -> assertThat(message.answers()).isPresent());
        }
    }

    @Test
    void longTextOfThePage_comesAsASealedPart() throws Exception {
        Page page = new Page(world, Page.newWords(world));
        String text = "Das Lager hat zwei Tore. ".repeat(4000).strip();
        page.send(text, List.of(), "", 0);
        turnTwice();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            // A list shows the beginning of a text alone.
            assertThat(desk.message(letter(desk).handle()).text()).contains(text);
        }
    }

    @Test
    void filesThatThePageSealsForTwo_openByTwoAlone() throws Exception {
        Page page = new Page(world, Page.newWords(world));
        byte[] ledger = SeededRandom.of(4).bytes(70_000);
        Path file = Files.write(base.resolve("ledger.csv"), ledger);
        JsonNode sent = page.send("for both of you", List.of(file), "", 2);
        turnTwice();
        try (JournalistDesk ada = world.desk(ADA);
                JournalistDesk ben = world.desk(BEN)) {
            ada.session(Progress.none());
            ben.session(Progress.none());
            MessageView sealed = letter(ada);
            assertThat(sealed.sealed().orElseThrow().evidence())
                    .hasToString(sent.get("evidence").stringValue());
            try (SecretBytes text = ben.ownShare(letter(ben).handle());
                    Share share = Share.parse(charsOf(text))) {
                assertThat(ada.unseal(sealed.handle(), List.of(share)).sealed()).isEmpty();
            }
            List<Export.Exported> files = ada.export(sealed.handle(), base.resolve("out"));
            assertThat(Files.readAllBytes(files.getFirst().written().orElseThrow()))
                    .isEqualTo(ledger);
        }
    }

    /** The same twelve words, in the command and in the page: each finds what the other sent, and both the reply. */
    @Test
    void pageAndCommand_areOneSource() throws Exception {
        Source command = new Source(world);
        Page page = new Page(world, command.words());
        String byCommand = command.send("from the command", List.of()).id().hex();
        String byPage =
                page.send("from the page", List.of(), "", 0).get("messageId").stringValue();
        turnTwice();
        JsonNode seen = page.read();
        Findings found = command.read();
        assertThat(found.sent()).hasSize(2);
        assertThat(confirmed(seen)).containsExactlyInAnyOrder(byCommand, byPage);

        answer(ADA, "we have both");
        turnTwice();
        assertThat(texts(page.read(), "text", "replies")).containsExactly("we have both");
        assertThat(command.read().replies()).extracting(ReceivedReply::text).containsExactly("we have both");
    }

    /** The planted fault: other words find nothing by the same reading. */
    @Test
    void otherWords_findNothing() throws Exception {
        Page page = new Page(world, Page.newWords(world));
        page.send("the tender was altered", List.of(), "", 0);
        turnTwice();
        assertThat(confirmed(page.read())).hasSize(1);
        JsonNode others = new Page(world, Page.newWords(world)).read();
        assertThat(confirmed(others)).isEmpty();
        assertThat(others.get("replies").size()).isZero();
        assertThat(others.get("incomplete").intValue()).isZero();
    }

    @Test
    void pageAndCommand_askForTheSame_inTheSameOrderAndSizes() throws Exception {
        Source command = new Source(world);
        Page page = new Page(world, command.words());
        Path file = Files.write(base.resolve("notes.bin"), SeededRandom.of(5).bytes(300_000));

        List<String> sentByCommand = during(() -> command.send("the tender was altered", List.of(file)));
        List<String> sentByPage = during(() -> page.send("the tender was altered", List.of(file), "", 0));
        assertThat(sentByCommand).hasSize(69 + 1 + 1);
        assertThat(sentByPage).isEqualTo(sentByCommand);

        List<String> readByCommand = during(command::read);
        List<String> readByPage = during(page::read);
        assertThat(readByCommand).hasSize(69);
        assertThat(readByPage).isEqualTo(readByCommand);
        assertThat(readByPage).as("the check tells a session that posts").isNotEqualTo(sentByCommand);
    }

    private interface Visit {
        Object make() throws Exception;
    }

    private List<String> during(Visit visit) throws Exception {
        world.tap().forget();
        visit.make();
        return requests(world.tap().passed());
    }

    /** What was asked of the station: {@code METHOD path bytes}, epochs and chunk ids left out. */
    private static List<String> requests(List<LoopbackTap.Passed> passed) {
        List<String> requests = new ArrayList<>();
        Map<Integer, String> begun = new HashMap<>();
        for (LoopbackTap.Passed piece : passed) {
            if (!piece.fromClient()) {
                continue;
            }
            String text = begun.getOrDefault(piece.connection(), "") + piece.text();
            for (Matcher head = HEAD.matcher(text); head.lookingAt(); head.reset(text)) {
                Matcher length = LENGTH.matcher(head.group());
                int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
                if (text.length() < head.end() + body) {
                    break;
                }
                requests.add(head.group(1)
                                .replaceFirst("/epochs/[0-9]+/", "/epochs/E/")
                                .replaceFirst("/chunks/[0-9a-f]{32}", "/chunks/ID")
                        + " " + body);
                text = text.substring(head.end() + body);
            }
            begun.put(piece.connection(), text);
        }
        assertThat(begun.values()).as("half a request").allMatch(String::isEmpty);
        return requests;
    }

    private void turnTwice() throws Exception {
        world.nextEpoch();
        world.nextEpoch();
    }

    private List<byte[]> exported(String journalist, String text) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            desk.session(Progress.none());
            MessageView letter = letter(desk);
            assertThat(letter.text()).contains(text);
            List<Export.Exported> files = desk.export(letter.handle(), base.resolve("out of " + journalist));
            return files.stream().map(PageTest::contentOf).toList();
        }
    }

    private static byte[] contentOf(Export.Exported file) {
        try {
            return Files.readAllBytes(file.written().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageView letter(JournalistDesk desk) throws Exception {
        return desk.messages(desk.conversations().getFirst().designation()).getFirst();
    }

    /** Writes a reply and stays until all of its parts are posted. */
    private void answer(String journalist, String text) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            desk.session(Progress.none());
            desk.reply(desk.conversations().getFirst().designation(), text);
            while (desk.session(Progress.none()).posted()) {
                world.nextEpoch();
            }
        }
    }

    private static List<String> confirmed(JsonNode found) {
        return texts(found, "messageId", "confirmed");
    }

    private static List<String> texts(JsonNode found, String field, String list) {
        return StreamSupport.stream(found.get(list).spliterator(), false)
                .map(one -> one.get(field).stringValue())
                .toList();
    }

    private static JsonNode replyBy(String name, JsonNode found) {
        return StreamSupport.stream(found.get("replies").spliterator(), false)
                .filter(one -> one.get("from").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static char[] charsOf(SecretBytes text) {
        return text.apply(bytes -> new String(bytes, StandardCharsets.UTF_8).toCharArray());
    }
}
