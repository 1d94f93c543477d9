package org.lamplighter.e2e.statistics;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;

/** Somebody with keys who writes and is written to. */
record Correspondent(FetchSecretKey fetch, ApkeSecretKey apke, PkeSecretKey pke) {
    static Correspondent generate(SeededRandom random) {
        return new Correspondent(
                FetchSecretKey.generate(random),
                ApkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(ApkeSecretKey.SEED_BYTES))),
                PkeSecretKey.fromSeed(SecretBytes.takeOver(random.bytes(PkeSecretKey.SEED_BYTES))));
    }

    RecipientKeys recipient() {
        return new RecipientKeys(apke.publicKey(), pke.publicKey(), fetch.publicKey());
    }

    OpeningKeys opening() {
        return new OpeningKeys(apke, pke, fetch.publicKey());
    }

    /** A bundle to {@code to}, as a post carries it. */
    byte[] write(BundleComposer composer, String text, List<Correspondent> to, SeededRandom random) {
        MessageHeader header = new MessageHeader(
                MessageKind.REPLY, 41_550, MessageHeader.freshId(random), Optional.empty(), List.of());
        StructuredMessage message = StructuredMessage.of(header, new ReplyDocument(1, text).encode());
        return composer.compose(
                new SenderKeys(apke, fetch.publicKey(), pke.publicKey()),
                recipient(),
                to.stream().map(Correspondent::recipient).toList(),
                message,
                SelfCopy.of(message, 1, random));
    }
}
