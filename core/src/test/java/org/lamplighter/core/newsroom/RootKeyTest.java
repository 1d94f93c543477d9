package org.lamplighter.core.newsroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.SeededRandom;

final class RootKeyTest {
    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 92);

    @Test
    void renew_keepsThePeopleUnderTheNextSerial() throws Exception {
        Roster roster = newsroom.roster(newsroom.person("Ada Example"));
        Validity later = new Validity(21_000, 21_100);
        Roster renewed = newsroom.root.renew(roster, later);

        assertThat(renewed.serial()).isEqualTo(roster.serial() + 1);
        assertThat(renewed.validity()).isEqualTo(later);
        assertThat(renewed.byId(roster.journalists().getFirst().id())).isPresent();
        roster.checkSuccessor(renewed);
    }

    @Test
    void enrolTrustee_whoIsOnItAlready_isRefused() throws Exception {
        TrusteeRequest tess = new TrusteeRequest(new PersonName("Tess Trustee"), newsroom.pkeKey());
        Roster roster =
                newsroom.root.enrolTrustee(newsroom.roster(newsroom.person("Ada Example")), tess, newsroom.validity);

        TrusteeRequest sameKey = new TrusteeRequest(new PersonName("Another Name"), tess.key());
        assertRefused(Reason.BAD_FIELD, () -> newsroom.root.enrolTrustee(roster, sameKey, newsroom.validity));
        TrusteeRequest sameName = new TrusteeRequest(new PersonName("TESS Trustee"), newsroom.pkeKey());
        assertRefused(Reason.BAD_FIELD, () -> newsroom.root.enrolTrustee(roster, sameName, newsroom.validity));
        TrusteeRequest nameOfAda = new TrusteeRequest(new PersonName("Ada Example"), newsroom.pkeKey());
        assertRefused(Reason.BAD_FIELD, () -> newsroom.root.enrolTrustee(roster, nameOfAda, newsroom.validity));
        Person otherTess = newsroom.person("tess trustee");
        assertRefused(Reason.BAD_FIELD, () -> newsroom.root.enrol(roster, otherTess.request(), newsroom.validity));
    }

    /** The newsroom's own program refuses the 65th; so does everybody who reads a roster that another program signed. */
    @Test
    void verify_moreJournalistsThanTheCeiling_isRefused() throws Exception {
        Person[] people = IntStream.rangeClosed(0, Roster.MAX_JOURNALISTS)
                .mapToObj(i -> newsroom.person("Person " + i))
                .sorted(Comparator.comparing(
                        person -> person.signing().verifyingKey().hex()))
                .toArray(Person[]::new);
        String all = Arrays.stream(people).map(this::line).collect(Collectors.joining());
        String most =
                Arrays.stream(people, 0, Roster.MAX_JOURNALISTS).map(this::line).collect(Collectors.joining());

        assertThat(Roster.verify(newsroom.sign(newsroom.rosterHead(2) + most), newsroom.key)
                        .journalists())
                .hasSize(Roster.MAX_JOURNALISTS);
        assertRefused(Reason.TOO_LARGE, () -> Roster.verify(newsroom.sign(newsroom.rosterHead(2) + all), newsroom.key));
    }

    @Test
    void requests_withALineMore_areRefused() {
        StationKey key = StationKey.generate(newsroom.random);
        TrusteeRequest trustee = new TrusteeRequest(new PersonName("Tess Trustee"), newsroom.pkeKey());

        assertRefused(
                Reason.TRAILING_BYTES,
                () -> StationRequest.parse(withLine(new StationRequest(key.verifyingKey()).toByteArray())));
        assertRefused(Reason.TRAILING_BYTES, () -> TrusteeRequest.parse(withLine(trustee.toByteArray())));
        byte[] keys = newsroom.longTermKeys().toByteArray();
        assertRefused(Reason.TRAILING_BYTES, () -> LongTermKeys.parse(Arrays.copyOf(keys, keys.length + 1)));
    }

    @Test
    void keys_areTheirSeedsAndAreWiped() {
        StationKey station = StationKey.generate(newsroom.random);
        try (SecretBytes seed = station.seed();
                StationKey again = StationKey.fromSeed(seed)) {
            assertThat(again.verifyingKey()).isEqualTo(station.verifyingKey());
        }
        RootKey root = RootKey.generate(new Origin("city-paper"), SeededRandom.of(93));
        assertThat(station.toString() + root).isEqualTo("[REDACTED][REDACTED]");

        station.close();
        root.close();

        assertThatThrownBy(() -> station.sign("ll-tag", new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(root::seed).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parameters_sayHowLongAHeadIsFreshAndAnEpochIsServed() throws Exception {
        StationParameters small = StationParameters.profile("small");
        StationParameters demo = StationParameters.profile("demo");

        assertThat(small.staleAfter()).hasSeconds(3 * 3600);
        assertThat(small.servedFor()).hasSeconds(3 * 3600);
        assertThat(demo.staleAfter()).hasSeconds(60);
        assertThat(demo.servedFor()).hasSeconds(60);
        assertThat(small.withEpochSeconds(60).servedFor()).hasSeconds(1800);
        assertThat(small.withEpochSeconds(59).servedFor()).hasSeconds(177);
    }

    /** {@code N/M x burst}, 32 x 60, is ttl + expiry + burst, 1799 + 61 + 60, and may not be less. */
    @Test
    void parameters_burstAtItsBound_isTaken() {
        assertThat(parameters(1799).windowSeconds()).isEqualTo(1920);
        assertThatThrownBy(() -> parameters(1800)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StationParameters parameters(int ttl) {
        return new StationParameters("demo", 64, 2, 5, ttl, 61, 60, 120, 600, 10, 1, 0);
    }

    private String line(Person person) {
        byte[] byNewsroom = newsroom.rootSigning.sign(
                "nr-sig", person.signing().verifyingKey().toByteArray());
        byte[] keys = person.keys().toByteArray();
        return TestNewsroom.line(
                person.signing(),
                "active",
                person.signing().sign("j-sig-ltk", keys),
                byNewsroom,
                keys,
                person.request().name().text());
    }

    private static byte[] withLine(byte[] document) {
        byte[] longer = Arrays.copyOf(document, document.length + 4);
        System.arraycopy(new byte[] {'a', ' ', 'b', '\n'}, 0, longer, document.length, 4);
        return longer;
    }
}
