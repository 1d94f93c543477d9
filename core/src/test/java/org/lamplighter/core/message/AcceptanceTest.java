package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.message.Acceptance.Outcome;
import org.lamplighter.core.message.Acceptance.Reader;
import org.lamplighter.core.message.Acceptance.Reason;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.LongTermKeys;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.SeededRandom;

final class AcceptanceTest {
    private static final SeededRandom RANDOM = SeededRandom.of(9);
    private static final ApkePublicKey KEY = Party.source(RANDOM).sending().publicKey();
    private static final long HEAD_SLOT = 41_550;

    private final Set<Digest> seen = new HashSet<>();

    @Test
    void slots_thatARowCanStillHave_areAccepted() throws Exception {
        // small: ttl 14 d, waiting 3 d, expiry 1 d = 36 slots of 12 h, and 2.
        Acceptance small = Acceptance.of(Reader.SOURCE, StationParameters.profile("small"), HEAD_SLOT);
        assertThat(small.oldestSlot()).isEqualTo(HEAD_SLOT - 38);
        assertThat(reasonAt(small, HEAD_SLOT - 39)).hasValue(Reason.TOO_OLD);
        assertThat(reasonAt(small, HEAD_SLOT - 38)).isEmpty();
        assertThat(reasonAt(small, HEAD_SLOT)).isEmpty();
        assertThat(reasonAt(small, HEAD_SLOT + 1)).isEmpty();
        assertThat(reasonAt(small, HEAD_SLOT + 2)).hasValue(Reason.FROM_THE_FUTURE);

        // demo: 600 + 120 + 60 s in slots of 600 s is 2, and 2.
        Acceptance demo = Acceptance.of(Reader.SOURCE, StationParameters.profile("demo"), HEAD_SLOT);
        assertThat(demo.oldestSlot()).isEqualTo(HEAD_SLOT - 4);
    }

    /** The station keeps "meet me tomorrow" and brings it in again: the same row, or in a later epoch. */
    @Test
    void replayedMessage_isRefusedForEver() throws Exception {
        StructuredMessage reply = message(MessageKind.REPLY, HEAD_SLOT, 1);
        StationParameters small = StationParameters.profile("small");
        for (long slot = HEAD_SLOT; slot < HEAD_SLOT + 100; slot++) {
            Acceptance acceptance = Acceptance.of(Reader.SOURCE, small, slot);
            Optional<Reason> reason = judge(acceptance, reply, SenderStanding.JOURNALIST);
            if (slot == HEAD_SLOT) {
                assertThat(reason).isEmpty();
            } else {
                assertThat(reason).hasValue(slot - HEAD_SLOT <= 38 ? Reason.SEEN_BEFORE : Reason.TOO_OLD);
            }
        }
    }

    /** A source keeps nothing between its visits: the window is what ends a replay to it. */
    @Test
    void replayToASourceWithoutMemory_endsWithTheWindow() throws Exception {
        StructuredMessage reply = message(MessageKind.REPLY, HEAD_SLOT, 1);
        Acceptance later = Acceptance.of(Reader.SOURCE, StationParameters.profile("small"), HEAD_SLOT + 39);

        assertThat(later.judge(reply, KEY, SenderStanding.JOURNALIST, copy -> false))
                .isEqualTo(new Outcome.Refused(Reason.TOO_OLD));
    }

