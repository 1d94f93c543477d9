package org.lamplighter.core.journalist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SdApke;
import org.lamplighter.core.envelope.SdPke;
import org.lamplighter.core.envelope.SealedEnvelope;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.envelope.SenderKeys;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
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

    /** The planted fault would be secrets that nobody drew: all zero, and the same in every folder. */
    @Test
    void prekeySecrets_areDrawnForEachSlot() throws Exception {
        List<PrekeySecret> two = List.of(
                PrekeySecret.generate(41_500, random).getFirst(),
                PrekeySecret.generate(41_500, random).getFirst());
        List<PrekeySecret> block = PrekeySecret.generate(41_500, random);

        assertThat(two.getFirst().toSecretBytes().matches(two.getLast().toSecretBytes()))
                .isFalse();
        assertThat(block.stream()
                        .map(secret -> secret.prekey().apke().toString()
                                + secret.prekey().pke().toString())
                        .distinct())
                .hasSize(PrekeyUpload.COUNT);
    }

    @Test
    void prekeySecret_opensWithTheKeysThatWerePublished() {
        try (JournalistKeys keys = JournalistKeys.generate(random)) {
            PrekeySecret secret = PrekeySecret.generate(41_500, random).getFirst();
            OpeningKeys opening = secret.openingKeys(keys.fetch().publicKey());

            assertThat(opening.apke().publicKey()).isEqualTo(secret.prekey().apke());
            assertThat(opening.pke().publicKey()).isEqualTo(secret.prekey().pke());
            assertThat(secret.pke().publicKey()).isEqualTo(secret.prekey().pke());
            assertThat(secret.toString()).isEqualTo("[REDACTED]");
        }
    }

    /** What was closed can no longer be used, in all its parts: that is how a wipe that was forgotten shows. */
    @Test
    void close_wipesEveryPart() {
        JournalistKeys keys = JournalistKeys.generate(random);
        SigningKey signing = keys.signing();
        FetchSecretKey fetch = keys.fetch();
        ApkeSecretKey apke = keys.apke();
        PrekeySecret secret = PrekeySecret.generate(41_500, random).getFirst();
        PkeSecretKey pke = secret.pke();
        SealedEnvelope toPrekey = sealedTo(secret, keys);
        OpeningKeys opening = secret.openingKeys(keys.fetch().publicKey());
        NewsroomId newsroom = NewsroomId.copyOf(new byte[32]);
        assertThat(Envelope.open(opening, newsroom, toPrekey.envelope())).isPresent();

        keys.close();
        secret.close();

        assertThatThrownBy(keys::toSecretBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> signing.sign("ll-tag", new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(fetch::toSecretBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(apke, fetch, pke)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::toSecretBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SdPke.dec(pke, new byte[SdPke.OVERHEAD_BYTES]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SdApke.authDec(
                        opening.apke(),
                        fetch.publicKey(),
                        apke.publicKey(),
                        new byte[32],
                        new byte[SdApke.OVERHEAD_BYTES]))
                .isInstanceOf(IllegalStateException.class);
    }

    private SealedEnvelope sealedTo(PrekeySecret secret, JournalistKeys sender) {
        return Envelope.seal(
                new SenderKeys(
                        sender.apke(),
                        sender.fetch().publicKey(),
                        secret.prekey().pke()),
                new RecipientKeys(
                        secret.prekey().apke(),
                        secret.prekey().pke(),
                        sender.fetch().publicKey()),
                NewsroomId.copyOf(new byte[32]),
                new byte[Envelope.STRUCTURED_BYTES],
                SealingRandomness.generate(random));
    }

    private byte[] seal(ApkeSecretKey sender, FetchSecretKey fetch, PkeSecretKey pke) {
        return SdApke.authEnc(
                sender,
                sender.publicKey(),
                fetch.publicKey(),
                new byte[32],
                pke.publicKey().toByteArray(),
                SealingRandomness.generate(random));
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
