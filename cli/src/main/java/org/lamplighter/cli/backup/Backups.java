package org.lamplighter.cli.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.NewFile;
import org.lamplighter.console.ProgressLine;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/** What the commands do. Everything that can be refused without the passphrase is refused before it is asked. */
final class Backups {
    private static final int MAX_KEY_FILE = 4096;
    private static final int BUFFER = 1 << 17;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PassphraseBox.Cost cost;

    Backups(Terminal terminal, SecureRandom random, InstantSource clock, PassphraseBox.Cost cost) {
        this.terminal = terminal;
        this.random = random;
        this.clock = clock;
        this.cost = cost;
    }

    void makeKey(Path out) throws IOException, CommandFailure {
        Path pub = out.resolveSibling(out.getFileName() + ".pub");
        NewFile.requireFree(out);
        NewFile.requireFree(pub);
        try (SecretBytes passphrase = terminal.askNewPassphrase("Passphrase for the new backup key");
                BackupKey key = BackupKey.generate(random);
                SecretBytes content = key.toSecretBytes()) {
            AtomicFile.write(out, PassphraseBox.seal(passphrase, content, random, cost), Access.PRIVATE);
            AtomicFile.write(pub, key.recipient().toByteArray(), Access.PUBLIC);
            terminal.print("backup-key  " + out);
            terminal.print("public half " + pub);
            terminal.print("fingerprint " + key.recipient().fingerprint());
            terminal.hint("carry " + pub + " to the machine that is backed up, and compare the six words there; keep "
                    + out + " and its passphrase elsewhere: without both no backup opens");
        }
    }

    void restore(Path file, Path folder, Path keyFile) throws IOException, CommandFailure {
        Restoration.requireNew(folder);
        byte[] box = AtomicFile.read(keyFile, MAX_KEY_FILE);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                SecretBytes passphrase = terminal.askSecret("Passphrase of " + keyFile);
                BackupKey key = open(box, passphrase, keyFile)) {
            Restoration.Restored restored;
            try (ProgressLine progress = terminal.progress(clock)) {
                long total = Files.size(file);
                restored = new Restoration(random, done -> progress.update("restore", Math.min(done, total), total))
                        .run(BackupReader.open(in, key), folder);
            }
            tell(restored, folder);
        } catch (MalformedException e) {
            throw switch (e.reason()) {
                case WRONG_SIGNER ->
                    CommandFailure.of(
                            file + " is sealed to another backup key than " + keyFile,
                            "take the key whose six words were shown when the backup was made");
                case UNKNOWN_VERSION ->
                    CommandFailure.of(
                            file + " is no backup, or one of a newer version",
                            "name the file that `backup` has written, or run a newer lamplighter");
                default ->
                    CommandFailure.of(
                            file + " is damaged or not whole (" + e.getMessage() + "); nothing was restored",
                            "copy the file again and compare its SHA-256, or take an older backup");
            };
        }
    }

    private static BackupKey open(byte[] box, SecretBytes passphrase, Path keyFile) throws CommandFailure {
        try (SecretBytes content = PassphraseBox.open(box, passphrase)
                .orElseThrow(() -> CommandFailure.of(
                        "wrong passphrase, or " + keyFile + " was changed",
                        "run the command again and type it carefully"))) {
            return BackupKey.parse(content);
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    keyFile + " is not a backup key (" + e.getMessage() + ")",
                    "name the file that `lamplighter backup key` has made, not its public half");
        }
    }

    private void tell(Restoration.Restored restored, Path folder) throws IOException, CommandFailure {
        BackupAbout about = restored.about();
        terminal.print("restored " + restored.files() + " files into " + folder + ", as of epoch " + about.epoch()
                + ", " + MOMENT.format(Instant.ofEpochSecond(about.time())));
        if (restored.kind() == BackupKind.STATION) {
            tellOfStation(folder);
        } else {
            terminal.say(
                    "lost: what this folder received or wrote since, and every message that was sealed to prekeys");
            terminal.say("  made before now: their secrets are in no backup, so that no backup opens what was erased");
            terminal.say("next: whoever runs the station forgets your published prekeys, there:");
            terminal.say("  lamplighter station forget-prekeys STDIR NAME");
            terminal.say("then: lamplighter journalist read " + folder + ", which uploads new ones");
            terminal.say("if the old machine may be in somebody's hands, have the newsroom revoke you instead");
        }
    }

    private void tellOfStation(Path folder) throws IOException, CommandFailure {
        try {
            NewsroomKey newsroom = NewsroomKey.parse(new String(
                    AtomicFile.read(folder.resolve("newsroom.pub"), MAX_KEY_FILE),
                    java.nio.charset.StandardCharsets.UTF_8));
            StationRequest request =
                    StationRequest.parse(AtomicFile.read(folder.resolve(Restoration.REQUEST), MAX_KEY_FILE));
            terminal.print("newsroom    " + newsroom.origin().name() + ": " + newsroom.fingerprint());
            terminal.print("fingerprint " + request.fingerprint());
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    "the backup holds no readable newsroom.pub", "take another backup; this one was not made by us");
        }
        terminal.say("lost: what was handed over after that moment, bundles and evidence alike; who sees no");
        terminal.say("  confirmation must send again. Prekeys uploaded since come again by themselves.");
        terminal.say("the station has a new key, since the old one may have signed later heads: it does not run until");
        terminal.say("  the newsroom has certified it. Carry station-request there, with the same options as before:");
        terminal.say("  lamplighter newsroom certify-station NRDIR station-request … --out certificate");
        terminal.say(
                "then: lamplighter station install " + folder + " certificate; lamplighter station check " + folder);
    }
}
