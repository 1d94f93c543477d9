package org.lamplighter.cli.newsroom;

import org.jspecify.annotations.Nullable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MalformedException;
import picocli.CommandLine.Option;

/** A profile of docs/spec 1.2 and what to change in it. What is not given stays the profile's own. */
final class ParameterOptions {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            required = true,
            description = "solo, small, medium, demo or demo-solo")
    private String profile = "";

    @Option(names = "--slots", paramLabel = "N", description = "rows of the mailbox")
    private @Nullable Integer slots;

    @Option(names = "--envelopes", paramLabel = "N", description = "envelopes of a bundle, 2 to 4")
    private @Nullable Integer envelopes;

    @Option(names = "--epoch-seconds", paramLabel = "N", description = "length of an epoch")
    private @Nullable Integer epochSeconds;

    @Option(names = "--ttl-seconds", paramLabel = "N", description = "how long a message stays")
    private @Nullable Integer ttlSeconds;

    @Option(names = "--expiry-seconds", paramLabel = "N", description = "its end is rounded up to")
    private @Nullable Integer expirySeconds;

    @Option(names = "--burst-seconds", paramLabel = "N", description = "admission that is saved up")
    private @Nullable Integer burstSeconds;

    @Option(names = "--waiting-seconds", paramLabel = "N", description = "longest wait for admission")
    private @Nullable Integer waitingSeconds;

    @Option(names = "--prekey-seconds", paramLabel = "N", description = "length of a prekey slot")
    private @Nullable Integer prekeySeconds;

    @Option(names = "--answer-millis", paramLabel = "N", description = "answers come at multiples of")
    private @Nullable Integer answerMillis;

    @Option(names = "--chunk-ttl-days", paramLabel = "N", description = "how long evidence is held")
    private @Nullable Integer chunkTtlDays;

    @Option(names = "--chunk-bytes-per-day", paramLabel = "N", description = "evidence taken in a day")
    private @Nullable Long chunkBytesPerDay;

    StationParameters parameters() throws CommandFailure {
        try {
            StationParameters base = StationParameters.profile(profile);
            return new StationParameters(
                    base.profile(),
                    choose(slots, base.slots()),
                    choose(envelopes, base.envelopes()),
                    choose(epochSeconds, base.epochSeconds()),
                    choose(ttlSeconds, base.ttlSeconds()),
                    choose(expirySeconds, base.expirySeconds()),
                    choose(burstSeconds, base.burstSeconds()),
                    choose(waitingSeconds, base.waitingSeconds()),
                    choose(prekeySeconds, base.prekeySeconds()),
                    choose(answerMillis, base.answerMillis()),
                    choose(chunkTtlDays, base.chunkTtlDays()),
                    chunkBytesPerDay == null ? base.chunkBytesPerDay() : chunkBytesPerDay);
        } catch (MalformedException e) {
            throw CommandFailure.of("there is no such profile", "choose solo, small, medium, demo or demo-solo");
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(String.valueOf(e.getMessage()), "see docs/spec/01-newsroom.md, section 1.2");
        }
    }

    private static int choose(@Nullable Integer given, int base) {
        return given == null ? base : given;
    }
}
