package org.lamplighter.cli.newsroom;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** What is inside the box of a root key: whatever it is, it is that key or refused. */
public final class RootFileFuzz {
    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private RootFileFuzz() {}

    public static List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("root-file-sealed", 160, RootFileFuzz::opens)
                .refusing(MalformedException.class)
                .seeded(content("harbour-courier", new byte[32])));
    }

    private static boolean opens(byte[] input) throws MalformedException {
        try (SecretBytes passphrase = SecretBytes.takeOver(new byte[] {'p'});
                SecretBytes sealed = SecretBytes.copyOf(input)) {
            byte[] box = PassphraseBox.seal(passphrase, sealed, SeededRandom.of(77), CHEAP);
            Optional<RootKey> key = RootFile.open(box, passphrase);
            FuzzTarget.require(key.isPresent(), "the passphrase is the right one");
            try (RootKey root = key.orElseThrow();
                    SecretBytes seed = root.seed()) {
                Origin origin = root.newsroomKey().origin();
                FuzzTarget.requireSame(content(origin.name(), seed.reveal()), input);
            }
            return true;
        }
    }

    private static byte[] content(String origin, byte[] seed) {
        return new ByteWriter()
                .ascii("lamplighter-root/v1\n")
                .text16(origin)
                .bytes(seed)
                .toByteArray();
    }
}
