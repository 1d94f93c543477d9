package org.lamplighter.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.SmallDisk;

final class BackupCommandTest {
    private static final String PASSPHRASE = "five quiet words are enough\n";

    private static final int CHUNK = 10_000;

    @TempDir
    private Path base;

    private final SeededRandom random = SeededRandom.of(82);
    private Path key = Path.of("");
    private Path saved = Path.of("");

    /** What one run of the command left behind. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void makeKey() throws Exception {
        key = base.resolve("key");
        saved = base.resolve("saved");
        Result made = run(PASSPHRASE + PASSPHRASE, "key", "--out", key.toString());
        assertThat(made.code).as(made.err).isZero();
        assertThat(made.out).contains("fingerprint");
    }

    @Test
    void key_isForTheOwnerAlone_andNeverWrittenOver() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(recipient().fingerprint()).isNotNull();
        assertRefused(run(PASSPHRASE + PASSPHRASE, "key", "--out", key.toString()), "exists already");
        assertThat(run("", "key").code).isEqualTo(CommandRunner.USAGE);
    }

    @Test
    void journalistsBackup_isRestored_forTheOwnerAlone() throws Exception {
        save(BackupKind.JOURNALIST, "vault.key", "entries/", "entries/one");
        Result restored = restore(base.resolve("ada"));
        assertThat(restored.code).as(restored.err).isZero();
        assertThat(restored.out).contains("restored 2 files").contains("as of epoch 7, 2026-11-18 11:06 UTC");
        assertThat(restored.err).contains("forget-prekeys");
        assertThat(Files.readString(base.resolve("ada/entries/one"))).isEqualTo("entries/one");
        assertThat(base.resolve("ada/about")).doesNotExist();
        for (String name : List.of("ada/vault.key", "ada/entries/one")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("ada"))))
                .isEqualTo("rwx------");
    }

    @Test
    void folderThatHoldsAnything_isRefused_andAnEmptyOneIsNot() throws Exception {
        save(BackupKind.JOURNALIST, "vault.key");
        Path full = base.resolve("full");
        Files.createDirectory(full);
        Files.writeString(full.resolve("mine"), "mine");
        assertRefused(restore(full), "there is something in");
        assertThat(full.resolve("mine")).hasContent("mine");
        assertRefused(restore(base.resolve("no/such")), "no such folder");
        Files.createDirectory(base.resolve("empty"));
        assertThat(restore(base.resolve("empty")).code).isZero();
    }

    @Test
    void backupThatIsNotWhole_orNamesWhatItMustNot_leavesNothing() throws Exception {
        Path folder = base.resolve("again");
        save(BackupKind.STATION, "newsroom.pub", "station-key");
        assertNothing(restore(folder), "a path that cannot be");
        save(BackupKind.STATION, "station-request");
        assertNothing(restore(folder), "a path that cannot be");
        save(BackupKind.JOURNALIST, "entries/one");
        assertNothing(restore(folder), "whose folder is not in it");
        save(BackupKind.JOURNALIST, "vault.key", "vault.key");
        assertNothing(restore(folder), "a path stands twice");
        save(BackupKind.JOURNALIST, "vault.key");
        byte[] bytes = Files.readAllBytes(saved);
        Files.write(saved, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertNothing(restore(folder), "damaged or not whole");
        Files.writeString(saved, "something else");
        assertNothing(restore(folder), "is no backup");
        // The same bytes, whole, are restored.
        Files.write(saved, bytes);
        assertThat(restore(folder).code).isZero();
    }

    @Test
    void wrongPassphrase_andWrongKeyFile_areToldApart() throws Exception {
        save(BackupKind.JOURNALIST, "vault.key");
        Path to = base.resolve("again");
        assertNothing(run("another passphrase here\n", restoreWords(to, key)), "wrong passphrase");
        assertNothing(run(PASSPHRASE, restoreWords(to, base.resolve("key.pub"))), "is not a backup key");
    }

    /** Every page with {@code -Dlamplighter.pages=1}; else every ninth. */
    @Test
    void restoreOntoAFullDisk_atEveryPage_isWholeOrAbsent() throws Exception {
        saveStation(24);
        Optional<SmallDisk> mounted = SmallDisk.mount(base.resolve("disk"), 4);
        assumeTrue(mounted.isPresent(), "only who may mount can have a disk of a few megabytes");
        try (SmallDisk disk = mounted.get()) {
            Path to = disk.folder().resolve("station");
            int whole = 0;
            int refused = 0;
            for (int pages = 0; pages <= 130; pages += Integer.getInteger("lamplighter.pages", 9)) {
                disk.leave(pages);
                Result result = restore(to);
                disk.free();
                if (result.code == 0) {
                    whole++;
                    assertThat(result.err)
                            .contains("lost: what was handed over after that moment", "the station has a new key");
                    assertThat(isStation(to, 24)).isTrue();
                    // The planted fault: a file that is a byte short is seen.
                    Files.writeString(to.resolve("chunks/7"), "short");
                    assertThat(isStation(to, 24)).isFalse();
                    deleteTree(to);
                } else {
                    refused++;
                    assertRefused(result, "full");
                    assertThat(result.err).doesNotContain("Exception");
                }
                try (Stream<Path> left = Files.list(disk.folder())) {
                    assertThat(left).describedAs("%d pages", pages).isEmpty();
                }
            }
            assertThat(whole).isPositive();
            assertThat(refused).isPositive();
        }
        assertThat(saved).isNotEmptyFile();
    }

