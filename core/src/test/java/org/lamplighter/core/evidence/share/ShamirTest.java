package org.lamplighter.core.evidence.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.evidence.share.NaiveShamir.Splitter;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.SeededRandom;

final class ShamirTest {
    private final SeededRandom random = SeededRandom.of(51);

    @Test
    void products_areThoseOfTheField() {
        // FIPS 197 §4.2 and §4.2.1.
        assertThat(Gf256.multiply(0x57, 0x83)).isEqualTo(0xc1);
        assertThat(Gf256.multiply(0x57, 0x13)).isEqualTo(0xfe);
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertThat(Gf256.multiply(a, b)).isEqualTo(NaiveShamir.multiply(a, b));
            }
            assertThat(Gf256.multiply(a, Gf256.invert(a))).isEqualTo(a == 0 ? 0 : 1);
        }
    }

    /** The vectors TV011B_1 to _6 of threshold secret sharing over this field, which several libraries hold themselves against. */
    @Test
    void publishedVectors_areMatched() {
        check("7465737400", "a87b3491b5", 2, "dc1e47e5b5", "3f931b4d71");
        check("53414d5443", "395d396c87", 2, "6a1c7438c4", "21fb3f8c56", "18a606e0d1", "b72ea9ff69");
        check("53414d5443", "271aab7906" + "3a2899bc37", 3, "4e737f9172", "f5d5526093", "e8e760a5a2", "429f849e06");
        check(
                "53414d5443",
                "1a1e0a9d44" + "22e9730534" + "4c76a07767",
                4,
                "27c094bb54",
                "b969f9f40e",
                "7ec7cd3250",
                "abaf81828d");
        check(
                "546573742044617461",
                "7fb4e8581eb75dc945",
                2,
                "2bd19b2c3ef33cbd24",
                "aa16b8c41c31dbfdeb",
                "d5a2509c02868634ae",
                "b383fe0f58ae0e7d6e",
                "cc371657461953b42b",
                "4df035bf64dbb4f4e4",
                "3244dde77a6ce93da1",
                "81b27282d08bbf667f",
                "fe069adace3ce2af3a");
        check(
                "0102030405060708090a0b0c0d0e0f",
                "ec7440e19a4f5fcadb32c9814fa271" + "9605b3fc916e7c517202b800668097",
                3,
                "7b73f0190e272493a03a7a8d242ce9",
                "acfe7900583b52d877665415106787",
                "d68f8a1d531a7143de562594394561",
                "3f99ddf4889be16a29e2773e106863",
                "45e82ee983bac2f180d206bf394a85");
    }

    @Test
    void anySharesOfTheThreshold_giveTheSecret_andOneFewerDoesNot() {
        for (int round = 0; round < 300; round++) {
            int count = 2 + random.nextInt(15);
            int threshold = 2 + random.nextInt(count - 1);
            byte[] secret = random.bytes(32);
            List<SecretBytes> shares = Shamir.split(SecretBytes.copyOf(secret), threshold, count, random);
            List<Integer> order =
                    new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
            Collections.shuffle(order, random);

            for (int given = 2; given <= count; given++) {
                SortedMap<Integer, SecretBytes> some = new TreeMap<>();
                order.subList(0, given).forEach(x -> some.put(x, shares.get(x - 1)));
                assertThat(Shamir.combine(some).matches(SecretBytes.copyOf(secret)))
                        .isEqualTo(given >= threshold);
            }
        }
    }

    @Test
    void bouncyCastle_andThis_openEachOthersShares() throws IOException {
        for (int threshold = 2; threshold <= 5; threshold++) {
            byte[] secret = random.bytes(32);
            ShamirSplitSecretShare[] theirs = ShamirSecretSplitter.getInstance(
                            ShamirSecretSplitter.Algorithm.AES, 32, random)
                    .resplit(secret, threshold, 7)
                    .getSecretShares();
            SortedMap<Integer, SecretBytes> shares = new TreeMap<>();
            for (int i = 0; i < threshold; i++) {
                shares.put(7 - i, SecretBytes.copyOf(theirs[6 - i].getEncoded()));
            }
            assertThat(Shamir.combine(shares).reveal()).isEqualTo(secret);

            List<SecretBytes> ours = Shamir.split(SecretBytes.copyOf(secret), threshold, 7, random);
            ShamirSplitSecretShare[] given = IntStream.rangeClosed(1, threshold)
                    .mapToObj(x -> new ShamirSplitSecretShare(ours.get(x - 1).reveal(), x))
                    .toArray(ShamirSplitSecretShare[]::new);
            assertThat(ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, given)
                            .getSecret())
                    .isEqualTo(secret);
        }
    }

    @Test
    void rulesAndIndexesThatCannotBe_areRefused() {
        SecretBytes secret = SecretBytes.copyOf(new byte[32]);
        assertThatThrownBy(() -> Shamir.split(secret, 1, 3, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shamir.split(secret, 4, 3, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shamir.split(secret, 2, 256, random)).isInstanceOf(IllegalArgumentException.class);
        // A share at 0 is the secret; whoever could slip it in would choose what comes out.
        assertThatThrownBy(() -> Shamir.combine(sorted(0, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shamir.combine(sorted(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shamir.combine(sorted(1, 256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shamir.combine(new TreeMap<>())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fewerSharesThanTheThreshold_tellNothing() {
        Splitter real = (secret, threshold, count, source) ->
                Shamir.split(SecretBytes.copyOf(secret), threshold, count, source).stream()
                        .map(SecretBytes::reveal)
                        .toList();

        assertThat(everyShareIsUniform(real, 2)).isTrue();
        assertThat(everyShareIsUniform(real, 3)).isTrue();
        assertThat(bytesAreIndependent(real)).isTrue();
        // The planted faults: coefficients that are never 0, that serve all powers, that serve all bytes.
        assertThat(everyShareIsUniform(NaiveShamir::splitWithoutZero, 2)).isFalse();
        assertThat(everyShareIsUniform(NaiveShamir::splitRepeatingPowers, 3)).isFalse();
        assertThat(bytesAreIndependent(NaiveShamir::splitRepeatingBytes)).isFalse();
    }

    /** Whether each of the first shares takes all 256 values equally often, whatever the secret: 250 times here, within 8 sigma. */
    private boolean everyShareIsUniform(Splitter splitter, int threshold) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 0x5a);
        int[][] seen = new int[3][256];
        for (int round = 0; round < 2_000; round++) {
            List<byte[]> shares = splitter.split(secret, threshold, 3, random);
            for (int i = 0; i < 3; i++) {
                for (byte b : shares.get(i)) {
                    seen[i][b & 0xff]++;
                }
            }
        }
        return Arrays.stream(seen).flatMapToInt(Arrays::stream).allMatch(times -> times > 124 && times < 376);
    }

    /** Whether equal bytes of the secret have shares that differ: 1 pair of 256 is equal by chance. */
    private boolean bytesAreIndependent(Splitter splitter) {
        int equal = 0;
        for (int round = 0; round < 1_000; round++) {
            byte[] share = splitter.split(new byte[32], 2, 2, random).getFirst();
            for (int i = 1; i < share.length; i++) {
                equal += share[i] == share[i - 1] ? 1 : 0;
            }
        }
        return equal < 31_000 / 256 * 2;
    }

    /** Our sharing, fed with the coefficients of the vector, gives its shares; they give its secret. */
    private static void check(String secret, String coefficients, int threshold, String... shares) {
        SeededCoefficients source = new SeededCoefficients(HexFormat.of().parseHex(coefficients));
        List<SecretBytes> split =
                Shamir.split(SecretBytes.copyOf(HexFormat.of().parseHex(secret)), threshold, shares.length, source);
        SortedMap<Integer, SecretBytes> last = new TreeMap<>();
        for (int i = 0; i < shares.length; i++) {
            assertThat(HexFormat.of().formatHex(split.get(i).reveal())).isEqualTo(shares[i]);
            if (i >= shares.length - threshold) {
                last.put(i + 1, SecretBytes.copyOf(HexFormat.of().parseHex(shares[i])));
            }
        }
        assertThat(HexFormat.of().formatHex(Shamir.combine(last).reveal())).isEqualTo(secret);
    }

    private SortedMap<Integer, SecretBytes> sorted(int... indexes) {
        SortedMap<Integer, SecretBytes> shares = new TreeMap<>();
        for (int x : indexes) {
            shares.put(x, SecretBytes.copyOf(random.bytes(32)));
        }
        return shares;
    }
}
