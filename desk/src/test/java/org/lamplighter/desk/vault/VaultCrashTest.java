package org.lamplighter.desk.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.vault.StoppingCalls.Stopped;

/** The machine stops in the middle of every step of every change; then the vault is opened again. */
class VaultCrashTest {
    /** Cheap, for tests that open vaults by the hundred. */
    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private static final SecretBytes OLD = SecretBytes.copyOf("lantern".getBytes(UTF_8));
    private static final SecretBytes NEW = SecretBytes.copyOf("beacon".getBytes(UTF_8));
    /** More steps than any change has. */
    private static final int STEPS = 12;

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path parent;

    private interface Change {
        void make(Vault vault) throws VaultException;
    }

    @Test
    void put_stoppedAnywhere_leavesOldOrNewAndNothingElse() throws Exception {
        List<String> seen = afterEachStop(FileCalls.system(), vault -> vault.put("a", bytes("new")));

        assertThat(seen)
                .contains("old", "new")
                .allMatch(content -> List.of("old", "new").contains(content));
    }

    /** Planted fault: written in place, the entry is neither old nor new after some stop. */
    @Test
    void put_writtenInPlace_losesTheEntry() throws Exception {
        List<String> seen = afterEachStop(new InPlace(), vault -> vault.put("a", bytes("new")));

        assertThat(seen).contains("damaged");
    }

    @Test
    void erase_stoppedAnywhere_leavesTheEntryOrNoTraceOfIt() throws Exception {
        List<String> seen = afterEachStop(FileCalls.system(), vault -> vault.erase("a"));

        assertThat(seen)
                .contains("old", "none")
                .allMatch(content -> List.of("old", "none").contains(content));
    }

    @Test
    void changePassphrase_stoppedAnywhere_oneOfTheTwoOpens() throws Exception {
        List<String> seen = afterEachStop(FileCalls.system(), vault -> vault.changePassphrase(NEW, CHEAP));

        assertThat(seen).containsOnly("old");
    }

    @Test
    void create_stoppedAnywhere_canBeDoneAgainOrIsDone() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            Path folder = parent.resolve("create-" + step);
            try {
                create(folder, StoppingCalls.in(FileCalls.system(), step)).close();
            } catch (Stopped e) {
                // The machine is off: nothing after this point ran.
            }
            if (!Vault.isIn(folder)) {
                create(folder, FileCalls.system()).close();
            }
            assertThat(look(folder)).isEqualTo("old");
        }
    }

    /** What the entry {@code a} is after a stop at each step of {@code change}, until it runs through. */
    private List<String> afterEachStop(FileCalls real, Change change) throws Exception {
        List<String> seen = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Path folder = parent.resolve("step-" + step);
            create(folder, FileCalls.system()).close();
            Vault vault = Vault.open(folder, OLD, random, StoppingCalls.in(real, step));
            try {
                change.make(vault);
            } catch (Stopped e) {
                // The machine is off: nothing after this point ran.
            }
            vault.close();
            seen.add(look(folder));
            assertThat(leftovers(folder)).isEmpty();
        }
        return seen;
    }

    private Vault create(Path folder, FileCalls calls) throws VaultException {
        return Vault.create(folder, OLD, CHEAP, Map.of("a", bytes("old"), "b", bytes("other")), random, calls);
    }

    private String look(Path folder) throws Exception {
        try (Vault vault = openWithEither(folder)) {
            assertThat(vault.get("b")).contains(bytes("other"));
            return vault.get("a").map(content -> new String(content, UTF_8)).orElse("none");
        } catch (VaultException e) {
            assertThat(e.reason()).isEqualTo(VaultException.Reason.DAMAGED);
            return "damaged";
        }
    }

    private Vault openWithEither(Path folder) throws VaultException {
        try {
            return Vault.open(folder, OLD, random);
        } catch (VaultException e) {
            return Vault.open(folder, NEW, random);
        }
    }

    private static List<String> leftovers(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".tmp") || name.endsWith(".gone"))
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
