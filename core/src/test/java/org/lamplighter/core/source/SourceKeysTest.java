package org.lamplighter.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.primitive.Hex;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

final class SourceKeysTest {
    @Test
    void derive_wordsOfTheVectors_givesTheirKeys() throws MnemonicException {
        for (JsonNode vector : Vectors.read("sources.json").get("valid")) {
            try (Passphrase passphrase =
                            Passphrase.parse(vector.get("mnemonic").asString().toCharArray());
                    SourceKeys keys = SourceKeys.derive(passphrase)) {
                assertThat(HexFormat.of().formatHex(keys.fetch().toSecretBytes().reveal()))
                        .isEqualTo(vector.get("fetch_sk").asString());
                assertThat(keys.recipient().fetch().hex())
                        .isEqualTo(vector.get("fetch_pk").asString());
                assertThat(keys.recipient().apke().hex())
                        .isEqualTo(vector.get("apke").get("apke_pk").asString());
                assertThat(keys.recipient().pke().hex())
                        .isEqualTo(vector.get("xwing_pk").asString());
            }
        }
    }

    @Test
    void generate_words_areReadBackAsTheSamePassphrase() throws MnemonicException {
        Passphrase passphrase = Passphrase.generate(SeededRandom.of(1));
        assertThat(passphrase.words()).hasSize(Passphrase.WORDS);

        Passphrase again =
                Passphrase.parse(String.join("\n", passphrase.words()).toCharArray());

        assertThat(again.words()).isEqualTo(passphrase.words());
        assertThat(SourceKeys.derive(again).recipient())
                .isEqualTo(SourceKeys.derive(passphrase).recipient());
    }

    @Test
    void open_copyToItself_opens() {
        SourceKeys keys = SourceKeys.derive(Passphrase.generate(SeededRandom.of(2)));
        NewsroomId newsroom = NewsroomId.copyOf(Hex.seeded(1, 32));
        byte[] message = Hex.seeded(2, Envelope.STRUCTURED_BYTES);

        byte[] envelope = Envelope.seal(
                        keys.sender(),
                        keys.recipient(),
                        newsroom,
                        message,
                        SealingRandomness.generate(SeededRandom.of(3)))
                .envelope();

        assertThat(Envelope.open(keys.opening(), newsroom, envelope))
                .hasValueSatisfying(
                        opened -> assertThat(opened.structuredMessage()).isEqualTo(message));
    }

    @Test
    void toString_passphraseAndKeys_showNothing() {
        Passphrase passphrase = Passphrase.generate(SeededRandom.of(4));
        assertThat(passphrase).hasToString("[REDACTED]");
        assertThat(SourceKeys.derive(passphrase)).hasToString("[REDACTED]");
    }

    @Test
    void words_afterClose_isAFault() {
        Passphrase passphrase = Passphrase.generate(SeededRandom.of(5));
        passphrase.close();

        assertThatThrownBy(passphrase::words).isInstanceOf(IllegalStateException.class);
    }
}
