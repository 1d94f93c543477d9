package org.lamplighter.core.journalist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

final class JournalistKeysTest {
    private final SeededRandom random = SeededRandom.of(81);

    @Test
    void keys_areReadAsTheyWereKept() throws Exception {
        try (JournalistKeys keys = JournalistKeys.generate(random);
                SecretBytes kept = keys.toSecretBytes();
                JournalistKeys read = JournalistKeys.parse(kept)) {
            assertThat(kept.length()).isEqualTo(JournalistKeys.BYTES);
            assertThat(read.id()).isEqualTo(keys.id());
            assertThat(read.apke().publicKey()).isEqualTo(keys.apke().publicKey());
            assertThat(read.fetch().publicKey()).isEqualTo(keys.fetch().publicKey());
            assertThat(read.toSecretBytes().matches(kept)).isTrue();
            assertThat(read.toString()).isEqualTo("[REDACTED]");
        }
    }

    @Test
    void keys_ofOtherLengthOrVersion_areRefused() {
        byte[] kept = JournalistKeys.generate(random).toSecretBytes().reveal();
        byte[] version = kept.clone();
        version[0] = 2;
        assertRefused(Reason.UNKNOWN_VERSION, () -> JournalistKeys.parse(SecretBytes.copyOf(version)));
        assertRefused(Reason.TRUNCATED, () -> JournalistKeys.parse(SecretBytes.copyOf(Arrays.copyOf(kept, 192))));
        assertRefused(
                Reason.TRAILING_BYTES,
                () -> JournalistKeys.parse(SecretBytes.copyOf(Arrays.copyOf(kept, kept.length + 1))));
    }

    @Test
    void enrolmentRequest_isWhatTheNewsroomVerifies() throws Exception {
        try (JournalistKeys keys = JournalistKeys.generate(random)) {
            EnrolmentRequest request = EnrolmentRequest.verify(
                    keys.enrolmentRequest(new PersonName("Ada Example")).toByteArray());
            assertThat(RosterJournalist.id(request.journalist())).isEqualTo(keys.id());
            assertThat(request.keys().apke()).isEqualTo(keys.apke().publicKey());
            assertThat(request.keys().fetch()).isEqualTo(keys.fetch().publicKey());
        }
    }

    @Test
    void prekeySecrets_areReadAsTheyWereKept_andMakeAnUpload() throws Exception {
        NewsroomId newsroom = NewsroomId.copyOf(random.bytes(32));
        try (JournalistKeys keys = JournalistKeys.generate(random)) {
            List<PrekeySecret> secrets = PrekeySecret.generate(41_550, random);
            PrekeyUpload upload =
                    PrekeyUpload.verify(keys.upload(newsroom, secrets).toByteArray(), newsroom);
            for (PrekeySecret secret : secrets) {
                try (SecretBytes kept = secret.toSecretBytes();
                        PrekeySecret read = PrekeySecret.parse(kept)) {
                    assertThat(read.slot()).isEqualTo(secret.slot());
                    assertThat(read.prekey()).isEqualTo(upload.prekeys().get((int) (secret.slot() - 41_550)));
                }
            }
            assertThat(secrets.stream().map(PrekeySecret::prekey).distinct()).hasSize(64);
        }
    }

    @Test
    void prekeySecret_ofOtherLengthOrVersion_isRefused() {
        byte[] kept =
                PrekeySecret.generate(7, random).getFirst().toSecretBytes().reveal();
        byte[] version = kept.clone();
        version[0] = 0;
        assertRefused(Reason.UNKNOWN_VERSION, () -> PrekeySecret.parse(SecretBytes.copyOf(version)));
        assertRefused(
                Reason.TRUNCATED, () -> PrekeySecret.parse(SecretBytes.copyOf(Arrays.copyOf(kept, kept.length - 1))));
        assertRefused(
                Reason.TRAILING_BYTES,
                () -> PrekeySecret.parse(SecretBytes.copyOf(Arrays.copyOf(kept, kept.length + 1))));
    }

    /** docs/spec 1.8, at the numbers of the profile small. */
    @Test
    void erasure_isDueAfterTheScanThatCannotMissAWaitingBundle() throws Exception {
        StationParameters small = StationParameters.profile("small");
        long end = 41_551L * 43_200;
        assertThat(PrekeySecret.isDueForErasure(41_550, end + 259_200 + 7_200, small))
                .isFalse();
        assertThat(PrekeySecret.isDueForErasure(41_550, end + 259_200 + 7_201, small))
                .isTrue();
        long latest = end + 259_200 + 1_209_600 + 86_400 + 86_400;
        assertThat(PrekeySecret.isOverdue(41_550, latest, small)).isFalse();
        assertThat(PrekeySecret.isOverdue(41_550, latest + 1, small)).isTrue();
    }

    @Test
    void closedKeys_cannotBeUsed() {
        JournalistKeys keys = JournalistKeys.generate(random);
        keys.close();
        assertThatThrownBy(keys::toSecretBytes).isInstanceOf(IllegalStateException.class);
    }
}
