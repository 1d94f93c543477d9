package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Finding;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.Main;
import org.lamplighter.desk.vault.Vault;

/** For each check of a journalist's folder a fault is planted in a sound one, and this check and no other finds it. */
class CheckTest {
    private static final String ADA = "Ada Example";

    @TempDir
    private Path base;

    private record Fault(String check, Planting planting) {
        /** Takes away the first entry that begins so. */
        static Fault erased(String check, String prefix) {
            return inVault(check, vault -> vault.erase(vault.names(prefix).getFirst()));
        }

        /** Cuts the first entry that begins so to nothing. */
        static Fault emptied(String check, String prefix) {
            return inVault(check, vault -> vault.put(vault.names(prefix).getFirst(), new byte[0]));
        }

        /** Puts the first entry that begins so under another name as well. */
        static Fault copied(String check, String prefix, String name) {
            return inVault(
                    check,
                    vault -> vault.put(
                            name, vault.get(vault.names(prefix).getFirst()).orElseThrow()));
        }

        static Fault inVault(String check, InVault work) {
            return new Fault(check, folder -> {
                try (SecretBytes passphrase = World.passphrase();
                        Vault vault = Vault.open(folder, passphrase, new java.security.SecureRandom())) {
                    work.plant(vault);
                }
            });
        }
    }

    private interface Planting {
        void plant(Path folder) throws Exception;
    }

    private interface InVault {
        void plant(Vault vault) throws Exception;
    }

    private static final String FOLDER = "the folder holds what it should";
    private static final String ENTRIES = "every entry is authentic under its name";
    private static final String SEEN = "what was seen of the station is signed by the newsroom";
    private static final String PREKEYS = "every prekey that is published has its secret";
    private static final String MESSAGES = "every conversation and message parses, numbered in order";
    private static final String PARTS = "every part that waits for others parses";
    private static final String OUTBOX = "the outbox agrees with the messages";
    private static final String DOCUMENTS = "every submission that was opened parses";
    private static final String EVIDENCE = "every piece of evidence is there with its length and hash";

    private static final List<Fault> FAULTS = List.of(
            new Fault(FOLDER, folder -> Files.writeString(folder.resolve("notes"), "left here")),
            new Fault(FOLDER, folder -> Files.writeString(folder.resolve("entries/notes"), "left here")),
            new Fault(ENTRIES, folder -> Files.write(folder.resolve("entries/" + "0".repeat(64)), new byte[5000])),
            Fault.inVault(ENTRIES, vault -> vault.put("unheard-of", new byte[0])),
            Fault.emptied(SEEN, "memory"),
            Fault.erased(PREKEYS, "prekey/"),
            Fault.emptied(PREKEYS, "prekey/"),
            Fault.copied(PREKEYS, "prekey/", "prekey/00000007"),
            Fault.emptied(MESSAGES, "message/"),
            Fault.inVault(MESSAGES, vault -> vault.erase(fromSource(vault))),
            Fault.copied(MESSAGES, "conversation/", "conversation/" + "0".repeat(32)),
            Fault.inVault(PARTS, vault -> vault.put("part/a/b/1", new byte[] {9})),
            Fault.erased(OUTBOX, "outbox/"),
            Fault.emptied(OUTBOX, "outbox/"),
            Fault.copied(OUTBOX, "outbox/", "outbox/" + "0".repeat(32)),
            Fault.inVault(DOCUMENTS, vault -> vault.put("share/a/b/c", new byte[0])),
            Fault.emptied(EVIDENCE, "collector"),
            Fault.emptied(EVIDENCE, "hashes/"),
            new Fault(
                    EVIDENCE,
                    folder -> Files.delete(files(folder.resolve("chunks")).getFirst())),
            new Fault(EVIDENCE, folder -> flip(files(folder.resolve("chunks")).getFirst(), 0.9)),
            new Fault(EVIDENCE, folder -> Files.writeString(folder.resolve("chunks/notes"), "left here")));

