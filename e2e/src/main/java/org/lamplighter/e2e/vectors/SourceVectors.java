package org.lamplighter.e2e.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.Mnemonic;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.core.words.MnemonicException.Reason;

/** Passphrases, and the keys of a source. */
final class SourceVectors {
    private static final byte[] SALT = ascii("securedrop-source-v1");

    private SourceVectors() {}

    static void run(Fields file, Tally tally) {
        tally.vectors(file, "valid", SourceVectors::valid);
        tally.vectors(file, "invalid", SourceVectors::invalid);
        tally.vectors(file, "whitespace_and_case", SourceVectors::lenient);
    }

    private static void valid(Fields vector) throws Mismatch, MalformedException, MnemonicException {
        char[] mnemonic = vector.text("mnemonic").toCharArray();
        SecretBytes mk = Mnemonic.decode(mnemonic, Passphrase.ENTROPY_BYTES);
        vector.expect("mk", mk);
        vector.expectText("mnemonic", String.join(" ", Mnemonic.encode(mk)));
        Fields kdf = vector.child("kdf");
        kdf.expect("salt", SALT);
        kdf.expect("fetch_seed", seed(mk, "sourcefetchkey", 64));
        kdf.expect("apke_dh_seed", seed(mk, "sourceAPKEkey-dh", 32));
        kdf.expect("apke_mlkem_seed", seed(mk, "sourceAPKEkey-mlkem", 64));
        kdf.expect("pke_seed", seed(mk, "sourcePKEkey", 32));

        SourceKeys keys = SourceKeys.derive(Passphrase.parse(mnemonic));
        RecipientKeys publicKeys = keys.recipient();
        vector.expect("fetch_sk", keys.fetch().toSecretBytes());
        vector.expect("fetch_pk", publicKeys.fetch().toByteArray());
        PocKeys.Apke apke = PocKeys.Apke.read(vector.child("apke"));
        Mismatch.unlessEqual("apke_pk", apke.publicKey(), publicKeys.apke().toByteArray());
        vector.child("apke").expect("x25519_sk", X25519.clamp(kdf.hex("apke_dh_seed")));
        vector.child("apke")
                .expect(
                        "mlkem768_dk",
                        MlKem768.SecretKey.fromSeed(kdf.hex("apke_mlkem_seed")).toExpanded());
        vector.expect("xwing_sk", kdf.hex("pke_seed"));
        vector.expect("xwing_pk", publicKeys.pke().toByteArray());
    }

    private static byte[] seed(SecretBytes mk, String label, int length) {
        return mk.apply(ikm -> Hkdf.derive(ikm, SALT, ascii(label), length));
    }

    private static void invalid(Fields vector) throws Mismatch {
        Optional<Reason> reason = refusal(vector.text("mnemonic"));
        Mismatch.unless(reason.isPresent(), "was accepted: " + vector.text("why"));
        // Where the file says what is wrong in words that we know, the reason must be that one.
        Optional<Reason> expected = switch (vector.text("why")) {
            case "bad checksum" -> Optional.of(Reason.CHECKSUM);
            case "word not in list" -> Optional.of(Reason.UNKNOWN_WORD);
            case "11 words", "empty" -> Optional.of(Reason.WORD_COUNT);
            default -> reason;
        };
        Mismatch.unless(reason.equals(expected), "was refused for another reason");
    }

    /**
     * What the proof of concept accepts must be accepted. What it refuses is free: we read capital letters as small ones (docs/spec
     * 2.7), so that a source who writes the words otherwise than they were shown still gets in.
     */
    private static void lenient(Fields vector) throws Mismatch {
        boolean accepted = refusal(vector.text("mnemonic")).isEmpty();
        Mismatch.unless(accepted || !vector.flag("poc_accepts"), "was refused: " + vector.text("what"));
    }

    private static Optional<Reason> refusal(String mnemonic) {
        try {
            Passphrase.parse(mnemonic.toCharArray()).close();
            return Optional.empty();
        } catch (MnemonicException e) {
            return Optional.of(e.reason());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
