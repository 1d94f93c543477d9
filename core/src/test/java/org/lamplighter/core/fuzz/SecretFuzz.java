package org.lamplighter.core.fuzz;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.Mnemonic;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** What holds secrets: boxes, keys as they are kept, words. */
final class SecretFuzz {
    /** Offset of the memory, the passes and the lanes in a box. */
    private static final int COST_AT = 5;

    private static final SecretBytes PASSPHRASE = SecretBytes.takeOver(new byte[] {'p', 'a', 's', 's'});

    private SecretFuzz() {}

    static List<FuzzTarget> targets() {
        SeededRandom random = SeededRandom.of(64);
        byte[] box = PassphraseBox.seal(
                PASSPHRASE, SecretBytes.takeOver(new byte[20]), random, new PassphraseBox.Cost(1024, 1, 1));
        return List.of(
                FuzzTarget.of("passphrase-box", 128, input -> box(input))
                        .refusing(MalformedException.class)
                        .seeded(box),
                FuzzTarget.canonical("fetch-secret-key", 40, SecretFuzz::fetch)
                        .refusing(MalformedException.class)
                        .seeded(FetchSecretKey.generate(random).toSecretBytes().reveal()),
                FuzzTarget.canonical("journalist-keys", 200, SecretFuzz::journalist)
                        .refusing(MalformedException.class)
                        .seeded(JournalistKeys.generate(random).toSecretBytes().reveal()),
                FuzzTarget.canonical("prekey-secret", 140, SecretFuzz::prekey)
                        .refusing(MalformedException.class)
                        .seeded(PrekeySecret.generate(41_500, random)
                                .getFirst()
                                .toSecretBytes()
                                .reveal()),
                FuzzTarget.typedText(
                                "passphrase",
                                200,
                                text -> String.join(
                                        " ",
                                        Passphrase.parse(text.toCharArray()).words()))
                        .refusing(MnemonicException.class)
                        .seeded(
                                "Abandon abandon\tabandon abandon abandon abandon\nabandon abandon abandon abandon abandon"
                                        + " ABOUT "),
                FuzzTarget.typedText(
                                "mnemonic-24",
                                300,
                                text -> String.join(" ", Mnemonic.encode(Mnemonic.decode(text.toCharArray(), 32))))
                        .refusing(MnemonicException.class)
                        .seeded("abandon ".repeat(23) + "art"));
    }

    /** Costs between the least and the most are brought down to the least: the work itself is no parsing. */
    private static boolean box(byte[] input) throws MalformedException {
        byte[] cheap = input.clone();
        if (input.length > COST_AT + 6) {
            cheap[COST_AT] &= (byte) 0x80;
            cheap[COST_AT + 1] &= (byte) 0x80;
            cheap[COST_AT + 2] &= 0x07;
            cheap[COST_AT + 4] &= (byte) 0x81;
            cheap[COST_AT + 5] &= (byte) 0x83;
        }
        Optional<SecretBytes> content = PassphraseBox.open(cheap, PASSPHRASE);
        content.ifPresent(SecretBytes::close);
        return content.isPresent();
    }

    private static byte[] fetch(byte[] input) throws MalformedException {
        try (FetchSecretKey key = FetchSecretKey.parse(SecretBytes.copyOf(input))) {
            return key.toSecretBytes().reveal();
        }
    }

    private static byte[] journalist(byte[] input) throws MalformedException {
        try (JournalistKeys keys = JournalistKeys.parse(SecretBytes.copyOf(input))) {
            return keys.toSecretBytes().reveal();
        }
    }

    private static byte[] prekey(byte[] input) throws MalformedException {
        try (PrekeySecret secret = PrekeySecret.parse(SecretBytes.copyOf(input))) {
            return secret.toSecretBytes().reveal();
        }
    }
}
