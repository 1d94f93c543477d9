package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.primitive.DhKem;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.e2e.vectors.PocKeys.Bundle;
import org.lamplighter.e2e.vectors.PocKeys.User;

/**
 * Envelopes as the protocol's proof of concept makes and opens them, which is not as the protocol's text has it: info is
 * {@code c2 || recipient fetch key}, the plaintext {@code PKE key || fetch key || message}, CT_APKE {@code c1 || c2 || ciphertext}, the
 * additional data a constant, the length free. Only for comparing; the product never speaks this.
 */
final class PocEnvelopeCodec {
    static final byte[] NEWSROOM_ID = "MOCK_NEWSROOM_ID".getBytes(StandardCharsets.US_ASCII);
    static final byte[] PSK_ID = "SD-pskAPKE".getBytes(StandardCharsets.US_ASCII);
    /** To this the proof of concept pads every message, with zeros and without a length. */
    static final int PADDED_BYTES = 100_000;
    /** What a journalist encloses instead of its PKE key. */
    static final byte[] NO_PKE_KEY = new byte[XWing.PUBLIC_KEY_BYTES];

    private static final int C2_AT = DhKem.ENCAPSULATED_BYTES;
    private static final int CP_AT = C2_AT + MlKem768.CIPHERTEXT_BYTES;

    private PocEnvelopeCodec() {}

    /** The four members of the JSON body. */
    record PocEnvelope(ByteString ctApke, ByteString ctPke, ByteString x, ByteString z) {
        static PocEnvelope read(Fields fields) throws Mismatch {
            return new PocEnvelope(
                    ByteString.of(fields.hex("ct_apke")),
                    ByteString.of(fields.hex("ct_pke")),
                    ByteString.of(fields.hex("mgdh_pubkey")),
                    ByteString.of(fields.hex("mgdh")));
        }

        void expect(Fields fields) throws Mismatch {
            fields.expect("ct_apke", ctApke.toByteArray());
            fields.expect("ct_pke", ctPke.toByteArray());
            fields.expect("mgdh_pubkey", x.toByteArray());
            fields.expect("mgdh", z.toByteArray());
        }
    }

    /** Everything random in one sealing. */
    record Randomness(ByteString mlKem, ByteString dhKem, ByteString xWing, ByteString hint) {}

    /** How an opening ended. */
    sealed interface Opening {
        /** Opened with the bundle of this index. */
        record Opened(int bundle, ByteString senderApke, ByteString plaintext) implements Opening {}

        /** No bundle opens the metadata. */
        record NoMetadata() implements Opening {}

        /** The metadata opened, the message did not. */
        record NoMessage() implements Opening {}
    }

    static PocEnvelope seal(
            User sender, Bundle recipient, FetchPublicKey recipientFetch, byte[] plaintext, Randomness randomness) {
        try (Encapsulation psk = recipient
                        .apke()
                        .mlKem()
                        .publicKey()
                        .encapsulate(randomness.mlKem().toByteArray());
                Scalar x = Scalar.fromWideBytes(randomness.hint().toByteArray())) {
            byte[] c2 = psk.ciphertext();
            Hpke.Sealed message = apke(c2, recipientFetch, psk.sharedSecret())
                    .seal(
                            randomness.dhKem().toByteArray(),
                            sender.sending().x25519(),
                            recipient.apke().x25519().publicKey(),
                            plaintext);
            Hpke.Sealed metadata = pke().seal(
                            randomness.xWing().toByteArray(),
                            recipient.xWing().publicKey(),
                            sender.sending().publicKey());
            return new PocEnvelope(
                    ByteString.of(join(message.enc(), c2, message.ciphertext())),
                    ByteString.of(join(metadata.enc(), metadata.ciphertext())),
                    ByteString.of(RistrettoElement.multiplyBase(x).encode()),
                    ByteString.of(recipientFetch.element().multiply(x).encode()));
        }
    }

    static Opening open(User recipient, PocEnvelope envelope) {
        List<Bundle> bundles = recipient.bundles();
        Opening result = new Opening.NoMetadata();
        for (int i = 0; i < bundles.size(); i++) {
            Optional<byte[]> senderApke =
                    openMetadata(bundles.get(i), envelope.ctPke().toByteArray());
            if (senderApke.isPresent()) {
                result = openMessage(
                        recipient, i, senderApke.get(), envelope.ctApke().toByteArray());
            }
        }
        return result;
    }

    private static Optional<byte[]> openMetadata(Bundle bundle, byte[] ctPke) {
        if (ctPke.length < XWing.CIPHERTEXT_BYTES) {
            return Optional.empty();
        }
        return pke().open(
                        Arrays.copyOf(ctPke, XWing.CIPHERTEXT_BYTES),
                        bundle.xWing(),
                        Arrays.copyOfRange(ctPke, XWing.CIPHERTEXT_BYTES, ctPke.length))
                .filter(key -> key.length == ApkePublicKey.BYTES);
    }

    private static Opening openMessage(User recipient, int index, byte[] senderApke, byte[] ctApke) {
        if (ctApke.length < CP_AT) {
            return new Opening.NoMessage();
        }
        Bundle bundle = recipient.bundles().get(index);
        byte[] c2 = Arrays.copyOfRange(ctApke, C2_AT, CP_AT);
        try (SecretBytes psk = bundle.apke().mlKem().decapsulate(c2)) {
            Optional<byte[]> plaintext = apke(c2, recipient.fetch().publicKey(), psk)
                    .open(
                            Arrays.copyOf(ctApke, C2_AT),
                            bundle.apke().x25519(),
                            Arrays.copyOf(senderApke, DhKem.ENCAPSULATED_BYTES),
                            Arrays.copyOfRange(ctApke, CP_AT, ctApke.length));
            return plaintext.isPresent()
                    ? new Opening.Opened(index, ByteString.of(senderApke), ByteString.of(plaintext.get()))
                    : new Opening.NoMessage();
        }
    }

    private static Hpke.AuthPsk apke(byte[] c2, FetchPublicKey recipientFetch, SecretBytes psk) {
        return new Hpke.AuthPsk(join(c2, recipientFetch.toByteArray()), NEWSROOM_ID, psk, PSK_ID);
    }

    private static Hpke.Base pke() {
        return new Hpke.Base(new byte[0], new byte[0]);
    }
}
