package org.lamplighter.core.newsroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.newsroom.TestNewsroom.Person;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.words.WordList;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

/** What is carried to the newsroom, and what two people check by voice. */
final class RequestsTest {
    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 41);
    private final Person ada = newsroom.person("Ada Example");

    @Test
    void enrolmentRequest_isReadAsItWasMade() throws Exception {
        EnrolmentRequest read = EnrolmentRequest.verify(ada.request().toByteArray());
        assertThat(read.name()).isEqualTo(ada.request().name());
        assertThat(read.keys()).isEqualTo(ada.keys());
        assertThat(read.fingerprint()).isEqualTo(ada.request().fingerprint());
    }

    @Test
    void malleability_ofAllRequests_isNone() throws Exception {
        TrusteeRequest trustee = new TrusteeRequest(new PersonName("Tess"), newsroom.pkeKey());
        StationRequest station = new StationRequest(ada.signing().verifyingKey());
        assertThat(check(
                        ada.request().toByteArray(),
                        bytes -> EnrolmentRequest.verify(bytes).toByteArray()))
                .as("the name is not signed")
                .isPositive();
        assertThat(check(
                        trustee.toByteArray(),
                        bytes -> TrusteeRequest.parse(bytes).toByteArray()))
                .isPositive();
        check(station.toByteArray(), bytes -> StationRequest.parse(bytes).toByteArray());
        check(
                (newsroom.key.format() + "\n").getBytes(UTF_8),
                bytes -> (NewsroomKey.parse(new String(bytes, UTF_8)).format()
                                + (new String(bytes, UTF_8).endsWith("\n") ? "\n" : ""))
                        .getBytes(UTF_8));
    }

    @Test
    void newsroomKey_ofAStation_isRefused() throws Exception {
        String station = newsroom.root
                .certify(ada.signing().verifyingKey(), 1, newsroom.validity, StationParameters.profile("solo"))
                .stationNoteKey()
                .format();
        assertRefused(Reason.BAD_FIELD, () -> NewsroomKey.parse(station));
        assertThat(NewsroomKey.parse(newsroom.key.format() + "\n")).isEqualTo(newsroom.key);
    }

    @Test
    void fingerprint_isTheFirst66BitsAsWords() {
        byte[] key = newsroom.key.key().toByteArray();
        Fingerprint fingerprint = Fingerprint.of(key);
        byte[] hash = org.lamplighter.core.primitive.Sha256.digest("lamplighter/fingerprint/v1".getBytes(UTF_8), key);
        String bits = new java.math.BigInteger(1, hash).toString(2);
        bits = "0".repeat(256 - bits.length()) + bits;
        for (int i = 0; i < 6; i++) {
            String word = WordList.english().word(Integer.parseInt(bits.substring(11 * i, 11 * i + 11), 2));
            assertThat(fingerprint.words().get(i)).isEqualTo(word);
        }
        assertThat(fingerprint.isSpelled("  " + fingerprint.toString().toUpperCase(java.util.Locale.ROOT) + "\n"))
                .isTrue();
        assertThat(fingerprint.isSpelled(fingerprint + " more")).isFalse();
        assertThat(fingerprint.isSpelled("")).isFalse();
        assertThat(Fingerprint.of(
                        SigningKey.generate(SeededRandom.of(5)).verifyingKey().toByteArray()))
                .isNotEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " Ada",
                "Ada ",
                "Ada  Example",
                "Ada\tExample",
                "Ada\u00a0Example",
                "Ada\u2003Example",
                "Ada\u200bExample",
                "Ada\u202eExample",
                "Ada\u2066Example",
                "Ada\u2028Example",
                "Ada\u0000",
                "Ada\u0085",
                "Ada\u3164",
                "Ada\ue000",
                "\ufeffAda",
                "12345678901234567890123456789012345678901234567890123456789012345",
            })
    void personName_thatCouldPoseAsOther_isRefused(String name) {
        assertRefused(Reason.BAD_FIELD, () -> PersonName.parse(name));
        assertThatThrownBy(() -> new PersonName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Ada Example",
                "Renée O\u2019Brien-Łoś",
                "محمد",
                "山田 太郎",
                "\ud83d\udd6f",
                "1234567890123456789012345678901234567890123456789012345678901234",
            })
    void personName_ofAnyScript_isTaken(String name) throws Exception {
        assertThat(PersonName.parse(name).text()).isEqualTo(name);
    }

    @Test
    void personName_looksLike_findsWhatPeopleWouldConfuse() throws Exception {
        PersonName name = PersonName.parse("Ren\u00e9e");
        assertThat(name.looksLike(PersonName.parse("Rene\u0301e"))).isTrue();
        assertThat(name.looksLike(PersonName.parse("REN\u00c9E"))).isTrue();
        assertThat(name.looksLike(PersonName.parse("Renee"))).isFalse();
        assertThat(PersonName.typed("  Rene\u0301e \t Doe ")).isEqualTo(PersonName.parse("Ren\u00e9e Doe"));
    }

    private static int check(byte[] valid, Malleability.Reencoding reencoding) {
        return Malleability.check(valid, MalformedException.class, 2_000, 42, reencoding);
    }
}
