package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.DocumentStore.Document;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.StationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Everything is verified before the first file is installed; a running station takes the new ones up by itself. */
@Command(
        name = "install",
        description =
                "Install what the newsroom has signed: the certificate, the roster. Works while the station runs.",
        mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(index = "0", paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Certificate or roster, in any order.")
    private List<Path> notes = List.of();

    InstallCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        StationFolder station = StationFolder.existing(folder);
        NewsroomKey newsroom = station.readNewsroom();
        try (StationKey key = station.readKey();
                StationStore store = station.openStore(Moments.NONE)) {
            List<Document> documents = new ArrayList<>();
            for (Path note : notes) {
                documents.add(document(note, newsroom, key, store));
            }
            for (Document document : documents) {
                install(store, document);
            }
        }
        return 0;
    }

    private Document document(Path file, NewsroomKey newsroom, StationKey key, StationStore store)
            throws IOException, CommandFailure {
        byte[] note = AtomicFile.read(file, SignedNote.MAX_BYTES);
        String firstLine =
                new String(note, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        try {
            return switch (firstLine) {
                case "lamplighter-station/v1" -> certificate(file, note, newsroom, key, store);
                case "lamplighter-roster/v1" -> roster(note, newsroom);
                default ->
                    throw CommandFailure.of(
                            "neither a certificate nor a roster of this version: " + file,
                            "take the file that `lamplighter newsroom certify-station` or `enrol` has written");
            };
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    file + " cannot be installed: " + e.getMessage(),
                    switch (e.reason()) {
                        case WRONG_SIGNER, BAD_SIGNATURE ->
                            "this station belongs to " + newsroom.origin().name() + ", fingerprint "
                                    + newsroom.fingerprint() + "; take a file signed with that key";
                        case OUT_OF_DATE ->
                            "check the clock of this machine (date -u), or ask the newsroom for a new one";
                        default -> "copy the file again; it must arrive as it was written";
                    });
        }
    }

    private Document certificate(Path file, byte[] note, NewsroomKey newsroom, StationKey key, StationStore store)
            throws IOException, CommandFailure, MalformedException {
        StationCertificate certificate = StationCertificate.verify(note, newsroom);
        certificate.checkDate(clock.instant());
        if (!certificate.station().equals(key.verifyingKey())) {
            throw CommandFailure.of(
                    "the certificate is for another station: " + file,
                    "have the newsroom certify the request of this one: " + new StationFolder(folder).request());
        }
        if (store.documents().find(Kind.CERTIFICATE).isPresent()) {
            Blob old = store.documents().find(Kind.CERTIFICATE).get().note();
            requireSameMailbox(
                    StationCertificate.verify(old.toByteArray(), newsroom).parameters(), certificate.parameters());
        }
        return new Document(Kind.CERTIFICATE, certificate.serial(), Blob.copyOf(note));
    }

    private Document roster(byte[] note, NewsroomKey newsroom) throws MalformedException {
        Roster roster = Roster.verify(note, newsroom);
        roster.checkDate(clock.instant());
        return new Document(Kind.ROSTER, roster.serial(), Blob.copyOf(note));
    }

    /** What rows and buckets are counted in cannot change under them (docs/spec 4.3). */
    private static void requireSameMailbox(StationParameters old, StationParameters fresh) throws CommandFailure {
        boolean same = old.slots() == fresh.slots()
                && old.envelopes() == fresh.envelopes()
                && old.ttlSeconds() == fresh.ttlSeconds()
                && old.expirySeconds() == fresh.expirySeconds()
                && old.burstSeconds() == fresh.burstSeconds()
                && old.waitingSeconds() == fresh.waitingSeconds()
                && old.prekeySeconds() == fresh.prekeySeconds();
        if (!same) {
            throw CommandFailure.of(
                    "the certificate is for a mailbox of another size or other times",
                    "epoch, answer and chunk numbers can change; for the others make a new station folder");
        }
    }

    private void install(StationStore store, Document document) throws IOException, CommandFailure {
        String what = document.kind() == Kind.CERTIFICATE ? "certificate" : "roster";
        switch (store.documents().install(document)) {
            case INSTALLED -> terminal.print("installed " + what + " number " + document.serial());
            case UNCHANGED -> terminal.print(what + " number " + document.serial() + " was installed already");
            case ROLLED_BACK ->
                throw CommandFailure.of(
                        "a " + what + " with this number or a later one is installed already",
                        "take the newest file from the newsroom; a number never goes back");
        }
    }
}