    private static boolean isStation(Path folder, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) {
            if (Files.size(folder.resolve("chunks/" + i)) != CHUNK) {
                return false;
            }
        }
        return Files.size(folder.resolve("station-key")) > 0 && Files.size(folder.resolve("station-request")) > 0;
    }

    private void saveStation(int chunks) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter writer = BackupWriter.start(out, BackupKind.STATION, recipient(), random);
        file(writer, "about", new BackupAbout(7, 1_795_000_000).toByteArray());
        try (RootKey root = RootKey.generate(Origin.parse("harbour-courier"), random)) {
            file(writer, "newsroom.pub", root.newsroomKey().format().getBytes(StandardCharsets.UTF_8));
        }
        writer.folder("chunks");
        for (int i = 0; i < chunks; i++) {
            file(writer, "chunks/" + i, random.bytes(CHUNK));
        }
        writer.finish();
        Files.write(saved, out.toByteArray());
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void assertNothing(Result result, String error) throws IOException {
        assertRefused(result, error);
        try (Stream<Path> left = Files.list(base)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("key", "key.pub", "saved");
        }
    }

    private static void assertRefused(Result result, String error) {
        assertThat(result.code).isEqualTo(CommandRunner.FAILED);
        assertThat(result.err).contains("error: ").contains(error).contains("hint: ");
    }

    private BackupRecipient recipient() throws Exception {
        return BackupRecipient.parse(Files.readAllBytes(base.resolve("key.pub")));
    }

    /** Files whose content is their path; a path that ends in a stroke is a folder. */
    private void save(BackupKind kind, String... paths) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter writer = BackupWriter.start(out, kind, recipient(), random);
        file(writer, "about", new BackupAbout(7, 1_795_000_000).toByteArray());
        for (String path : paths) {
            if (path.endsWith("/")) {
                writer.folder(path.substring(0, path.length() - 1));
            } else {
                file(writer, path, path.getBytes(StandardCharsets.UTF_8));
            }
        }
        writer.finish();
        Files.write(saved, out.toByteArray());
    }

    private static void file(BackupWriter writer, String path, byte[] content) throws IOException {
        writer.file(path, content.length, new ByteArrayInputStream(content));
    }

    private Result restore(Path to) {
        return run(PASSPHRASE, restoreWords(to, key));
    }

    private String[] restoreWords(Path to, Path with) {
        return new String[] {"restore", saved.toString(), "--to", to.toString(), "--key", with.toString()};
    }

    private Result run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = CommandRunner.run(
                BackupCommand.of(terminal, random, InstantSource.system(), new PassphraseBox.Cost(1024, 1, 1)),
                terminal,
                arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
