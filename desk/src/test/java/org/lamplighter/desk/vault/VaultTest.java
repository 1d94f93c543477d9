package org.lamplighter.desk.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.vault.VaultException.Reason;

class VaultTest {
    /** Cheap, for tests that open vaults by the hundred. */
    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("desk");
    }

    @Test
    void get_afterReopening_yieldsWhatWasPut() throws VaultException {
        try (Vault vault = create()) {
            vault.put("message/01", bytes("the tender was altered"));
            vault.put("message/02", new byte[0]);
            vault.put("message/01", bytes("the tender was altered twice"));
        }

        try (Vault vault = open("lantern")) {
            assertThat(vault.get("message/01").map(VaultTest::text)).contains("the tender was altered twice");
            assertThat(vault.get("message/02"))
                    .hasValueSatisfying(b -> assertThat(b).isEmpty());
            assertThat(vault.get("message/03")).isEmpty();
            assertThat(vault.get("first").map(VaultTest::text)).contains("kept from the start");
            assertThat(vault.names("message/")).containsExactly("message/01", "message/02");
            assertThat(vault.damaged()).isEmpty();
        }
    }

    @Test
    void get_largestContent_comesBack() throws VaultException {
        byte[] content = new byte[Vault.MAX_CONTENT];
        random.nextBytes(content);
        try (Vault vault = create()) {
            vault.put("document/01", content);
            assertThat(vault.get("document/01")).contains(content);
            assertThatThrownBy(() -> vault.put("document/02", new byte[Vault.MAX_CONTENT + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void open_otherPassphrase_saysSo() throws VaultException {
        create().close();

        assertThatThrownBy(() -> open("lantern ")).satisfies(reason(Reason.WRONG_PASSPHRASE));
        open("lantern").close();
    }

    @Test
    void open_whileOpen_isRefused() throws VaultException {
        try (Vault vault = create()) {
            assertThat(vault.names("")).isNotEmpty();
            assertThatThrownBy(() -> open("lantern")).satisfies(reason(Reason.IN_USE));
        }
        open("lantern").close();
    }

    @Test
    void open_noVault_saysSo() {
        assertThatThrownBy(() -> open("lantern")).satisfies(reason(Reason.NOT_A_VAULT));
    }

    @Test
    void create_folderWithOtherFiles_isRefusedAndLeavesThem() throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThatThrownBy(this::create).satisfies(reason(Reason.NOT_EMPTY));
        assertThat(folder.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void create_existingVault_isRefused() throws VaultException {
        create().close();

        assertThatThrownBy(this::create).satisfies(reason(Reason.NOT_EMPTY));
        open("lantern").close();
    }

    @Test
    void folder_isForItsOwnerAlone() throws Exception {
        try (Vault vault = create()) {
            vault.put("message/01", bytes("text"));
        }

        for (Path path : files(parent)) {
            String wanted = Files.isDirectory(path) ? "rwx------" : "rw-------";
            if (!path.equals(parent) && !path.endsWith("lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void folder_holdsNoWordAndNoName() throws Exception {
        try (Vault vault = create()) {
            vault.put("conversation/abandon-zoo", bytes("the procurement office altered the tender"));
        }

        assertThat(leaks(folder, "procurement", "abandon", "conversation", "kept from the start"))
                .isEmpty();
    }

    /** Planted fault: a store that writes content as it is does not pass the check of the test above. */
    @Test
    void folder_withContentInClear_isNoticed() throws Exception {
        create().close();
        Files.writeString(folder.resolve("entries").resolve("0".repeat(64)), "the procurement office");

        assertThat(leaks(folder, "procurement", "abandon")).hasSize(1);
    }

    @Test
    void sizes_ofShortMessages_areAllAlike() throws Exception {
        try (Vault vault = create()) {
            for (int length = 0; length <= 3000; length += 500) {
                vault.put("message/" + length, new byte[length]);
            }
        }

        assertThat(entryFiles().stream().map(VaultTest::size).distinct()).hasSize(1);
    }

    @Test
    void put_sameContentTwice_sealsUnderNewKeys() throws Exception {
        try (Vault vault = create()) {
            vault.put("message/01", bytes("text"));
            byte[] before = Files.readAllBytes(fileOf("message/01", vault));
            vault.put("message/01", bytes("text"));
            byte[] after = Files.readAllBytes(fileOf("message/01", vault));

            int equal = 0;
            for (int i = 1; i < before.length; i++) {
                equal += before[i] == after[i] ? 1 : 0;
            }
            assertThat(equal).isLessThan(before.length / 50);
        }
    }

    @Test
    void flippedByte_anywhere_damagesThatEntryAndNoOther() throws Exception {
        Path target;
        try (Vault vault = create()) {
            vault.put("message/01", bytes("one"));
            vault.put("message/02", bytes("two"));
            target = fileOf("message/02", vault);
        }
        byte[] good = Files.readAllBytes(target);
        for (int position = 0; position < good.length; position += position < 330 ? 1 : 97) {
            byte[] bad = good.clone();
            bad[position] ^= 0x10;
            Files.write(target, bad);
            try (Vault vault = open("lantern")) {
                assertThat(vault.damaged()).hasSize(1);
                assertThat(vault.damaged().getFirst())
                        .isIn("message/02", target.getFileName().toString());
                assertThatThrownBy(() -> vault.get("message/02"))
                        .satisfies(reason(Reason.DAMAGED))
                        .hasMessageContaining("message/02");
                assertThat(vault.get("message/01").map(VaultTest::text)).contains("one");
            }
        }
    }

    @Test
    void truncatedAndLengthenedFiles_areDamaged() throws Exception {
        Path target;
        try (Vault vault = create()) {
            vault.put("message/02", bytes("two"));
            target = fileOf("message/02", vault);
        }
        byte[] good = Files.readAllBytes(target);
        for (int length : List.of(0, 1, 33, 304, 305, 306, good.length - 1, good.length + 1)) {
            Files.write(target, Arrays.copyOf(good, length));
            try (Vault vault = open("lantern")) {
                assertThatThrownBy(() -> vault.get("message/02")).satisfies(reason(Reason.DAMAGED));
            }
        }
    }

    @Test
    void entriesThatChangePlaces_areDamaged() throws Exception {
        try (Vault vault = create()) {
            vault.put("message/01", bytes("one"));
            vault.put("message/02", bytes("two"));
            Files.copy(fileOf("message/01", vault), fileOf("message/02", vault), StandardCopyOption.REPLACE_EXISTING);
        }

        try (Vault vault = open("lantern")) {
            assertThatThrownBy(() -> vault.get("message/02")).satisfies(reason(Reason.DAMAGED));
            assertThat(vault.get("message/01").map(VaultTest::text)).contains("one");
        }
    }

    @Test
    void changePassphrase_keepsEntriesAndShutsTheOldOneOut() throws Exception {
        try (Vault vault = create();
                SecretBytes changed = secret("beacon")) {
            vault.changePassphrase(changed, CHEAP);
        }

        assertThatThrownBy(() -> open("lantern")).satisfies(reason(Reason.WRONG_PASSPHRASE));
        try (Vault vault = open("beacon")) {
            assertThat(vault.get("first").map(VaultTest::text)).contains("kept from the start");
        }
    }

    @Test
    void erase_leavesNothingThatOpens() throws Exception {
        byte[] before;
        try (Vault vault = create()) {
            vault.put("prekey/00000001", bytes("secret of slot one"));
            before = Files.readAllBytes(fileOf("prekey/00000001", vault));
            vault.erase("prekey/00000001");
            vault.erase("prekey/00000001");
            assertThat(vault.get("prekey/00000001")).isEmpty();
        }

        try (Vault vault = open("lantern")) {
            assertThat(vault.names("prekey/")).isEmpty();
            assertThat(vault.damaged()).isEmpty();
        }
        byte[] salt = Arrays.copyOfRange(before, 1, 33);
        for (Path file : files(folder)) {
            if (Files.isRegularFile(file)) {
                assertThat(indexOf(Files.readAllBytes(file), salt)).isNegative();
            }
        }
    }

    @Test
    void erase_overwritesTheFileBeforeItsNameIsGone() throws Exception {
        Path kept = parent.resolve("second-name");
        try (Vault vault = create()) {
            vault.put("prekey/00000001", bytes("secret of slot one"));
            Files.createLink(kept, fileOf("prekey/00000001", vault));
            vault.erase("prekey/00000001");
        }

        assertThat(Files.readAllBytes(kept)).containsOnly(0);
    }

    /** Planted fault: a file that is only unlinked still holds its bytes, and the check of the test above sees it. */
    @Test
    void unlinkAlone_leavesTheBytes() throws Exception {
        Path kept = parent.resolve("second-name");
        try (Vault vault = create()) {
            vault.put("prekey/00000001", bytes("secret of slot one"));
            Path file = fileOf("prekey/00000001", vault);
            Files.createLink(kept, file);
            Files.delete(file);
        }

        assertThat(Files.readAllBytes(kept)).contains(1).isNotEqualTo(new byte[(int) Files.size(kept)]);
    }

    @Test
    void diskFull_saysSoAndKeepsTheOldEntry() throws Exception {
        FullDisk disk = new FullDisk();
        try (SecretBytes passphrase = secret("lantern");
                Vault vault = Vault.create(folder, passphrase, CHEAP, Map.of("first", bytes("old")), random, disk)) {
            disk.full = true;
            assertThatThrownBy(() -> vault.put("first", bytes("new"))).satisfies(reason(Reason.DISK_FULL));
            assertThat(vault.get("first").map(VaultTest::text)).contains("old");
            disk.full = false;
            vault.put("first", bytes("new"));
            assertThat(vault.get("first").map(VaultTest::text)).contains("new");
        }
        assertThat(entryFiles()).hasSize(1);
    }

    private Vault create() throws VaultException {
        try (SecretBytes passphrase = secret("lantern")) {
            return Vault.create(folder, passphrase, CHEAP, Map.of("first", bytes("kept from the start")), random);
        }
    }

    private Vault open(String passphrase) throws VaultException {
        try (SecretBytes secret = secret(passphrase)) {
            return Vault.open(folder, secret, random);
        }
    }

    /** The file of an entry is the one that is missing from the names after everything else is known. */
    private Path fileOf(String name, Vault vault) {
        return folder.resolve("entries").resolve(vault.fileName(name));
    }

    private List<Path> entryFiles() throws IOException {
        return files(folder.resolve("entries")).stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> leaks(Path folder, String... words) throws IOException {
        return files(folder).stream()
                .filter(file -> Stream.of(words)
                        .anyMatch(word -> file.getFileName().toString().contains(word)
                                || (Files.isRegularFile(file) && indexOf(read(file), bytes(word)) >= 0)))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        return read(file).length;
    }

    private static int indexOf(byte[] haystack, byte[] needle) {
        for (int i = 0; i + needle.length <= haystack.length; i++) {
            if (Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
                return i;
            }
        }
        return -1;
    }

    private static Consumer<Throwable> reason(Reason reason) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.copyOf(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
