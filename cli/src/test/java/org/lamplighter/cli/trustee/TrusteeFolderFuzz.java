package org.lamplighter.cli.trustee;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** The two files of a trustee: the public one changed, and whatever inside the box of the other. */
public final class TrusteeFolderFuzz {
    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private TrusteeFolderFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        Path folder = Files.createTempDirectory("trustee-fuzz").resolve("trustee");
        byte[] seed = SeededRandom.of(78).bytes(32);
        byte[] content =
                Arrays.copyOf("lamplighter-trustee/v1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 55);
        System.arraycopy(seed, 0, content, 23, 32);
        try (SecretBytes passphrase = passphrase()) {
            TrusteeRequest made = TrusteeFolder.create(
                    folder, new PersonName("Tess Trustee"), passphrase, CHEAP, SeededRandom.of(78));
            byte[] request = made.toByteArray();
            byte[] box = Files.readAllBytes(folder.resolve("trustee.key"));
            return List.of(
                    FuzzTarget.of("trustee-folder-request", 128, input -> {
                                Files.write(folder.resolve("trustee.key"), box);
                                Files.write(folder.resolve(TrusteeFolder.REQUEST), Patch.apply(request, input));
                                return unlocks(folder);
                            })
                            .refusing(CommandFailure.class)
                            .seeded(new byte[0]),
                    FuzzTarget.of("trustee-key-sealed", 128, input -> {
                                Files.write(folder.resolve(TrusteeFolder.REQUEST), request);
                                Files.write(folder.resolve("trustee.key"), boxed(Patch.apply(content, input)));
                                return unlocks(folder);
                            })
                            .refusing(CommandFailure.class)
                            .seeded(new byte[0]));
        }
    }

    private static boolean unlocks(Path folder) throws Exception {
        TrusteeFolder trustee = TrusteeFolder.open(folder);
        try (SecretBytes passphrase = passphrase()) {
            trustee.unlock(passphrase).close();
            return true;
        }
    }

    private static byte[] boxed(byte[] content) {
        try (SecretBytes passphrase = passphrase();
                SecretBytes sealed = SecretBytes.takeOver(content)) {
            return PassphraseBox.seal(passphrase, sealed, SeededRandom.of(79), CHEAP);
        }
    }

    private static SecretBytes passphrase() {
        return SecretBytes.takeOver(new byte[] {'p', 'a', 's', 's'});
    }
}
