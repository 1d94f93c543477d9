package org.lamplighter.desk.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.box.PassphraseBox;

/**
 * What a desk takes from the machine it runs on.
 *
 * @param clock of this machine
 * @param backoff between two tries of one request
 * @param pause until the moment to post
 * @param cost of guessing the passphrase of a new vault
 * @param threads that scan
 */
public record Surroundings(
        SecureRandom random, InstantSource clock, Backoff backoff, Pause pause, PassphraseBox.Cost cost, int threads) {
    /** Those of this machine. */
    public static Surroundings system() {
        return new Surroundings(
                new SecureRandom(),
                InstantSource.system(),
                Backoff.doubling(Duration.ofSeconds(30)),
                Pause.of(InstantSource.system()),
                PassphraseBox.DEFAULT_COST,
                Runtime.getRuntime().availableProcessors());
    }

    /** Unix seconds. */
    long now() {
        return clock.instant().getEpochSecond();
    }
}
