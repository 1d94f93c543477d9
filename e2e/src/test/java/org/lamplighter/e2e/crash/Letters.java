package org.lamplighter.e2e.crash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.Digest;

/** Numbered letters of one source to all journalists, sealed as docs/spec 3.7 says. One thread at a time. */
public final class Letters {
    private static final Pattern NUMBERED = Pattern.compile("letter number ([0-9]{6}) of the goods-in office");

    private final SecureRandom random;
    private final SourceKeys keys;

    public Letters(SecureRandom random) {
        this.random = random;
        try (Passphrase passphrase = Passphrase.generate(random)) {
            this.keys = SourceKeys.derive(passphrase);
        }
    }

    public SourceKeys keys() {
        return keys;
    }

    public static String text(int number) {
        return String.format("letter number %06d of the goods-in office", number);
    }

    /** The numbers of all letters in {@code printed}, in order, each as often as it is there. */
    public static List<Integer> numbers(String printed) {
        return NUMBERED.matcher(printed)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .sorted()
                .toList();
    }

    /** The body of a post that carries {@code text}. */
    public byte[] write(VerifiedEpoch epoch, String text) {
        List<Addressee> to = epoch.keys().addressees();
        Submission submission = new Submission(
                SecretBytes.generate(32, random),
                SecretBytes.generate(32, random),
                epoch.head().time() / 86_400,
                text,
                List.of(),
                new Sealing.None());
        MessageHeader header = new MessageHeader(
                MessageKind.SUBMISSION,
                epoch.head().prekeySlot(),
                MessageHeader.freshId(random),
                Optional.empty(),
                to.stream().map(Addressee::id).toList());
        StructuredMessage message = StructuredMessage.of(header, new SubmissionDocument.Whole(submission).encode());
        StationParameters parameters = epoch.certificate().parameters();
        return BundleComposer.of(epoch.certificate().newsroom().id(), parameters.envelopes(), random)
                .compose(
                        keys.sender(),
                        keys.recipient(),
                        to.stream()
                                .map(addressee -> addressee.recipientKeys().orElseThrow())
                                .toList(),
                        message,
                        SelfCopy.of(message, submission));
    }

    public static Digest sha256(byte[] bytes) {
        try {
            return Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
