package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SdPke;
import org.lamplighter.core.envelope.SealedEnvelope;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.Opening;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.PocEnvelope;
import org.lamplighter.e2e.vectors.PocKeys.User;
import org.lamplighter.e2e.vectors.PocKeys.Users;

/**
 * Envelopes in the proof of concept's layout that somebody has tampered with. One of them opens there and must not: for that one
 * the same attack is made on an envelope of the text's layout as well, where it has to fail.
 */
final class NegativeVectors {
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(new byte[NewsroomId.LENGTH]);

    private NegativeVectors() {}

    static void run(Fields file, Tally tally) {
        tally.vector("constants", () -> file.expect("newsroom_id_aad", PocEnvelopeCodec.NEWSROOM_ID));
        Users users = Users.read(file, tally);
        tally.vectors(file, "cases", vector -> {
            User recipient = users.get(vector.child("recipient"));
            PocEnvelope envelope = PocEnvelope.read(vector.child("envelope"));
            expectHintOfSomebody(users, envelope);
            Fields expected = vector.child("expect");
            switch (PocEnvelopeCodec.open(recipient, envelope)) {
                case Opening.NoMetadata none -> expectFailure(expected, "sd-pke-open");
                case Opening.NoMessage none -> expectFailure(expected, "sd-apke-open");
                case Opening.Opened opened -> expectOpened(expected, opened, users, recipient);
            }
        });
    }

    /** Nothing binds the hint to the envelope, but each one was made to a user of the file, or made so and turned around. */
    private static void expectHintOfSomebody(Users users, PocEnvelope envelope) throws Mismatch, MalformedException {
        RistrettoElement x = RistrettoElement.decodeNonIdentity(envelope.x().toByteArray());
        RistrettoElement z = RistrettoElement.decodeNonIdentity(envelope.z().toByteArray());
        for (User user : users.all()) {
            if (x.multiply(user.fetch().scalar()).equals(z)
                    || z.multiply(user.fetch().scalar()).equals(x)) {
                return;
            }
        }
        throw new Mismatch("mgdh is a hint to nobody of the file");
    }

    private static void expectFailure(Fields expected, String stage) throws Mismatch {
        Mismatch.unless(!expected.flag("opens"), "does not open");
        expected.expectText("fails_at", stage);
    }

    private static void expectOpened(Fields expected, Opening.Opened opened, Users users, User recipient)
            throws Mismatch {
        Mismatch.unless(expected.flag("opens"), "opens");
        Mismatch.unless(opened.bundle() == expected.number("bundle_index"), "bundle_index differs");
        expected.expect("sender_apke_pk", opened.senderApke().toByteArray());
        expected.expect("plaintext", opened.plaintext().toByteArray());
        expectGenuineSender(
                users, recipient, opened.bundle(), opened.senderApke().toByteArray());
    }

    /** The sender found is one of the users; or one of them with the ML-KEM key of somebody else. */
    private static void expectGenuineSender(Users users, User recipient, int bundle, byte[] found) throws Mismatch {
        for (User user : users.all()) {
            byte[] genuine = user.sending().publicKey();
            if (Arrays.equals(genuine, found)) {
                return;
            }
            if (Arrays.equals(genuine, 0, X25519.BYTES, found, 0, X25519.BYTES)) {
                expectSwapFailsInTheLayoutOfTheText(user, recipient.opening(bundle), found);
                return;
            }
        }
        throw new Mismatch("the sender is nobody of the file");
    }

    private static void expectSwapFailsInTheLayoutOfTheText(User sender, OpeningKeys recipient, byte[] swapped)
            throws Mismatch {
        SealedEnvelope sealed = Envelope.seal(
                new SenderKeys(
                        sender.sending().typed(),
                        sender.fetch().publicKey(),
                        sender.bundles().getFirst().typed().publicKey()),
                new RecipientKeys(recipient.apke().publicKey(), recipient.pke().publicKey(), recipient.fetch()),
                NEWSROOM,
                new byte[Envelope.STRUCTURED_BYTES],
                randomness(1));
        Optional<ApkePublicKey> control =
                Envelope.open(recipient, NEWSROOM, sealed.envelope()).map(opened -> opened.sender());
        Mismatch.unless(
                control.equals(Optional.of(sender.sending().typed().publicKey())), "text's layout: control fails");
        byte[] metadata = SdPke.enc(recipient.pke().publicKey(), swapped, randomness(2));
        byte[] tampered = join(Arrays.copyOf(sealed.envelope(), Envelope.CT_APKE_BYTES), metadata);
        Mismatch.unless(
                Envelope.open(recipient, NEWSROOM, tampered).isEmpty(), "text's layout: the swapped key is accepted");
    }

    private static SealingRandomness randomness(int value) {
        byte[] bytes = new byte[SealingRandomness.BYTES];
        Arrays.fill(bytes, (byte) value);
        return SealingRandomness.of(SecretBytes.takeOver(bytes));
    }
}
