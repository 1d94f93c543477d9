package org.lamplighter.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;
import org.lamplighter.testkit.SeededRandom;

/** The commands of a source, run as from a shell, before a real mailbox whose answers can be spoilt on the way. */
final class SourceRig implements AutoCloseable {
    final TestMailbox mailbox;
    final LoopbackServer server;
    final SourceKeys keys;
    final String words;
    final Path newsroom;
    private UnaryOperator<Reply> spoil = reply -> reply;
    private String spoilt = "";

    /** What one run of a command left behind. */
    record Result(int code, String out, String err) {
        /** Says that the command failed in the one way it may: one line of error, one of hint, nothing sent. */
        Result refused(String error) {
            assertThat(code).as(err).isEqualTo(CommandRunner.FAILED);
            assertThat(lines("error: ")).singleElement().asString().contains(error);
            assertThat(lines("hint: ")).singleElement().asString().hasSizeGreaterThan("hint: ".length());
            assertThat(out).doesNotContain("handed over").doesNotContain("confirmed");
            assertThat(err).doesNotContain("internal fault").doesNotContain("Exception");
            return this;
        }

        Result done() {
            assertThat(code).as(err).isEqualTo(CommandRunner.DONE);
            assertThat(lines("error: ")).isEmpty();
            return this;
        }

        List<String> lines(String prefix) {
            return err.lines().filter(line -> line.startsWith(prefix)).toList();
        }

        String all() {
            return out + "\n" + err;
        }
    }

    SourceRig(Path folder) throws Exception {
        mailbox = new TestMailbox(2, "Ada Example", "Ben Example", "Cleo Example");
        server = LoopbackServer.start(this::answer);
        newsroom = folder.resolve("newsroom.pub");
        Files.writeString(newsroom, mailbox.root.newsroomKey().format() + "\n");
        // Always the same words, so that a slip in them always has the same neighbours in the list.
        try (Passphrase passphrase = Passphrase.generate(SeededRandom.of(3))) {
            words = String.join(" ", passphrase.words());
            keys = SourceKeys.derive(passphrase);
        }
    }

    /** From now on answers to request lines that hold {@code part} are changed. */
    void spoil(String part, UnaryOperator<Reply> how) {
        spoilt = part;
        spoil = how;
    }

    /** {@code source COMMAND --newsroom … --station … ARGUMENTS}, the words on the first line of standard input. */
    Result source(String rest, String command, String... arguments) {
        return run(words + "\n" + rest, false, full(command, arguments));
    }

    /** The same with a person at the terminal. */
    Result person(String rest, String command, String... arguments) {
        return run(words + "\n" + rest, true, full(command, arguments));
    }

    /** Exactly these arguments, exactly this input. */
    Result run(String input, boolean person, List<String> arguments) {
        return run(mailbox.random, input, person, arguments);
    }

    /** The same from a pipe, with another way to wait. */
    Result source(String rest, Pause pause, String command, String... arguments) {
        return run(mailbox.random, pause, words + "\n" + rest, false, full(command, arguments));
    }

    Result run(SecureRandom random, String input, boolean person, List<String> arguments) {
        return run(random, mailbox.pause(), input, person, arguments);
    }

    private Result run(SecureRandom random, Pause pause, String input, boolean person, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal =
                person ? Terminal.interactive(in, outStream, errStream) : Terminal.of(in, outStream, errStream);
        int code = CommandRunner.run(
                SourceCommand.of(terminal, random, () -> mailbox.now, pause, Backoff.none()),
                terminal,
                arguments.toArray(String[]::new));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    List<String> full(String command, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of(command, "--newsroom", newsroom.toString(), "--station", server.url()));
        all.addAll(List.of(arguments));
        return all;
    }

    /** A reply of the first journalist, in the mailbox after the next turn. */
    MessageId reply(String text) throws Exception {
        return reply(mailbox.people.getFirst(), text, Validity.day(mailbox.now));
    }

    MessageId reply(TestMailbox.Person from, String text, long day) throws Exception {
        MessageId id = mailbox.freshId();
        mailbox.send(from, keys.recipient(), MessageKind.REPLY, id, new ReplyDocument(day, text).encode());
        return id;
    }

    long posts() {
        return server.lines().stream().filter(line -> line.startsWith("POST")).count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        keys.close();
    }

    private Reply answer(Received request) {
        Reply honest = mailbox.answer(request);
        return !spoilt.isEmpty() && request.line().contains(spoilt) ? spoil.apply(honest) : honest;
    }
}
