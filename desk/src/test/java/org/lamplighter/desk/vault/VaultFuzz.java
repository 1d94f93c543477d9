package org.lamplighter.desk.vault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** The file of an entry, changed. */
public final class VaultFuzz {
    private static final String NAME = "message/01";
    private static final byte[] CONTENT = {'t', 'e', 'x', 't'};

    private VaultFuzz() {}

    public static List<FuzzTarget> targets() {
        SeededRandom random = SeededRandom.of(72);
        EntryCodec codec = new EntryCodec(SecretBytes.takeOver(random.bytes(32)));
        String fileName = codec.fileName(NAME);
        byte[] file = codec.seal(NAME, CONTENT, random);
        return List.of(FuzzTarget.of("vault-entry", 128, input -> {
                    byte[] changed = Patch.apply(file, input);
                    Optional<String> name = codec.name(fileName, changed);
                    Optional<byte[]> content = codec.content(fileName, changed);
                    FuzzTarget.require(name.isEmpty() || name.get().equals(NAME), "another name");
                    FuzzTarget.require(
                            content.isPresent() == Arrays.equals(file, changed),
                            "opened what was changed, or not what was not");
                    return content.isPresent();
                })
                .seeded(new byte[0])
                .seeded(new byte[] {2, 0, 1, 7}));
    }
}
