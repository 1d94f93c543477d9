package org.lamplighter.core.source;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.secret.SecretBytes;

/**
 * All keys of a source, from its passphrase and nothing else (protocol 0.4, step 4): HKDF-SHA256 of mk with a fixed salt and one
 * label a key. The source sends and receives with the same keys. Wiped on close; thread-safe until then.
 */
public final class SourceKeys implements AutoCloseable {
    private static final byte[] SALT = ascii("securedrop-source-v1");

    private final FetchSecretKey fetch;
    private final ApkeSecretKey apke;
    private final PkeSecretKey pke;

    private SourceKeys(FetchSecretKey fetch, ApkeSecretKey apke, PkeSecretKey pke) {
        this.fetch = fetch;
        this.apke = apke;
        this.pke = pke;
    }

    /** The keys of {@code passphrase}, which may be closed afterwards. */
    public static SourceKeys derive(Passphrase passphrase) {
        SecretBytes mk = passphrase.entropy();
        try (SecretBytes fetchSeed = seed(mk, "sourcefetchkey", FetchSecretKey.SEED_BYTES);
                SecretBytes dhSeed = seed(mk, "sourceAPKEkey-dh", ApkeSecretKey.DH_SEED_BYTES);
                SecretBytes mlKemSeed = seed(mk, "sourceAPKEkey-mlkem", ApkeSecretKey.ML_KEM_SEED_BYTES);
                SecretBytes pkeSeed = seed(mk, "sourcePKEkey", PkeSecretKey.SEED_BYTES)) {
            return new SourceKeys(
                    FetchSecretKey.fromSeed(fetchSeed),
                    ApkeSecretKey.derive(dhSeed, mlKemSeed),
                    PkeSecretKey.fromSeed(pkeSeed));
        }
    }

    /** The key with which the source recognises its hints. */
    public FetchSecretKey fetch() {
        return fetch;
    }

    /** What the source seals with. */
    public SenderKeys sender() {
        return new SenderKeys(apke, fetch.publicKey(), pke.publicKey());
    }

    /** What the source opens with. */
    public OpeningKeys opening() {
        return new OpeningKeys(apke, pke, fetch.publicKey());
    }

    /** What others, and the source in a copy to itself, seal to. */
    public RecipientKeys recipient() {
        return new RecipientKeys(apke.publicKey(), pke.publicKey(), fetch.publicKey());
    }

    private static SecretBytes seed(SecretBytes mk, String label, int length) {
        return SecretBytes.takeOver(mk.apply(ikm -> Hkdf.derive(ikm, SALT, ascii(label), length)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        fetch.close();
        apke.close();
        pke.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