    @Test
    void eachCheck_findsItsFault_andNoOtherDoes() throws Exception {
        try (World world = World.open(base)) {
            world.enrol(ADA);
            correspond(world);
            Path folder = world.journalist(ADA);
            Path sound = base.resolve("sound");
            copy(folder, sound);
            assertThat(check(world, folder)).isNotEmpty().allMatch(Finding::isOk);
            SoftAssertions all = new SoftAssertions();
            for (Fault fault : FAULTS) {
                delete(folder);
                copy(sound, folder);
                fault.planting().plant(folder);
                all.assertThat(check(world, folder))
                        .describedAs("%d: %s", FAULTS.indexOf(fault), fault.check())
                        .filteredOn(finding -> !finding.isOk())
                        .extracting(Finding::check)
                        .containsExactly(fault.check());
            }
            all.assertAll();
        }
    }

    @Test
    void command_printsALineForEachProperty_andEndsWithOneWhenAnythingIsWrong() throws Exception {
        try (World world = World.open(base)) {
            world.enrol(ADA);
            correspond(world);
            Path folder = world.journalist(ADA);
            assertThat(run(world, "check", folder.toString()))
                    .startsWith("0\n")
                    .contains("ok      " + EVIDENCE + ": 1 pieces", "10 checked, 0 failed");

            Files.delete(files(folder.resolve("chunks")).getFirst());

            assertThat(run(world, "check", folder.toString()))
                    .startsWith("1\n")
                    .contains("failed  " + EVIDENCE + ": 1 pieces that were collected are missing", "hint: ");
        }
    }

    /** What is between a chunk's file and its hash when the machine stops is no fault, and mends itself. */
    @Test
    void pieceWithoutHash_isNoFault_andIsCollectedOnceMore() throws Exception {
        try (World world = World.open(base)) {
            world.enrol(ADA);
            correspond(world);
            Path folder = world.journalist(ADA);
            Fault.erased("", "hashes/").planting().plant(folder);
            Fault.erased("", "collector").planting().plant(folder);

            assertThat(check(world, folder))
                    .allMatch(Finding::isOk)
                    .anyMatch(finding -> finding.remark().contains("1 of them to be collected once more"));
            try (JournalistDesk desk = world.desk(ADA)) {
                desk.session(Progress.none());
            }
            assertThat(check(world, folder))
                    .allMatch(Finding::isOk)
                    .noneMatch(finding -> finding.remark().contains("once more"));
        }
    }

    /** One letter with one file, read and answered. */
    private static void correspond(World world) throws Exception {
        TestSource source = new TestSource(world);
        List<SealedChunk> chunks = new ArrayList<>();
        byte[] content = "item,price\nsand,4\n".getBytes(StandardCharsets.UTF_8);
        FileEntry file = Sealer.of(world.random())
                .seal("ledger.csv", "text/csv", content.length, new ByteArrayInputStream(content), chunks::add);
        source.upload(chunks);
        source.send("see the ledger", Optional.empty(), List.of(file), new Sealing.None(), ADA);
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            desk.reply(desk.conversations().getFirst().designation(), "thank you");
            desk.session(Progress.none());
        }
    }

    private static String fromSource(Vault vault) {
        return vault.names("message/").stream()
                .filter(name -> name.contains("/source/"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> check(World world, Path folder) throws Exception {
        try (SecretBytes passphrase = World.passphrase()) {
            return JournalistDesk.check(folder, passphrase, world.surroundings(), Progress.none());
        }
    }

    /** The exit code, and what was printed. */
    private static String run(World world, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream("six random words of ada\n".getBytes(StandardCharsets.UTF_8)), print, print);
        List<String> all = new ArrayList<>(List.of("journalist"));
        all.addAll(List.of(arguments));
        int code =
                CommandRunner.run(Main.commands(terminal, world.surroundings()), terminal, all.toArray(String[]::new));
        return code + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    private static void flip(Path file, double where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (where * bytes.length)] ^= 1;
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
