package org.lamplighter.cli.newsroom;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.Fingerprint;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * What the root key is used for. Everything that can be refused is refused before the passphrase is asked; a document is stored
 * in the folder before it is written anywhere else.
 */
final class Signing {
    private static final int MAX_DAYS = 3650;
    private static final int MAX_REQUEST_BYTES = 16_384;

    private final Terminal terminal;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PassphraseBox.Cost cost;

    Signing(Terminal terminal, SecureRandom random, InstantSource clock, PassphraseBox.Cost cost) {
        this.terminal = terminal;
        this.random = random;
        this.clock = clock;
        this.cost = cost;
    }

    /**
     * How the user says that a key is the right person's.
     *
     * @param fingerprint the six words that the other person read out, or empty: then they are shown and asked about
     * @param yes do not ask
     */
    record Consent(String fingerprint, boolean yes) {}

    void init(Path path, String name) throws IOException, CommandFailure {
        Origin origin = origin(name);
        NewsroomFolder.requireNone(path);
        try (SecretBytes passphrase = terminal.askNewPassphrase("Passphrase for the new root key")) {
            NewsroomKey key = NewsroomFolder.create(path, origin, passphrase, cost, random, clock.instant());
            terminal.print("newsroom.pub " + path.resolve(NewsroomFolder.PUBLIC_KEY));
            terminal.print("fingerprint  " + key.fingerprint());
            terminal.hint("give newsroom.pub to the station, to journalists and to everybody; keep a backup of " + path
                    + " offline");
        }
    }