    @Test
    void plantedFault_readerThatForgetsWhatItTook_takesTheReplay() throws Exception {
        StructuredMessage reply = message(MessageKind.REPLY, HEAD_SLOT, 1);
        Acceptance acceptance = Acceptance.of(Reader.SOURCE, StationParameters.profile("small"), HEAD_SLOT);

        for (int visit = 0; visit < 2; visit++) {
            assertThat(acceptance.judge(reply, KEY, SenderStanding.JOURNALIST, copy -> false))
                    .isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void copies_differBySenderKindIdAndPart() throws Exception {
        Acceptance acceptance = Acceptance.of(Reader.JOURNALIST, StationParameters.profile("small"), HEAD_SLOT);
        ApkePublicKey other = Party.source(RANDOM).sending().publicKey();
        StructuredMessage reply = message(MessageKind.REPLY, HEAD_SLOT, 1);
        StructuredMessage otherId = message(MessageKind.REPLY, HEAD_SLOT, 2);
        StructuredMessage thread = message(MessageKind.THREAD, HEAD_SLOT, 1);
        List<StructuredMessage> parts = Parts.split(reply.header(), new byte[5_000]);

        Set<Digest> copies = new HashSet<>();
        for (StructuredMessage message : List.of(reply, otherId, thread, parts.get(1))) {
            for (ApkePublicKey sender : List.of(KEY, other)) {
                copies.add(accepted(acceptance, message, sender));
            }
        }
        assertThat(copies).hasSize(8);
        // Somebody who learned the id sends another text under it: it does not use up the id of the first sender.
        assertThat(accepted(acceptance, parts.get(0), KEY)).isEqualTo(accepted(acceptance, reply, KEY));
    }

    @Test
    void kinds_perReaderAndSender() throws Exception {
        for (Reader reader : Reader.values()) {
            for (SenderStanding standing : SenderStanding.values()) {
                for (MessageKind kind : MessageKind.values()) {
                    seen.clear();
                    Acceptance acceptance = Acceptance.of(reader, StationParameters.profile("small"), HEAD_SLOT);
                    assertThat(judge(acceptance, message(kind, HEAD_SLOT, 1), standing))
                            .as("%s %s %s", reader, standing, kind)
                            .isEqualTo(expected(reader, standing, kind));
                }
            }
        }
    }

    @Test
    void standing_isThatOfTheRoster() throws Exception {
        Party self = Party.journalist(RANDOM);
        Party active = Party.journalist(RANDOM);
        Party left = Party.journalist(RANDOM);
        Party compromised = Party.journalist(RANDOM);
        Validity validity = Validity.from(Instant.ofEpochSecond(1_795_000_000L), 365);
        try (RootKey root = RootKey.generate(new Origin("harbour-courier"), RANDOM)) {
            Roster roster = root.emptyRoster(validity);
            int number = 0;
            for (Party party : List.of(self, active, left, compromised)) {
                roster = root.enrol(roster, request(party, "Journalist " + (char) ('A' + number++)), validity);
            }
            roster = root.revoke(roster, idOf(roster, left), JournalistState.LEFT, validity)
                    .orElseThrow();
            roster = root.revoke(roster, idOf(roster, compromised), JournalistState.COMPROMISED, validity)
                    .orElseThrow();

            assertThat(standing(self, self, roster)).isEqualTo(SenderStanding.SELF);
            assertThat(standing(active, self, roster)).isEqualTo(SenderStanding.JOURNALIST);
            assertThat(standing(left, self, roster)).isEqualTo(SenderStanding.JOURNALIST);
            assertThat(standing(compromised, self, roster)).isEqualTo(SenderStanding.COMPROMISED);
            assertThat(standing(Party.source(RANDOM), self, roster)).isEqualTo(SenderStanding.STRANGER);
        }
    }

    private static SenderStanding standing(Party sender, Party own, Roster roster) {
        return SenderStanding.of(sender.sending().publicKey(), own.sending().publicKey(), roster);
    }

    private static org.lamplighter.core.wire.JournalistId idOf(Roster roster, Party party) {
        return roster.journalists().stream()
                .filter(journalist ->
                        journalist.keys().apke().equals(party.sending().publicKey()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static EnrolmentRequest request(Party party, String name) {
        return EnrolmentRequest.make(
                new PersonName(name),
                SigningKey.generate(RANDOM),
                new LongTermKeys(party.sending().publicKey(), party.fetch().publicKey()));
    }

    /** The rules of 3.6, written down once more as a table. */
    private static Optional<Reason> expected(Reader reader, SenderStanding standing, MessageKind kind) {
        boolean fromJournalist = kind == MessageKind.REPLY || kind == MessageKind.THREAD;
        if (fromJournalist && standing == SenderStanding.COMPROMISED) {
            return Optional.of(Reason.COMPROMISED_SENDER);
        }
        boolean accepted = (kind == MessageKind.SUBMISSION && reader == Reader.JOURNALIST)
                || (fromJournalist && standing == SenderStanding.JOURNALIST)
                || (kind == MessageKind.SELF_COPY && standing == SenderStanding.SELF);
        return accepted ? Optional.empty() : Optional.of(Reason.WRONG_KIND);
    }

    private Optional<Reason> reasonAt(Acceptance acceptance, long slot) {
        seen.clear();
        return judge(acceptance, message(MessageKind.REPLY, slot, 1), SenderStanding.JOURNALIST);
    }

    private Optional<Reason> judge(Acceptance acceptance, StructuredMessage message, SenderStanding standing) {
        return switch (acceptance.judge(message, KEY, standing, seen::contains)) {
            case Outcome.Accepted accepted -> {
                seen.add(accepted.copy());
                yield Optional.empty();
            }
            case Outcome.Refused refused -> Optional.of(refused.reason());
        };
    }

    private static Digest accepted(Acceptance acceptance, StructuredMessage message, ApkePublicKey sender) {
        return ((Outcome.Accepted) acceptance.judge(message, sender, SenderStanding.JOURNALIST, copy -> false)).copy();
    }

    private static StructuredMessage message(MessageKind kind, long slot, int id) {
        byte[] idBytes = new byte[16];
        idBytes[15] = (byte) id;
        return StructuredMessage.of(
                new MessageHeader(kind, slot, MessageId.copyOf(idBytes), Optional.empty(), List.of()), new byte[10]);
    }
}
