package org.lamplighter.client;

import java.security.SecureRandom;
import java.time.Instant;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.MalformedException;

/** An invented newsroom with its station, and the time at which the tests take place. */
final class Newsrooms {
    static final Instant NOW = Instant.ofEpochSecond(1_795_000_005);

    final SecureRandom random = new SecureRandom();
    final RootKey root;
    final StationKey station = StationKey.generate(random);

    Newsrooms() throws MalformedException {
        root = RootKey.generate(Origin.parse("harbour-courier"), random);
    }

    StationCertificate certificate(String profile) throws MalformedException {
        return root.certify(station.verifyingKey(), 1, Validity.from(NOW, 30), StationParameters.profile(profile));
    }
}
