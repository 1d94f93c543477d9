package org.lamplighter.station.app;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.keys.NewsroomDocuments.Verified;
import org.lamplighter.station.mailbox.QueueDraw;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.station.store.StoreException;

/** How a station is, in words. No time finer than a day: a screen is photographed, a terminal is logged. */
final class StatusReport {
    /** From this many days on, an expiry is a warning. */
    static final int WARN_DAYS = 30;

    /** Below this many slots a journalist's desk should have uploaded (docs/spec 1.6). */
    private static final int FEW_SLOTS = 28;

    private static final double GIGABYTE = 1e9;

    private final StationStore store;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private StatusReport(StationStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    static List<String> of(
            NewsroomKey newsroom, Verified documents, StationStore store, StationFolder folder, Instant now)
            throws IOException {
        StatusReport report = new StatusReport(store, now);
        report.lines.add("station of " + newsroom.origin().name());
        report.certificate(documents.certificate());
        report.roster(documents.roster());
        report.epoch();
        if (documents.certificate().isPresent()) {
            StationParameters parameters = documents.certificate().get().parameters();
            report.load(parameters);
            report.prekeys(documents.roster(), parameters);
            report.disk(folder, parameters);
        }
        return List.copyOf(report.lines);
    }

    private void certificate(Optional<StationCertificate> installed) {
        if (installed.isEmpty()) {
            lines.add("certificate: none; the station cannot run yet");
            return;
        }
        StationParameters parameters = installed.get().parameters();
        lines.add("certificate: number " + installed.get().serial() + ", "
                + expiry(installed.get().validity()));
        lines.add("mailbox: profile " + parameters.profile() + ", " + parameters.slots() + " slots, "
                + parameters.envelopes() + " envelopes a bundle, an epoch every "
                + length(parameters.epochSeconds()) + ", " + parameters.bundlesPerDay() + " bundles a day");
    }

    private void roster(Optional<Roster> installed) {
        if (installed.isEmpty()) {
            lines.add("roster: none; everything is answered with 503 until one is installed");
            return;
        }
        Roster roster = installed.get();
        lines.add("roster: number " + roster.serial() + ", "
                + count(roster.active().size(), "active journalist") + ", "
                + count(roster.trustees().size(), "trustee") + ", " + expiry(roster.validity()));
    }

    private void epoch() throws StoreException {
        Optional<Epoch> last = store.mailbox().lastEpoch();
        lines.add(
                last.isEmpty()
                        ? "epoch: none yet"
                        : "epoch: " + last.get().number() + ", of "
                                + day(last.get().time()));
    }

    private void load(StationParameters parameters) throws StoreException {
        lines.add("waiting: " + count(store.mailbox().queue().size(), "bundle") + " of at most " + QueueDraw.LIMIT);
        long used = store.chunks().used(Validity.day(now));
        lines.add("evidence today: " + gigabytes(used) + " of " + gigabytes(parameters.chunkBytesPerDay()));
    }

    private void prekeys(Optional<Roster> roster, StationParameters parameters) throws StoreException {
        if (roster.isEmpty()) {
            return;
        }
        long current = parameters.prekeySlot(now.getEpochSecond());
        for (RosterJournalist journalist : roster.get().active()) {
            int ahead = store.prekeys().slots(journalist.id(), current).size();
            String time = length((long) ahead * parameters.prekeySeconds());
            String state = ahead == 0
                    ? "none; nobody can write to them"
                    : count(ahead, "slot") + " (" + time + ")"
                            + (ahead < FEW_SLOTS ? ", few: have the desk run `lamplighter journalist replenish`" : "");
            lines.add("prekeys ahead, " + journalist.name().text() + ": " + state);
        }
    }

    private void disk(StationFolder folder, StationParameters parameters) throws IOException {
        if (DiskSpace.isFull(folder.folder(), parameters)) {
            lines.add("disk: FULL, no epoch can be made; free at least " + gigabytes(DiskSpace.forMailbox(parameters))
                    + ", or move the folder to another disk");
            return;
        }
        lines.add("disk: " + gigabytes(DiskSpace.forChunks(folder.folder(), parameters)) + " left for evidence, "
                + gigabytes(DiskSpace.forMailbox(parameters)) + " more set aside for the mailbox");
    }

    private String expiry(Validity validity) {
        long days = validity.expires() - Validity.day(now);
        if (days <= 0) {
            return "EXPIRED; ask the newsroom for a new one";
        }
        return "expires in " + count(days, "day") + (days <= WARN_DAYS ? "; ask the newsroom for a new one" : "");
    }

    private String day(long seconds) {
        long days = Math.floorDiv(seconds, 86_400L);
        long ago = Validity.day(now) - days;
        String when = ago == 0 ? "today" : ago == 1 ? "yesterday" : count(ago, "day") + " ago";
        return LocalDate.ofEpochDay(days) + " (" + when + ", UTC)";
    }

    private static String length(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.toDays() >= 2) {
            return count(duration.toDays(), "day");
        }
        if (duration.toMinutes() >= 120) {
            return count(duration.toHours(), "hour");
        }
        return duration.toSeconds() >= 120
                ? count(duration.toMinutes(), "minute")
                : count(duration.toSeconds(), "second");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }
}
