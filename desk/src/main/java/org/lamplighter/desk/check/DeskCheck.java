package org.lamplighter.desk.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.client.Progress;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.evidence.ChunkFolder;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * Checks a whole journalist's folder (docs/operations/desk.md lists what). Reads every byte of it. Opening a vault finishes what
 * a crash has left, as every command does; beyond that nothing is written. No finding names a conversation, a person or a word
 * of a message. One thread at a time.
 */
public final class DeskCheck {
    /** Prefixes of entries, and entries that stand alone (docs/spec 8.4). */
    private static final Set<String> KINDS = Set.of(
            "identity",
            "station",
            "memory",
            "prekey",
            "prekeys",
            "conversation",
            "message",
            "document",
            "opened",
            "share",
            "seal",
            "part",
            "thread",
            "outbox",
            "collector",
            "hashes");

    private static final Set<String> FILES = Set.of("vault.key", "lock", "entries", "chunks", "enrolment-request");

    private final Vault vault;
    private final List<Finding> findings = new ArrayList<>();

    private DeskCheck(Vault vault) {
        this.vault = vault;
    }

    /** All findings about an open vault, in a fixed order; {@code progress} counts the bytes of evidence, which may be many. */
    public static List<Finding> run(Vault vault, Progress progress) throws VaultException {
        DeskCheck check = new DeskCheck(vault);
        check.folder();
        check.entries();
        check.identity();
        Inbox inbox = Inbox.load(vault);
        MailCheck mail = new MailCheck(vault, inbox);
        check.findings.add(mail.conversations());
        check.findings.add(mail.parts());
        check.findings.add(mail.outbox());
        EvidenceCheck evidence = new EvidenceCheck(vault, inbox, ChunkFolder.open(vault), progress);
        check.findings.add(evidence.documents());
        check.findings.add(evidence.chunks());
        return List.copyOf(check.findings);
    }

    private void folder() throws VaultException {
        Faults faults = new Faults();
        for (Path file : list(vault.folder())) {
            faults.addIf(!FILES.contains(String.valueOf(file.getFileName())), "a file that does not belong here");
        }
        for (Path file : list(vault.folder().resolve("entries"))) {
            faults.addIf(
                    !String.valueOf(file.getFileName()).matches("[0-9a-f]{64}"),
                    "a file among the entries that is none");
        }
        findings.add(faults.finding("the folder holds what it should", ""));
    }

    private void entries() throws VaultException {
        Faults faults = new Faults();
        for (String file : vault.unreadable()) {
            faults.add("no entry opens from " + file.substring(0, 8));
        }
        List<String> names = vault.names("");
        for (String name : names) {
            String kind = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            faults.addIf(!KINDS.contains(kind), "an entry of a kind that this program does not know");
            Optional<byte[]> content = vault.getIntact(name);
            faults.addIf(content.isEmpty(), "an entry of the kind " + kind + " is damaged");
            content.ifPresent(SecretBytes::wipe);
        }
        findings.add(faults.finding("every entry is authentic under its name", names.size() + " entries"));
    }

    /** Who the journalist is; whether what was seen of the station is signed by that newsroom; and the prekeys for it. */
    private void identity() throws VaultException {
        Faults faults = new Faults();
        Faults seen = new Faults();
        Faults prekeys = new Faults();
        String remark = "no session yet";
        String slots = "";
        try (Profile profile = Profile.load(vault)) {
            Optional<StationMemory> memory = StationMemory.load(vault, profile.newsroom());
            seen.addIf(memory.isEmpty() && vault.names("memory").contains("memory"), "it does not verify");
            if (memory.isPresent()) {
                remark = "epoch " + memory.get().head().epoch();
            }
            slots = PrekeyCheck.run(vault, memory, prekeys);
        } catch (MalformedException e) {
            faults.add(String.valueOf(e.getMessage()));
        } catch (VaultException e) {
            if (e.reason() != VaultException.Reason.DAMAGED) {
                throw e;
            }
            faults.add(String.valueOf(e.getMessage()));
        }
        findings.add(faults.finding("identity, newsroom and station are readable", ""));
        findings.add(seen.finding("what was seen of the station is signed by the newsroom", remark));
        findings.add(prekeys.finding("every prekey that is published has its secret", slots));
    }

    static List<Path> list(Path folder) throws VaultException {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
            return files;
        } catch (IOException e) {
            throw VaultException.of("cannot read the folder " + folder, e);
        }
    }
}
