package org.lamplighter.desk.app;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.core.prekey.Prekey;
import org.lamplighter.desk.reply.Outbox;

/** Makes the bundle of one part of a reply (docs/spec 3.7). One use. */
final class ReplySealer {
    private static final long DAY = 86_400;

    private final DeskParts desk;
    private final VerifiedEpoch epoch;
    private final PrekeySecret prekey;

    /** {@code prekey} is this journalist's of the slot that the head names. */
    ReplySealer(DeskParts desk, VerifiedEpoch epoch, PrekeySecret prekey) {
        this.desk = desk;
        this.epoch = epoch;
        this.prekey = prekey;
    }

    byte[] seal(Outbox.Due due) {
        SecureRandom random = desk.surroundings().random();
        int envelopes = epoch.certificate().parameters().envelopes();
        BundleComposer composer = BundleComposer.of(desk.profile().newsroom().id(), envelopes, random);
        List<RecipientKeys> recipients = Stream.concat(
                        Stream.of(due.conversation().keys()), colleagues(due.message()))
                .limit(composer.maxRecipients())
                .toList();
        SelfCopy copy = SelfCopy.of(due.message(), desk.now() / DAY, random);
        return composer.compose(sender(), self(), recipients, due.message(), copy);
    }

    /** Those of the addressed colleagues who are active and have a prekey now. */
    private Stream<RecipientKeys> colleagues(StructuredMessage message) {
        return message.header().addressees().stream()
                .filter(id -> !id.equals(desk.me()))
                .map(epoch.keys()::addressee)
                .flatMap(Optional::stream)
                .map(Addressee::recipientKeys)
                .flatMap(Optional::stream);
    }

    private SenderKeys sender() {
        return new SenderKeys(
                desk.profile().keys().apke(),
                desk.profile().keys().fetch().publicKey(),
                prekey.prekey().pke());
    }

    private RecipientKeys self() {
        Prekey own = prekey.prekey();
        return new RecipientKeys(
                own.apke(), own.pke(), desk.profile().keys().fetch().publicKey());
    }
}
