package org.lamplighter.core.newsroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.newsroom.TestNewsroom.NOW;
import static org.lamplighter.core.wire.Refusals.assertAttackRefused;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

final class StationCertificateTest {
    private final TestNewsroom newsroom = new TestNewsroom("harbour-courier", 31);
    private final VerifyingKey station = SigningKey.generate(newsroom.random).verifyingKey();

    @ParameterizedTest
    @ValueSource(strings = {"solo", "small", "medium", "demo", "demo-solo"})
    void verify_whatTheRootCertified_givesItBack(String profile) throws Exception {
        StationParameters parameters = StationParameters.profile(profile);
        StationCertificate made = newsroom.root.certify(station, 7, newsroom.validity, parameters);
        StationCertificate read = StationCertificate.verify(made.toByteArray(), newsroom.key);

        assertThat(read.parameters()).isEqualTo(parameters);
        assertThat(read.station()).isEqualTo(station);
        assertThat(read.serial()).isEqualTo(7);
        assertThat(read.validity()).isEqualTo(newsroom.validity);
        assertThat(read.stationNoteKey().name()).isEqualTo("harbour-courier/station");
    }

    /** The table of docs/spec 1.2. */
    @ParameterizedTest
    @CsvSource({"solo,1024,2,28", "small,2048,4,28", "medium,4096,3,75"})
    void capacity_isThatOfTheTable(String profile, int slots, int envelopes, long bundlesPerDay) throws Exception {
        StationParameters parameters = StationParameters.profile(profile);
        assertThat(parameters.slots()).isEqualTo(slots);
        assertThat(parameters.envelopes()).isEqualTo(envelopes);
        assertThat(parameters.bundlesPerDay()).isEqualTo(bundlesPerDay);
        assertThat(parameters.liveBundlesMax()).isEqualTo(slots / envelopes);
    }

    @Test
    void certificateByAnotherNewsroom_isRefused() throws Exception {
        TestNewsroom other = new TestNewsroom("harbour-courier", 32);
        byte[] note = other.root
                .certify(station, 1, other.validity, StationParameters.profile("small"))
                .toByteArray();
        // The planted fault: any newsroom's certificate will do, as when a client takes the key from the station.
        assertAttackRefused(
                Reason.WRONG_SIGNER, note, this::verify, bytes -> StationCertificate.verify(bytes, other.key));
    }

    @Test
    void certificateOfOurRootForAnotherNewsroomId_isRefused() {
        String text = text("small").replace(newsroom.key.id().hex(), "11".repeat(32));
        assertAttackRefused(
                Reason.WRONG_SIGNER,
                newsroom.sign(text),
                this::verify,
                // The planted fault: the signature is enough.
                bytes -> SignedNote.verify(bytes, newsroom.key.noteKey(), "certificate"));
    }

    @Test
    void certificateRollback_isRefused() throws Exception {
        StationParameters parameters = StationParameters.profile("small");
        StationCertificate first = newsroom.root.certify(station, 1, newsroom.validity, parameters);
        StationCertificate second = newsroom.root.certify(station, 2, newsroom.validity, parameters);
        StationCertificate otherSecond =
                newsroom.root.certify(station, 2, newsroom.validity, parameters.withEpochSeconds(900));
        first.checkSuccessor(second);
        second.checkSuccessor(second);
        assertAttackRefused(
                Reason.OUT_OF_DATE,
                first.toByteArray(),
                bytes -> {
                    second.checkSuccessor(StationCertificate.verify(bytes, newsroom.key));
                    return second;
                },
                this::verify);
        assertRefused(Reason.OUT_OF_DATE, () -> second.checkSuccessor(otherSecond));
    }

    @ParameterizedTest
    @CsvSource({
        "slots 2048,slots 63",
        "slots 2048,slots 65600",
        "slots 2048,slots 2049",
        "slots 2048,slots 64x",
        "envelopes 4,envelopes 1",
        "envelopes 4,envelopes 5",
        "epoch-seconds 3600,epoch-seconds 0",
        "epoch-seconds 3600,epoch-seconds 86401",
        "ttl-seconds 1209600,ttl-seconds 59",
        "ttl-seconds 1209600,ttl-seconds 2592001",
        "expiry-seconds 86400,expiry-seconds 86401",
        "burst-seconds 259200,burst-seconds 1209601",
        "waiting-seconds 259200,waiting-seconds 3599",
        "waiting-seconds 259200,waiting-seconds 604801",
        "prekey-seconds 43200,prekey-seconds 9",
        "answer-millis 2000,answer-millis 10001",
        "chunk-ttl-days 90,chunk-ttl-days 0",
        "chunk-ttl-days 90,chunk-ttl-days 366",
        "chunk-bytes-per-day 17179869184,chunk-bytes-per-day 1125899906842625",
        "chunk-bytes-per-day 17179869184,chunk-bytes-per-day -1",
        "profile small,profile Small",
        "serial 1,serial 0",
    })
    void verify_aNumberOutOfItsRange_isRefusedThoughSigned(String line, String instead) {
        String text = text("small");
        assertThat(text).contains(line + "\n");
        assertRefused(Reason.BAD_FIELD, () -> verify(newsroom.sign(text.replace(line + "\n", instead + "\n"))));
    }

    @Test
    void verify_linesMissingAddedOrExchanged_areRefusedThoughSigned() {
        String text = text("small");
        String[] lines = text.lines().toArray(String[]::new);
        for (int i = 1; i < lines.length; i++) {
            String without = text.replace(lines[i] + "\n", "");
            String twice = text.replace(lines[i] + "\n", lines[i] + "\n" + lines[i] + "\n");
            assertThatThrownBy(() -> verify(newsroom.sign(without))).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> verify(newsroom.sign(twice))).isInstanceOf(MalformedException.class);
        }
        assertRefused(
                Reason.BAD_FIELD,
                () -> verify(newsroom.sign(text.replace("slots 2048\nenvelopes 4", "envelopes 4\nslots 2048"))));
        assertRefused(Reason.TRAILING_BYTES, () -> verify(newsroom.sign(text + "more 1\n")));
    }

    @Test
    void checkDate_outsideTheValidity_isRefused() throws Exception {
        StationCertificate certificate =
                newsroom.root.certify(station, 1, newsroom.validity, StationParameters.profile("small"));
        certificate.checkDate(NOW);
        assertRefused(Reason.OUT_OF_DATE, () -> certificate.checkDate(NOW.plus(Duration.ofDays(365))));
        assertRefused(Reason.OUT_OF_DATE, () -> certificate.checkDate(NOW.minus(Duration.ofDays(2))));
    }

    @Test
    void everyBitFlipped_isRefused() throws Exception {
        byte[] note = newsroom.root
                .certify(station, 1, newsroom.validity, StationParameters.profile("small"))
                .toByteArray();
        for (int bit = 0; bit < 8 * note.length; bit += 3) {
            byte[] changed = note.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> verify(changed)).as("bit %d", bit).isInstanceOf(MalformedException.class);
        }
    }

    private String text(String profile) {
        try {
            byte[] note = newsroom.root
                    .certify(station, 1, newsroom.validity, StationParameters.profile(profile))
                    .toByteArray();
            String all = new String(note, UTF_8);
            return all.substring(0, all.lastIndexOf("\n\n") + 1);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private Object verify(byte[] note) throws MalformedException {
        return StationCertificate.verify(note, newsroom.key);
    }
}
