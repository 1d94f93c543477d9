package org.lamplighter.cli.trustee;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.HolderId;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.evidence.share.ShareRule;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/** What a trustee does. Everything that can be refused is refused before the passphrase is asked. */
final class Trusteeship {
    private static final int MAX_SHARE_FILE_BYTES = 8192;

    private final Terminal terminal;
    private final SecureRandom random;
    private final PassphraseBox.Cost cost;

    Trusteeship(Terminal terminal, SecureRandom random, PassphraseBox.Cost cost) {
        this.terminal = terminal;
        this.random = random;
        this.cost = cost;
    }

    /** Makes the folder with the sealed key and the request, and shows what to read to the newsroom. */
    void init(Path path, String name) throws IOException, CommandFailure {
        PersonName person = person(name);
        TrusteeFolder.requireNone(path);
        try (SecretBytes passphrase = terminal.askNewPassphrase("Passphrase for the new trustee key")) {
            TrusteeRequest request = TrusteeFolder.create(path, person, passphrase, cost, random);
            terminal.print("trustee-request " + path.resolve(TrusteeFolder.REQUEST));
            terminal.print("fingerprint     " + request.fingerprint());
            terminal.hint("carry trustee-request to the newsroom and read them the six words; keep a backup of " + path
                    + ", without it and the passphrase your shares are lost");
        }
    }

    /** Opens the sealed share in {@code file} and prints it, or writes it to {@code out} when that is not empty. */
    void share(Path path, Path file, String out) throws IOException, CommandFailure {
        if (!out.isEmpty() && Files.exists(Path.of(out))) {
            throw CommandFailure.of("exists already: " + out, "name another file for --out");
        }
        TrusteeFolder folder = TrusteeFolder.open(path);
        SealedShare sealed = sealedShare(file);
        HolderId own = HolderId.ofTrusteeKey(folder.request().key().toByteArray());
        if (!sealed.holder().equals(own)) {
            throw CommandFailure.of(
                    "this share is for another holder (" + sealed.holder().hex() + "), you are " + own.hex(),
                    "ask the journalist for the sealed share with your id");
        }
        ShareRule rule = sealed.rule();
        terminal.say("share " + rule.index() + " of " + rule.count() + " of set "
                + rule.setId().hex() + "; any " + rule.threshold() + " open the evidence");
        terminal.say("evidence " + sealed.binding().words());
        try (SecretBytes passphrase = terminal.askSecret("Passphrase of the trustee key");
                PkeSecretKey key = folder.unlock(passphrase);
                Share share = sealed.open(key)
                        .orElseThrow(() -> CommandFailure.of(
                                "the share does not open, although it names you: it was changed, or made wrongly",
                                "ask the journalist to export it again"))) {
            deliver(share, out);
        }
    }

    private void deliver(Share share, String out) throws IOException {
        if (out.isEmpty()) {
            share.text().lines().forEach(terminal::print);
        } else {
            byte[] text = share.text().getBytes(StandardCharsets.US_ASCII);
            AtomicFile.write(Path.of(out), text, Access.PRIVATE);
            SecretBytes.wipe(text);
            terminal.print("share " + out);
        }
        terminal.hint(
                "compare the words of the line evidence with the other holders and with the message: other words are"
                        + " other files; give the share to the journalist, on paper or as a file, only if you agree that"
                        + " this evidence is opened now");
    }

    private static SealedShare sealedShare(Path file) throws IOException, CommandFailure {
        try {
            return SealedShare.parse(AtomicFile.read(file, MAX_SHARE_FILE_BYTES));
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    file + " is not a sealed share (" + e.getMessage() + ")",
                    "ask the journalist for the file again and carry it unchanged");
        }
    }

    private static PersonName person(String name) throws CommandFailure {
        try {
            return PersonName.typed(name);
        } catch (MalformedException e) {
            throw CommandFailure.of(String.valueOf(e.getMessage()), "give your name as --name \"Ada Example\"");
        }
    }
}
