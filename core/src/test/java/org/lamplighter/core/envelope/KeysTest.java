package org.lamplighter.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.Hex;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class KeysTest {
    private final Party party = Party.of(1);

    @Test
    void parse_apkeKey_takesOneSpellingOnly() {
        byte[] key = party.apke().publicKey().toByteArray();
        assertThat(key).hasSize(1216);

        Malleability.check(
                key,
                MalformedException.class,
                3000,
                1,
                bytes -> ApkePublicKey.parse(bytes).toByteArray());
    }

    @Test
    void parse_pkeKey_takesOneSpellingOnly() {
        byte[] key = party.pke().publicKey().toByteArray();
        assertThat(key).hasSize(1216);

        Malleability.check(
                key,
                MalformedException.class,
                3000,
                2,
                bytes -> PkePublicKey.parse(bytes).toByteArray());
    }

    @Test
    void parse_fetchKey_takesOneSpellingOnly() {
        Malleability.check(
                party.fetch().publicKey().toByteArray(),
                MalformedException.class,
                3000,
                3,
                bytes -> FetchPublicKey.parse(bytes).element().encode());
    }

    @Test
    void parse_fetchSecretKey_takesOneSpellingOnly() {
        Malleability.check(
                party.fetch().toSecretBytes().reveal(),
                MalformedException.class,
                1000,
                4,
                bytes -> FetchSecretKey.parse(SecretBytes.copyOf(bytes))
                        .toSecretBytes()
                        .reveal());
    }

    @Test
    void parse_fetchKeyIdentityOrSecretZero_isRefusedAsIdentity() {
        assertReason(Reason.IDENTITY, () -> FetchPublicKey.parse(new byte[32]));
        assertReason(Reason.IDENTITY, () -> FetchSecretKey.parse(SecretBytes.copyOf(new byte[32])));
        assertReason(Reason.TRUNCATED, () -> FetchPublicKey.parse(new byte[31]));
        assertReason(Reason.TRAILING_BYTES, () -> FetchPublicKey.parse(new byte[33]));
    }

    @Test
    void importExpanded_exportedHalves_giveTheSameKey() throws MalformedException {
        ApkeSecretKey again = ApkeSecretKey.importExpanded(
                SecretBytes.copyOf(party.apke().x25519().secretKey().reveal()),
                party.apke().mlKem().toExpanded());

        assertThat(again.publicKey()).isEqualTo(party.apke().publicKey());
        assertReason(
                Reason.TRUNCATED,
                () -> ApkeSecretKey.importExpanded(
                        SecretBytes.copyOf(new byte[31]), party.apke().mlKem().toExpanded()));
    }

    @Test
    void derive_fromHalves_isFromSeedOfBoth() {
        byte[] seed = Hex.seeded(1 * 10 + 2, ApkeSecretKey.SEED_BYTES);
        SecretBytes dh = SecretBytes.copyOf(Arrays.copyOf(seed, 32));
        SecretBytes mlKem = SecretBytes.copyOf(Arrays.copyOfRange(seed, 32, 96));

        assertThat(ApkeSecretKey.derive(dh, mlKem).publicKey())
                .isEqualTo(party.apke().publicKey());
    }

    @Test
    void toString_secretKeys_showNothing() {
        assertThat(party.apke()).hasToString("[REDACTED]");
        assertThat(party.pke()).hasToString("[REDACTED]");
        assertThat(party.fetch()).hasToString("[REDACTED]");
        assertThat(Party.randomness(1)).hasToString("[REDACTED]");
        assertThat(party.sender().toString()).contains("apke=[REDACTED]");
    }

    @Test
    void use_afterClose_isAFault() {
        Party closed = Party.of(7);
        closed.fetch().close();
        closed.apke().close();

        assertThatThrownBy(() -> closed.fetch().toSecretBytes()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.apke().x25519().secretKey().reveal()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void generate_fetchKey_recognisesItsHints() throws MalformedException {
        FetchSecretKey key = FetchSecretKey.generate(SeededRandom.of(1));

        assertThat(FetchSecretKey.parse(key.toSecretBytes()).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void sdPke_share_opensForItsKeyOnly() {
        byte[] sealed = SdPke.enc(party.pke().publicKey(), new byte[32], SeededRandom.of(2));

        assertThat(sealed).hasSize(32 + SdPke.OVERHEAD_BYTES);
        assertThat(SdPke.dec(party.pke(), sealed)).hasValue(new byte[32]);
        assertThat(SdPke.dec(Party.of(2).pke(), sealed)).isEmpty();
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
