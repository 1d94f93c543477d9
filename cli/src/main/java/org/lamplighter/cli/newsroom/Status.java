package org.lamplighter.cli.newsroom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.Fingerprint;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.RosterTrustee;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;

/** Shows a newsroom's folder: one fact a line. */
final class Status {
    /** Long enough for somebody who looks once a month. */
    private static final long WARNING_DAYS = 45;

    private final Terminal terminal;
    private final InstantSource clock;

    Status(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    void show(Path path) throws IOException, CommandFailure {
        try (NewsroomFolder folder = NewsroomFolder.open(path)) {
            NewsroomKey key = folder.key();
            terminal.print("newsroom     " + key.origin().name());
            terminal.print("id           " + key.id().hex());
            terminal.print("fingerprint  " + key.fingerprint());
            show(folder.roster());
            var certificate = folder.certificate();
            if (certificate.isPresent()) {
                show(certificate.get());
            } else {
                terminal.print("station      none certified yet");
            }
        }
    }

    private void show(Roster roster) {
        terminal.print("roster       serial " + roster.serial() + ", " + dates(roster.validity(), "renew the roster"));
        for (RosterJournalist journalist : roster.journalists()) {
            terminal.print("journalist   " + journalist.id().hex() + "  "
                    + journalist.state().word() + " since " + LocalDate.ofEpochDay(journalist.since()) + "  "
                    + journalist.name());
            terminal.print("             " + Fingerprint.of(journalist.key().toByteArray()));
        }
        for (RosterTrustee trustee : roster.trustees()) {
            terminal.print("trustee      " + trustee.name());
            terminal.print("             " + Fingerprint.of(trustee.key().toByteArray()));
        }
    }

    private void show(StationCertificate certificate) {
        terminal.print("certificate  serial " + certificate.serial() + ", "
                + dates(certificate.validity(), "certify the station again"));
        terminal.print("station      " + Fingerprint.of(certificate.station().toByteArray()));
        terminal.print("mailbox      " + describe(certificate.parameters()));
    }

    /** What the numbers mean for the people who use the station. */
    static String describe(StationParameters parameters) {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %d rows, %d envelopes a bundle, an epoch every %d s, %d bundles a day, one check downloads %.1f MB",
                parameters.profile(),
                parameters.slots(),
                parameters.envelopes(),
                parameters.epochSeconds(),
                parameters.bundlesPerDay(),
                parameters.slots() * BYTES_PER_ROW / 1e6);
    }

    /** 48 bytes of hint and 8192 of body (docs/spec 4.6). */
    private static final double BYTES_PER_ROW = 48 + 8192;

    private String dates(Validity validity, String advice) {
        Instant now = clock.instant();
        long left = validity.expires() - Validity.day(now);
        String dates = "from " + LocalDate.ofEpochDay(validity.issued()) + " until before "
                + LocalDate.ofEpochDay(validity.expires());
        if (left <= 0) {
            return dates + ": EXPIRED, " + advice + " now";
        }
        return left <= WARNING_DAYS ? dates + ": " + left + " days left, " + advice + " soon" : dates;
    }
}
