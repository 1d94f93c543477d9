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
    /** The roster of {@link #standing_isThatOfTheRoster}: 1,795,000,000 s / 86,400. */
    private static final long LEFT_ON = 20_775;

    private static final SenderStanding JOURNALIST = new SenderStanding.Journalist();
    /** One of each; who left did so on the day of the head's slot. */
    private static final List<SenderStanding> STANDINGS = List.of(
            new SenderStanding.Self(),
            JOURNALIST,
            new SenderStanding.Left(LEFT_ON),
            new SenderStanding.Compromised(),
            new SenderStanding.Stranger());

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
            Optional<Reason> reason = judge(acceptance, reply, JOURNALIST);
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

        assertThat(later.judge(reply, KEY, JOURNALIST, copy -> false)).isEqualTo(new Outcome.Refused(Reason.TOO_OLD));
    }

    @Test
    void plantedFault_readerThatForgetsWhatItTook_takesTheReplay() throws Exception {
        StructuredMessage reply = message(MessageKind.REPLY, HEAD_SLOT, 1);
        Acceptance acceptance = Acceptance.of(Reader.SOURCE, StationParameters.profile("small"), HEAD_SLOT);

        for (int visit = 0; visit < 2; visit++) {
            assertThat(acceptance.judge(reply, KEY, JOURNALIST, copy -> false)).isInstanceOf(Outcome.Accepted.class);
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
            for (SenderStanding standing : STANDINGS) {
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

            assertThat(standing(self, self, roster)).isEqualTo(new SenderStanding.Self());
            assertThat(standing(active, self, roster)).isEqualTo(JOURNALIST);
            assertThat(standing(left, self, roster)).isEqualTo(new SenderStanding.Left(LEFT_ON));
            assertThat(standing(compromised, self, roster)).isEqualTo(new SenderStanding.Compromised());
            assertThat(standing(Party.source(RANDOM), self, roster)).isEqualTo(new SenderStanding.Stranger());
        }
    }

    @Test
    void journalistWhoLeft_isBelievedInTheSlotsBefore_andUntilTheWindowEndsThem() throws Exception {
        StationParameters small = StationParameters.profile("small");
        // Slots of 12 h: two of the day, two of the day after it.
        long last = LEFT_ON * 2 + 3;
        SenderStanding left = new SenderStanding.Left(LEFT_ON);
        for (Reader reader : Reader.values()) {
            Acceptance then = Acceptance.of(reader, small, last);
            assertThat(judgeOnce(then, last, left)).isEmpty();
            assertThat(judgeOnce(then, last - 38, left)).isEmpty();
            assertThat(judgeOnce(then, last + 1, left)).hasValue(Reason.LEFT_SENDER);

            // Years later: every slot that the window takes is one after leaving, every earlier one is too old.
            for (long head : new long[] {last + 39, last + 1_000}) {
                Acceptance later = Acceptance.of(reader, small, head);
                for (long slot = last - 40; slot <= head + 1; slot++) {
                    assertThat(judgeOnce(later, slot, left))
                            .hasValue(slot < later.oldestSlot() ? Reason.TOO_OLD : Reason.LEFT_SENDER);
                }
            }
        }
    }

    @Test
    void plantedFault_standingThatIgnoresTheDay_takesWhatIsWrittenYearsLater() throws Exception {
        long head = LEFT_ON * 2 + 1_000;
        Acceptance later = Acceptance.of(Reader.SOURCE, StationParameters.profile("small"), head);

        // Who left as if active, which is what the state alone says.
        assertThat(judgeOnce(later, head, JOURNALIST)).isEmpty();
        assertThat(judgeOnce(later, head, new SenderStanding.Left(LEFT_ON))).hasValue(Reason.LEFT_SENDER);
    }

    private Optional<Reason> judgeOnce(Acceptance acceptance, long slot, SenderStanding standing) {
        seen.clear();
        return judge(acceptance, message(MessageKind.REPLY, slot, 1), standing);
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
        if (fromJournalist && standing instanceof SenderStanding.Compromised) {
            return Optional.of(Reason.COMPROMISED_SENDER);
        }
        boolean accepted = (kind == MessageKind.SUBMISSION && reader == Reader.JOURNALIST)
                || (fromJournalist
                        && (standing instanceof SenderStanding.Journalist || standing instanceof SenderStanding.Left))
                || (kind == MessageKind.SELF_COPY && standing instanceof SenderStanding.Self);
        return accepted ? Optional.empty() : Optional.of(Reason.WRONG_KIND);
    }

    private Optional<Reason> reasonAt(Acceptance acceptance, long slot) {
        seen.clear();
        return judge(acceptance, message(MessageKind.REPLY, slot, 1), JOURNALIST);
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
        return ((Outcome.Accepted) acceptance.judge(message, sender, JOURNALIST, copy -> false)).copy();
    }

    private static StructuredMessage message(MessageKind kind, long slot, int id) {
        byte[] idBytes = new byte[16];
        idBytes[15] = (byte) id;
        return StructuredMessage.of(
                new MessageHeader(kind, slot, MessageId.copyOf(idBytes), Optional.empty(), List.of()), new byte[10]);
    }
}
