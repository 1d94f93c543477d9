package org.lamplighter.cli.newsroom;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.Validity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamplighter newsroom …}: options and their texts; what the commands do is in {@link Signing} and {@link Status}. */
@Command(
        name = "newsroom",
        mixinStandardHelpOptions = true,
        description = "The offline root key: who is a journalist, which station is ours.")
public final class NewsroomCommand {
    private static final String FOLDER = "NRDIR";
    private static final String FOLDER_TEXT = "folder of the newsroom, with its sealed root key";
    private static final String DAYS_TEXT = "how long the signed document holds (default: ${DEFAULT-VALUE})";
    private static final String ROSTER_DAYS = "" + Validity.ROSTER_DAYS;
    private static final String CERTIFICATE_DAYS = "" + Validity.CERTIFICATE_DAYS;
    private static final String OUT_TEXT = "also write the signed document here, for carrying it to the station";
    private static final String YES_TEXT = "do not ask whether to go on";
    private static final String FINGERPRINT_TEXT =
            "the six words that the other person read to you; nothing is asked then";

    private final Signing signing;
    private final Status status;

    private NewsroomCommand(Signing signing, Status status) {
        this.signing = signing;
        this.status = status;
    }

    /** The command and its subcommands, talking to {@code terminal}. */
    public static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock) {
        return of(terminal, random, clock, PassphraseBox.DEFAULT_COST);
    }

    static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock, PassphraseBox.Cost cost) {
        return new CommandLine(
                new NewsroomCommand(new Signing(terminal, random, clock, cost), new Status(terminal, clock)));
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Make a newsroom: a root key under a passphrase, and newsroom.pub for everybody.")
    int init(
            @Parameters(paramLabel = FOLDER, description = "folder to make") Path folder,
            @Option(
                            names = "--origin",
                            paramLabel = "NAME",
                            required = true,
                            description = "short name, e.g. harbour-courier: a-z, 0-9, dot, hyphen")
                    String origin)
            throws IOException, CommandFailure {
        signing.init(folder, origin);
        return CommandRunner.DONE;
    }

    @Command(
            name = "enrol",
            mixinStandardHelpOptions = true,
            description = "Sign a journalist's enrolment request into the roster.")
    int enrol(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "REQUEST", description = "the journalist's enrolment-request") Path request,
            @Option(names = "--fingerprint", paramLabel = "WORDS", defaultValue = "", description = FINGERPRINT_TEXT)
                    String fingerprint,
            @Option(names = "--yes", description = YES_TEXT) boolean yes,
            @Option(names = "--days", paramLabel = "N", defaultValue = ROSTER_DAYS, description = DAYS_TEXT) int days,
            @Option(names = "--out", paramLabel = "FILE", defaultValue = "", description = OUT_TEXT) String out)
            throws IOException, CommandFailure {
        signing.enrol(folder, request, new Signing.Consent(fingerprint, yes), days, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "enrol-trustee",
            mixinStandardHelpOptions = true,
            description = "Sign a trustee's request into the roster.")
    int enrolTrustee(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "REQUEST", description = "the trustee's trustee-request") Path request,
            @Option(names = "--fingerprint", paramLabel = "WORDS", defaultValue = "", description = FINGERPRINT_TEXT)
                    String fingerprint,
            @Option(names = "--yes", description = YES_TEXT) boolean yes,
            @Option(names = "--days", paramLabel = "N", defaultValue = ROSTER_DAYS, description = DAYS_TEXT) int days,
            @Option(names = "--out", paramLabel = "FILE", defaultValue = "", description = OUT_TEXT) String out)
            throws IOException, CommandFailure {
        signing.enrolTrustee(folder, request, new Signing.Consent(fingerprint, yes), days, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Sign a roster in which a journalist is no longer active. There is no way back.")
    int revoke(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "JOURNALIST", description = "name or id, as newsroom status shows them")
                    String who,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            required = true,
                            description = "left: what they wrote is believed; compromised: nothing under their keys is")
                    String state,
            @Option(names = "--yes", description = YES_TEXT) boolean yes,
            @Option(names = "--days", paramLabel = "N", defaultValue = ROSTER_DAYS, description = DAYS_TEXT) int days,
            @Option(names = "--out", paramLabel = "FILE", defaultValue = "", description = OUT_TEXT) String out)
            throws IOException, CommandFailure {
        signing.revoke(folder, who, state, yes, days, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = "Sign the roster again, unchanged, before it expires.")
    int renew(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Option(names = "--days", paramLabel = "N", defaultValue = ROSTER_DAYS, description = DAYS_TEXT) int days,
            @Option(names = "--out", paramLabel = "FILE", defaultValue = "", description = OUT_TEXT) String out)
            throws IOException, CommandFailure {
        signing.renew(folder, days, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "certify-station",
            mixinStandardHelpOptions = true,
            description = "Sign which key is our station's, and the numbers of its mailbox.")
    int certifyStation(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "REQUEST", description = "the station's station-request") Path request,
            @Mixin ParameterOptions parameters,
            @Option(names = "--fingerprint", paramLabel = "WORDS", defaultValue = "", description = FINGERPRINT_TEXT)
                    String fingerprint,
            @Option(names = "--yes", description = YES_TEXT) boolean yes,
            @Option(names = "--days", paramLabel = "N", defaultValue = CERTIFICATE_DAYS, description = DAYS_TEXT)
                    int days,
            @Option(names = "--out", paramLabel = "FILE", defaultValue = "", description = OUT_TEXT) String out)
            throws IOException, CommandFailure {
        signing.certifyStation(
                folder, request, parameters.parameters(), new Signing.Consent(fingerprint, yes), days, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show what was signed last; needs no passphrase.")
    int status(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder)
            throws IOException, CommandFailure {
        status.show(folder);
        return CommandRunner.DONE;
    }
}
