package org.lamplighter.desk.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Finding;
import org.lamplighter.console.NewFile;
import org.lamplighter.console.ProgressLine;
import org.lamplighter.console.Terminal;
import org.lamplighter.console.TextPrompt;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.desk.app.ConversationView;
import org.lamplighter.desk.app.DeskFailure;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.app.SessionReport;
import org.lamplighter.desk.app.SessionReport.Trouble;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.desk.evidence.Export.Exported;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/** What the commands do. Everything that can be refused without the passphrase is refused before it is asked. */
final class Journalism {
    private static final int MAX_FILE_BYTES = 8192;
    /** More than any reply may have: the desk says how much too long it is. */
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private static final String BACKUP_KEY_HINT =
            "make a key on another machine: lamplighter backup key --out KEY; and name KEY.pub here";

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final Printer printer;

    Journalism(Terminal terminal, Surroundings surroundings) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.printer = new Printer(terminal);
    }

    void init(Path folder, String name, Path newsroom, String station, Optional<String> proxy) throws CommandFailure {
        if (Vault.isIn(folder)) {
            throw CommandFailure.of("there is a journalist's folder in " + folder + " already", "name another folder");
        }
        try {
            Vault.requireFree(folder);
        } catch (VaultException e) {
            throw Failures.of(e, folder);
        }
        PersonName person = parse(() -> PersonName.typed(name), "give your name as --name \"Ada Example\"");
        NewsroomKey key = newsroom(newsroom);
        Route route = parse(
                () -> Route.of(StationAddress.parse(station), proxy),
                "give the address that the station shows when it runs");
        try (SecretBytes passphrase = terminal.askNewPassphrase("Passphrase for your new folder")) {
            JournalistDesk.Created created =
                    JournalistDesk.create(folder, passphrase, person, key, route, surroundings);
            terminal.print("newsroom          " + key.origin().name() + ": " + key.fingerprint());
            terminal.print("enrolment-request " + created.request());
            terminal.print("fingerprint       " + created.fingerprint());
            terminal.hint("carry enrolment-request to the newsroom and read them your six words; compare theirs too");
        } catch (VaultException e) {
            throw Failures.of(e, folder);
        }
    }

    void read(Path folder) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            SessionReport report = session(desk, false);
            int shown = 0;
            for (ConversationView conversation : desk.conversations()) {
                if (conversation.unread() > 0) {
                    shown += showUnread(desk, conversation);
                }
            }
            if (shown == 0) {
                terminal.say("nothing new");
            }
            summary(report);
            complain(report.troubles());
        });
    }

    void show(Path folder, String what) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            if (what.contains("/")) {
                printer.message(desk.message(what), true);
                return;
            }
            for (MessageView message : desk.messages(what)) {
                printer.message(message, false);
                desk.markShown(message.handle());
            }
        });
    }

    void reply(Path folder, String conversation, Optional<String> text) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            // Refused before a long text is typed.
            desk.requireConversation(conversation);
            MessageView reply = desk.reply(
                    conversation,
                    TextPrompt.of(terminal, MAX_TEXT_BYTES, "a reply has at most 26 kB: write it in several")
                            .text(text));
            terminal.say("saved as " + reply.handle());
            SessionReport report;
            try {
                report = session(desk, false);
            } catch (StationFailure | DeskFailure e) {
                terminal.say("the reply is saved and goes out with the next session");
                throw e;
            }
            String delivery = desk.message(reply.handle())
                    .delivery()
                    .map(Printer::delivery)
                    .orElse("");
            terminal.print("reply " + reply.handle() + " " + delivery);
            summary(report);
            complain(report.troubles());
        });
    }

    void replenish(Path folder) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            SessionReport report = session(desk, true);
            terminal.print("prekeys " + Printer.ahead(report.secondsAhead())
                    + (report.prekeysUploaded() > 0 ? "" : ", none were uploaded"));
            summary(report);
            complain(report.troubles());
        });
    }

    void status(Path folder) throws CommandFailure, IOException {
        withDesk(folder, desk -> printer.status(desk.status()));
    }

    /** Whether all is well. */
    boolean check(Path folder) throws CommandFailure {
        requireFolder(folder);
        List<Finding> findings;
        try (SecretBytes passphrase = terminal.askSecret("Passphrase of " + folder);
                ProgressLine progress = terminal.progress(surroundings.clock())) {
            findings = JournalistDesk.check(folder, passphrase, surroundings, progress::update);
        } catch (VaultException e) {
            throw Failures.of(e, folder);
        }
        findings.forEach(finding -> terminal.print(finding.line()));
        long failed = findings.stream().filter(finding -> !finding.isOk()).count();
        terminal.print(findings.size() + " checked, " + failed + " failed");
        if (failed > 0) {
            terminal.error("the folder is not as it should be");
            terminal.hint("keep a copy of it before you do anything else; see docs/operations/desk.md");
        }
        return failed == 0;
    }

    void export(Path folder, String message, Path to) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            List<Exported> files = desk.export(message, to);
            files.forEach(printer::exported);
            terminal.hint("files of a stranger can attack whoever opens them: open them on a machine without network,"
                    + " and remember that they lie in the clear in " + to);
            long left = files.stream().filter(file -> file.written().isEmpty()).count();
            if (left > 0) {
                throw CommandFailure.of(
                        Printer.count(left, "file") + " of " + files.size() + " could not be written",
                        "missing pieces may come with the next session; damaged ones the source must send again");
            }
        });
    }

    void unseal(Path folder, String message, List<Path> files) throws CommandFailure, IOException {
        List<Share> shares = new ArrayList<>();
        try {
            for (Path file : files) {
                shares.add(share(file));
            }
            withDesk(folder, desk -> {
                printer.message(desk.unseal(message, shares), false);
                terminal.hint(
                        "take the files out by: lamplighter journalist export " + folder + " " + message + " --to DIR");
            });
        } finally {
            shares.forEach(Share::close);
        }
    }

    void shareFor(Path folder, String message, String trustee, Path out) throws CommandFailure, IOException {
        requireFree(out);
        withDesk(folder, desk -> {
            AtomicFile.write(out, desk.shareFor(message, trustee), Access.PRIVATE);
            terminal.print("sealed-share " + out);
            desk.message(message).sealed().ifPresent(view -> terminal.print("evidence     " + view.evidence()));
            terminal.hint(
                    "carry it to the trustee, there: lamplighter trustee share DIR FILE; only that person can open"
                            + " it, and sees the same words");
        });
    }

    void share(Path folder, String message, Path out) throws CommandFailure, IOException {
        requireFree(out);
        withDesk(folder, desk -> {
            try (SecretBytes text = desk.ownShare(message)) {
                byte[] bytes = text.reveal();
                AtomicFile.write(out, bytes, Access.PRIVATE);
                SecretBytes.wipe(bytes);
            }
            terminal.print("share " + out);
            terminal.hint(
                    "whoever has enough of these opens the files: give it to the colleague who opens, then delete it");
        });
    }

    void backup(Path folder, Path to, Path recipient) throws CommandFailure, IOException {
        byte[] document = file(recipient, BACKUP_KEY_HINT);
        BackupRecipient key = parse(() -> BackupRecipient.parse(document), BACKUP_KEY_HINT);
        NewFile.requireFree(to);
        withDesk(folder, desk -> {
            try (NewFile out = NewFile.create(to)) {
                DigestOutputStream hashed = new DigestOutputStream(out.out(), sha256());
                int files = backup(desk, hashed, key);
                out.keep();
                terminal.print("wrote " + to + ", " + Printer.count(files, "file"));
                terminal.print("sha-256 "
                        + HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
                terminal.say("it opens with the key whose six words are: " + key.fingerprint()
                        + ", and then with the passphrase of this folder");
                terminal.say("prekey secrets are not in it: what is erased here stays erased");
            }
        });
    }

    private int backup(JournalistDesk desk, OutputStream out, BackupRecipient key) throws VaultException, IOException {
        try (ProgressLine progress = terminal.progress(surroundings.clock())) {
            return desk.backup(out, key, (done, total) -> progress.update("backup", done, total));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    void changePassphrase(Path folder) throws CommandFailure, IOException {
        withDesk(folder, desk -> {
            try (SecretBytes passphrase = terminal.askNewPassphrase("New passphrase")) {
                desk.changePassphrase(passphrase);
            }
            terminal.say("changed; copies of the folder made before still open with the old one");
        });
    }

    private interface Work {
        void with(JournalistDesk desk) throws StationFailure, VaultException, DeskFailure, CommandFailure, IOException;
    }

    private static void requireFolder(Path folder) throws CommandFailure {
        if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
            throw CommandFailure.of("cannot read " + folder, "run this as the user that owns the folder");
        }
        if (!Vault.isIn(folder)) {
            throw CommandFailure.of(
                    "no journalist's folder in " + folder,
                    "make one: lamplighter journalist init " + folder + " --name NAME --newsroom FILE --station URL");
        }
    }

    private void withDesk(Path folder, Work work) throws CommandFailure, IOException {
        requireFolder(folder);
        try (SecretBytes passphrase = terminal.askSecret("Passphrase of " + folder);
                JournalistDesk desk = JournalistDesk.open(folder, passphrase, surroundings)) {
            work.with(desk);
        } catch (VaultException e) {
            throw Failures.of(e, folder);
        } catch (DeskFailure e) {
            throw Failures.of(e);
        } catch (StationFailure e) {
            throw Failures.of(e);
        }
    }

    private SessionReport session(JournalistDesk desk, boolean topUp)
            throws StationFailure, VaultException, DeskFailure {
        try (ProgressLine progress = terminal.progress(surroundings.clock())) {
            return topUp ? desk.replenish(progress::update) : desk.session(progress::update);
        }
    }

    private int showUnread(JournalistDesk desk, ConversationView conversation) throws VaultException, DeskFailure {
        printer.conversation(conversation);
        List<MessageView> unread = desk.unread(conversation.designation());
        for (MessageView message : unread) {
            printer.message(message, false);
            desk.markShown(message.handle());
        }
        return unread.size();
    }

    /** What a session did besides messages. */
    private void summary(SessionReport report) {
        if (report.stationReplaced()) {
            terminal.say(
                    "the newsroom has certified a new key for the station: it was restored from a backup, or replaced;");
            terminal.say(
                    "  what sources and you handed over shortly before may be lost, and then comes again only if it is"
                            + " sent again");
        }
        if (report.chunks() > 0) {
            terminal.say(Printer.count(report.chunks(), "new piece") + " of evidence");
        }
        if (report.confirmed() > 0) {
            terminal.say(Printer.count(report.confirmed(), "part") + " of your replies found in the mailbox");
        }
        if (report.refusedRows() > 0) {
            terminal.say(Printer.count(report.refusedRows(), "row") + " for you left out: " + reasons(report));
        }
        if (report.prekeysUploaded() > 0) {
            terminal.say("prekeys uploaded, now " + Printer.ahead(report.secondsAhead()));
        }
    }

    private static String reasons(SessionReport report) {
        return report.refused().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " "
                        + switch (entry.getKey()) {
                            case NOT_READABLE -> "not readable";
                            case MALFORMED -> "malformed";
                            case OUT_OF_WINDOW -> "too old or of the future";
                            case COMPROMISED_SENDER -> "under a colleague's compromised keys";
                            case LEFT_SENDER -> "by a colleague who had left the newsroom";
                            case UNKNOWN_SENDER -> "by somebody who is not in the roster";
                            case WRONG_KIND -> "of a kind that is not for you";
                        })
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private void complain(List<Trouble> troubles) throws CommandFailure {
        for (int i = 1; i < troubles.size(); i++) {
            terminal.error(troubles.get(i).error());
            terminal.hint(troubles.get(i).hint());
        }
        if (!troubles.isEmpty()) {
            throw CommandFailure.of(
                    troubles.getFirst().error(), troubles.getFirst().hint());
        }
    }

    private interface Parsing<T> {
        T parse() throws MalformedException;
    }

    private static <T> T parse(Parsing<T> parsing, String hint) throws CommandFailure {
        try {
            return parsing.parse();
        } catch (MalformedException e) {
            throw CommandFailure.of(String.valueOf(e.getMessage()), hint);
        }
    }

    private static NewsroomKey newsroom(Path file) throws CommandFailure {
        String hint = "name the file newsroom.pub that the newsroom gave you";
        byte[] bytes = file(file, hint);
        return parse(() -> NewsroomKey.parse(new String(bytes, StandardCharsets.UTF_8)), hint);
    }

    private static Share share(Path file) throws CommandFailure {
        String hint = "a share is five lines, the last of them 24 words; ask its holder for the file again";
        byte[] bytes = file(file, hint);
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] text = new char[decoded.remaining()];
        decoded.get(text);
        try {
            return Share.parse(text);
        } catch (MalformedException | MnemonicException e) {
            throw CommandFailure.of(file + ": " + e.getMessage(), hint);
        } finally {
            SecretBytes.wipe(text);
            SecretBytes.wipe(bytes);
            SecretBytes.wipe(decoded.array());
        }
    }

    private static byte[] file(Path file, String hint) throws CommandFailure {
        try {
            return AtomicFile.read(file, MAX_FILE_BYTES);
        } catch (IOException e) {
            throw CommandFailure.of("cannot read " + file, hint);
        }
    }

    private static void requireFree(Path out) throws CommandFailure {
        if (Files.exists(out)) {
            throw CommandFailure.of("exists already: " + out, "name another file for --out");
        }
    }
}
