package org.lamplighter.cli.newsroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;

/** Runs newsroom commands on real files, with a clock and random numbers of the test's choice. */
final class NewsroomRig {
    static final String PASSPHRASE = "four quiet harbour lamps";

    final Path temp;
    final Path folder;
    final SeededRandom random;
    Instant now = Instant.parse("2026-11-24T12:00:00Z");

    /** What a command left: exit code and what it printed. */
    record Outcome(int code, String out, String err) {}

    NewsroomRig(Path temp, long seed) {
        this.temp = temp;
        this.random = SeededRandom.of(seed);
        this.folder = temp.resolve("newsroom");
    }

    /** Runs {@code newsroom ARGUMENTS}; {@code answers} are the lines of standard input. */
    Outcome run(List<String> answers, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String input = String.join("\n", answers) + (answers.isEmpty() ? "" : "\n");
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String[] words = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = CommandRunner.run(
                NewsroomCommand.of(terminal, random, () -> now, new PassphraseBox.Cost(1024, 1, 1)), terminal, words);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As {@link #run}, with the right passphrase as the only answer; must succeed. */
    Outcome sign(Object... arguments) {
        Outcome outcome = run(List.of(PASSPHRASE), arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    void init() {
        Outcome outcome = run(List.of(PASSPHRASE, PASSPHRASE), "init", folder, "--origin", "harbour-courier");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    Path journalist(String name) throws IOException {
        try (JournalistKeys keys = JournalistKeys.generate(random)) {
            return Files.write(
                    temp.resolve("request of " + name),
                    keys.enrolmentRequest(new PersonName(name)).toByteArray());
        }
    }

    Path trustee(String name) throws IOException {
        try (SecretBytes seed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random);
                PkeSecretKey key = PkeSecretKey.fromSeed(seed)) {
            return Files.write(
                    temp.resolve("request of " + name),
                    new TrusteeRequest(new PersonName(name), key.publicKey()).toByteArray());
        }
    }

    Path station() throws IOException {
        try (StationKey key = StationKey.generate(random)) {
            return Files.write(temp.resolve("station-request"), new StationRequest(key.verifyingKey()).toByteArray());
        }
    }

    NewsroomKey key() throws IOException, MalformedException {
        return NewsroomKey.parse(Files.readString(folder.resolve("newsroom.pub")));
    }

    Roster roster() throws IOException, MalformedException {
        return roster(folder.resolve("roster"));
    }

    Roster roster(Path file) throws IOException, MalformedException {
        return Roster.verify(Files.readAllBytes(file), key());
    }

    StationCertificate certificate(Path file) throws IOException, MalformedException {
        return StationCertificate.verify(Files.readAllBytes(file), key());
    }

    /** Lets time pass, or go back. */
    void wait(Duration duration) {
        now = now.plus(duration);
    }

    /** All files below the test's folder, for comparing before and after. */
    List<String> snapshot() throws IOException {
        List<String> files = new ArrayList<>();
        try (var walk = Files.walk(temp)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                files.add(temp.relativize(file) + " "
                        + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
