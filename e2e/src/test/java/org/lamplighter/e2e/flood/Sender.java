package org.lamplighter.e2e.flood;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

/** Makes bundles that a station accepts and nobody can read. One thread at a time. */
final class Sender {
    private final SeededRandom random;
    private final int envelopes;

    Sender(long seed, int envelopes) {
        this.random = SeededRandom.of(seed);
        this.envelopes = envelopes;
    }

    byte[] bundle() {
        SecureRandom source = random;
        return Bundle.of(
                        IntStream.range(0, envelopes)
                                .mapToObj(i -> Decoys.generate(source))
                                .toList(),
                        Digest.copyOf(random.bytes(32)),
                        random.bytes(Bundle.TOKEN_LENGTH))
                .encode();
    }

    byte[] bytes(int length) {
        return random.bytes(length);
    }
}