    void enrol(Path path, Path file, Consent consent, int days, String out) throws IOException, CommandFailure {
        EnrolmentRequest request = request(file, "enrolment request", EnrolmentRequest::verify);
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            Roster roster = folder.roster();
            Validity validity = validity(roster.validity(), days);
            if (roster.byId(RosterJournalist.id(request.journalist())).isPresent()) {
                throw CommandFailure.of(
                        "this key is on the roster already",
                        "carry " + folder.file(NewsroomFolder.ROSTER)
                                + " to the station; after a revocation the journalist makes new keys with journalist init");
            }
            requireEnrollable(() -> RootKey.requireEnrollable(roster, request));
            requireConsent("journalist " + request.name(), request.fingerprint(), consent);
            sign(folder, out, root -> root.enrol(roster, request, validity));
        }
    }

    void enrolTrustee(Path path, Path file, Consent consent, int days, String out) throws IOException, CommandFailure {
        TrusteeRequest request = request(file, "trustee request", TrusteeRequest::parse);
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            Roster roster = folder.roster();
            Validity validity = validity(roster.validity(), days);
            requireEnrollable(() -> RootKey.requireEnrollable(roster, request));
            requireConsent("trustee " + request.name(), request.fingerprint(), consent);
            sign(folder, out, root -> root.enrolTrustee(roster, request, validity));
        }
    }

    void revoke(Path path, String who, String word, boolean yes, int days, String out)
            throws IOException, CommandFailure {
        JournalistState state = state(word);
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            Roster roster = folder.roster();
            Validity validity = validity(roster.validity(), days);
            RosterJournalist journalist = find(roster, who);
            if (journalist.state() == JournalistState.COMPROMISED || journalist.state() == state) {
                throw CommandFailure.of(
                        journalist.name() + " is " + journalist.state().word() + " already", "there is nothing to do");
            }
            if (!yes) {
                terminal.confirm("Revoke " + journalist.name() + " ("
                        + journalist.id().hex() + ") as " + state.word() + "? This cannot be taken back.");
            }
            sign(
                    folder,
                    out,
                    root -> root.revoke(roster, journalist.id(), state, validity)
                            .orElseThrow());
        }
    }

    void renew(Path path, int days, String out) throws IOException, CommandFailure {
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            Roster roster = folder.roster();
            Validity validity = validity(roster.validity(), days);
            sign(folder, out, root -> root.renew(roster, validity));
        }
    }

    void certifyStation(Path path, Path file, StationParameters parameters, Consent consent, int days, String out)
            throws IOException, CommandFailure {
        StationRequest request = request(file, "station request", StationRequest::parse);
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            var last = folder.certificate();
            Validity validity = last.isPresent() ? validity(last.get().validity(), days) : validity(days);
            long serial = last.map(StationCertificate::serial).orElse(0L) + 1;
            terminal.say(Status.describe(parameters));
            requireConsent("the station", request.fingerprint(), consent);
            try (RootKey root = unlock(folder)) {
                StationCertificate certificate = root.certify(request.station(), serial, validity, parameters);
                folder.store(certificate);
                deliver("certificate", serial, certificate.toByteArray(), folder.file(NewsroomFolder.CERTIFICATE), out);
            }
        }
    }

    private interface Refusal {
        void check() throws MalformedException;
    }

    /** Before anybody compares words or types a passphrase. */
    private static void requireEnrollable(Refusal refusal) throws CommandFailure {
        try {
            refusal.check();
        } catch (MalformedException e) {
            throw notSigned(e);
        }
    }

    private static CommandFailure notSigned(MalformedException e) {
        return CommandFailure.of(
                "not signed: " + e.getMessage(), "see who is on the roster with: lamplighter newsroom status");
    }

    private interface RosterChange {
        Roster by(RootKey root) throws MalformedException;
    }

    private void sign(NewsroomFolder folder, String out, RosterChange change) throws IOException, CommandFailure {
        try (RootKey root = unlock(folder)) {
            Roster roster = change.by(root);
            folder.store(roster);
            deliver("roster", roster.serial(), roster.toByteArray(), folder.file(NewsroomFolder.ROSTER), out);
        } catch (MalformedException e) {
            throw notSigned(e);
        }
    }

    private RootKey unlock(NewsroomFolder folder) throws IOException, CommandFailure {
        try (SecretBytes passphrase = terminal.askSecret("Passphrase of the root key")) {
            return folder.unlock(passphrase);
        }
    }

    private void deliver(String what, long serial, byte[] document, Path stored, String out) throws IOException {
        Path target = out.isEmpty() ? stored : Path.of(out);
        if (!out.isEmpty()) {
            AtomicFile.write(target, document, Access.PUBLIC);
        }
        terminal.print(what + " " + target + " (serial " + serial + ")");
        terminal.hint(
                "carry it to the station and run there: lamplighter station install STDIR " + target.getFileName());
    }

    private void requireConsent(String who, Fingerprint fingerprint, Consent consent) throws CommandFailure {
        if (!consent.fingerprint().isEmpty()) {
            if (!fingerprint.isSpelled(consent.fingerprint())) {
                throw CommandFailure.of(
                        "the fingerprint of this request is: " + fingerprint,
                        "do not sign unless " + who
                                + " reads the same six words to you; the file may be somebody else's");
            }
            return;
        }
        terminal.say("fingerprint of " + who + ": " + fingerprint);
        if (!consent.yes()) {
            terminal.confirm(
                    "Did " + who + " show or read you the same six words?",
                    "ask for the words again in another way; if they stay different, the file is somebody else's:"
                            + " do not sign it");
        }
    }

    private Validity validity(Validity last, int days) throws CommandFailure {
        Instant now = clock.instant();
        if (Validity.day(now) < last.issued() - 1) {
            throw CommandFailure.of(
                    "the clock of this machine is before the last signature",
                    "set the clock, then run the command again");
        }
        return validity(days);
    }

    private Validity validity(int days) throws CommandFailure {
        if (days < 1 || days > MAX_DAYS) {
            throw CommandFailure.of("--days is not from 1 to " + MAX_DAYS, "leave it out for the usual time");
        }
        return Validity.from(clock.instant(), days);
    }

    private interface Reading<T> {
        T of(byte[] bytes) throws MalformedException;
    }

    private static <T> T request(Path file, String what, Reading<T> reading) throws IOException, CommandFailure {
        try {
            return reading.of(AtomicFile.read(file, MAX_REQUEST_BYTES));
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    file + " is not a valid " + what + " (" + e.getMessage() + ")",
                    "ask for the file again and carry it unchanged");
        }
    }

    private static Origin origin(String name) throws CommandFailure {
        try {
            return Origin.parse(name);
        } catch (MalformedException e) {
            throw CommandFailure.of(String.valueOf(e.getMessage()), "choose a name such as harbour-courier");
        }
    }

    private static JournalistState state(String word) throws CommandFailure {
        return switch (word) {
            case "left" -> JournalistState.LEFT;
            case "compromised" -> JournalistState.COMPROMISED;
            default -> throw CommandFailure.of("there is no such state", "choose left or compromised");
        };
    }

    private static RosterJournalist find(Roster roster, String who) throws CommandFailure {
        List<RosterJournalist> found = roster.journalists().stream()
                .filter(person ->
                        person.name().text().equals(who) || person.id().hex().equals(who))
                .toList();
        if (found.size() != 1) {
            throw CommandFailure.of(
                    found.isEmpty() ? "nobody on the roster has this name or id" : "several people have this name",
                    "see names and ids with: lamplighter newsroom status");
        }
        return found.getFirst();
    }
}
