package org.lamplighter.core.envelope;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** Envelopes that a stranger changed, and envelopes that a stranger sealed with whatever inside; the keys of both. */
public final class EnvelopeFuzz {
    private static final SeededRandom RANDOM = SeededRandom.of(68);
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(RANDOM.bytes(32));
    private static final Party SOURCE = Party.of(81);
    private static final Party JOURNALIST = Party.of(82);
    private static final byte[] MESSAGE = RANDOM.bytes(Envelope.STRUCTURED_BYTES);

    private EnvelopeFuzz() {}

    public static List<FuzzTarget> targets() {
        byte[] envelope = Envelope.seal(
                        SOURCE.sender(), JOURNALIST.recipient(), NEWSROOM, MESSAGE, Party.randomness(83))
                .envelope();
        return List.of(
                key(
                        "apke-public-key",
                        SOURCE.apke().publicKey().toByteArray(),
                        input -> ApkePublicKey.parse(input).toByteArray()),
                key(
                        "pke-public-key",
                        SOURCE.pke().publicKey().toByteArray(),
                        input -> PkePublicKey.parse(input).toByteArray()),
                FuzzTarget.canonical(
                                "fetch-public-key",
                                40,
                                input -> FetchPublicKey.parse(input).toByteArray())
                        .refusing(MalformedException.class)
                        .seeded(SOURCE.fetch().publicKey().toByteArray()),
                FuzzTarget.of("apke-secret-key-expanded", 256, EnvelopeFuzz::expanded)
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {9, 0, 1, 7}),
                FuzzTarget.of("envelope", 256, input -> {
                            byte[] changed = Patch.apply(envelope, input);
                            Optional<OpenedEnvelope> opened = Envelope.open(JOURNALIST.opening(), NEWSROOM, changed);
                            // Nobody but the sender can make another envelope that opens.
                            FuzzTarget.require(
                                    opened.isEmpty() || Arrays.equals(changed, envelope), "a changed envelope opens");
                            return opened.isPresent();
                        })
                        .seeded(new byte[0]),
                FuzzTarget.of("envelope-sealed", 256, EnvelopeFuzz::sealed).seeded(new byte[0]));
    }

    private static FuzzTarget key(String name, byte[] valid, FuzzTarget.Reencoding reencoding) {
        return FuzzTarget.of(name, 256, input -> {
                    byte[] key = Patch.apply(valid, input);
                    FuzzTarget.requireSame(reencoding.of(key), key);
                    return true;
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0])
                .seeded(new byte[] {0, 32, 2, -1, -1});
    }

    /** A secret key as other programs keep it, changed: refused, or the same public key as before. */
    private static boolean expanded(byte[] input) throws MalformedException {
        byte[] changed = Patch.apply(SOURCE.apke().mlKem().toExpanded().reveal(), input);
        try (ApkeSecretKey key = ApkeSecretKey.importExpanded(
                SOURCE.apke().x25519().secretKey(), SecretBytes.takeOver(changed.clone()))) {
            FuzzTarget.requireSame(key.mlKem().toExpanded().reveal(), changed);
            return true;
        }
    }

    /** Plaintext and metadata of the input's choice, sealed as they should be: opened as they are, or not at all. */
    private static boolean sealed(byte[] input) {
        byte[] plaintext = Patch.apply(
                new ByteWriter()
                        .bytes(SOURCE.fetch().publicKey().toByteArray())
                        .bytes(SOURCE.pke().publicKey().toByteArray())
                        .bytes(MESSAGE)
                        .toByteArray(),
                Arrays.copyOf(input, input.length / 2));
        byte[] metadata = Patch.apply(
                SOURCE.apke().publicKey().toByteArray(), Arrays.copyOfRange(input, input.length / 2, input.length));
        SealingRandomness randomness = Party.randomness(84);
        byte[] envelope = new ByteWriter()
                .bytes(SdApke.authEnc(
                        SOURCE.apke(),
                        JOURNALIST.apke().publicKey(),
                        JOURNALIST.fetch().publicKey(),
                        NEWSROOM.toByteArray(),
                        plaintext,
                        randomness))
                .bytes(SdPke.enc(JOURNALIST.pke().publicKey(), metadata, randomness))
                .toByteArray();
        Optional<OpenedEnvelope> opened = Envelope.open(JOURNALIST.opening(), NEWSROOM, envelope);
        opened.ifPresent(read -> FuzzTarget.requireSame(
                new ByteWriter()
                        .bytes(read.senderFetch().toByteArray())
                        .bytes(read.senderPke().toByteArray())
                        .bytes(read.structuredMessage())
                        .toByteArray(),
                plaintext));
        return opened.isPresent();
    }
}
