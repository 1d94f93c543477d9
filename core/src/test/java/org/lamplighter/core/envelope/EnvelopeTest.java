package org.lamplighter.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.seeded;

import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

final class EnvelopeTest {
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(seeded(1, 32));
    private static final byte[] MESSAGE = seeded(2, Envelope.STRUCTURED_BYTES);

    private final Party source = Party.of(1);
    private final Party journalist = Party.of(2);

    @Test
    void sizes_areThoseOfTheSpecification() {
        assertThat(Envelope.PLAINTEXT_BYTES).isEqualTo(4688);
        assertThat(Envelope.CT_APKE_BYTES).isEqualTo(5824);
        assertThat(Envelope.CT_PKE_BYTES).isEqualTo(2352);
        assertThat(Envelope.BYTES).isEqualTo(8176);
        // Protocol 0.4, Encrypted Envelope: "fixed message size + 3552", where the message size counts the enclosed
        // keys.
        assertThat(SealedEnvelope.BYTES).isEqualTo(Envelope.PLAINTEXT_BYTES + 3552);
    }

    @Test
    void open_sealedForMe_givesMessageAndSender() {
        SealedEnvelope sealed =
                Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3));

        assertThat(Envelope.open(journalist.opening(), NEWSROOM, sealed.envelope()))
                .hasValueSatisfying(opened -> {
                    assertThat(opened.structuredMessage()).isEqualTo(MESSAGE);
                    assertThat(opened.sender()).isEqualTo(source.apke().publicKey());
                    assertThat(opened.senderFetch()).isEqualTo(source.fetch().publicKey());
                    assertThat(opened.senderPke()).isEqualTo(source.pke().publicKey());
                    assertThat(opened.replyKeys()).isEqualTo(source.recipient());
                    assertThat(opened).hasToString("[REDACTED]");
                });
    }

    @Test
    void open_replyToTheEnclosedKeys_givesTheReply() {
        byte[] envelope = Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3))
                .envelope();
        RecipientKeys found = Envelope.open(journalist.opening(), NEWSROOM, envelope)
                .orElseThrow()
                .replyKeys();
        byte[] reply = seeded(9, Envelope.STRUCTURED_BYTES);

        SealedEnvelope sealed = Envelope.seal(journalist.sender(), found, NEWSROOM, reply, Party.randomness(4));

        assertThat(Envelope.open(source.opening(), NEWSROOM, sealed.envelope())
                        .orElseThrow()
                        .structuredMessage())
                .isEqualTo(reply);
    }

    @Test
    void seal_sameRandomness_givesTheSameBytes() {
        assertThat(Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3)))
                .isEqualTo(
                        Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3)))
                .isNotEqualTo(
                        Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(4)));
    }

    @Test
    void seal_randomnessUsedBefore_isAFault() {
        SealingRandomness used = Party.randomness(3);
        Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, used);

        assertThatThrownBy(() -> Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, used))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void seal_hint_isSharedWithTheRecipient() throws MalformedException {
        SealedEnvelope sealed =
                Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3));

        RistrettoElement x = RistrettoElement.decodeNonIdentity(sealed.hintX());
        assertThat(x.multiply(journalist.fetch().scalar()).encode()).isEqualTo(sealed.hintZ());
        assertThat(x.multiply(source.fetch().scalar()).encode()).isNotEqualTo(sealed.hintZ());
    }

    @Test
    void seal_messageOfAnotherLength_isAFault() {
        assertThatThrownBy(() -> Envelope.seal(
                        source.sender(), journalist.recipient(), NEWSROOM, new byte[3439], Party.randomness(3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void open_otherKeysOrNewsroom_givesNothing() {
        byte[] envelope = Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3))
                .envelope();
        Party other = Party.of(5);

        assertThat(Envelope.open(other.opening(), NEWSROOM, envelope)).isEmpty();
        assertThat(Envelope.open(journalist.opening(), NewsroomId.copyOf(flipped(seeded(1, 32), 0)), envelope))
                .isEmpty();
        assertThat(Envelope.open(
                        new OpeningKeys(
                                other.apke(),
                                journalist.pke(),
                                journalist.fetch().publicKey()),
                        NEWSROOM,
                        envelope))
                .isEmpty();
        assertThat(Envelope.open(
                        new OpeningKeys(
                                journalist.apke(),
                                journalist.pke(),
                                other.fetch().publicKey()),
                        NEWSROOM,
                        envelope))
                .isEmpty();
    }

    @Test
    void open_anyByteChanged_givesNothing() {
        byte[] envelope = Envelope.seal(source.sender(), journalist.recipient(), NEWSROOM, MESSAGE, Party.randomness(3))
                .envelope();
        // Each part at both ends and inside, and a stride through the whole.
        for (int at = 0; at < envelope.length; at += 61) {
            assertThat(Envelope.open(journalist.opening(), NEWSROOM, flipped(envelope, at)))
                    .isEmpty();
        }
        for (int at : new int[] {0, 1087, 1088, 1119, 1120, 5823, 5824, 6911, 6912, 6943, 6944, 8175}) {
            assertThat(Envelope.open(journalist.opening(), NEWSROOM, flipped(envelope, at)))
                    .isEmpty();
        }
    }
}
