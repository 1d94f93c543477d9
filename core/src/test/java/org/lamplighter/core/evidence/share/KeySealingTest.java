package org.lamplighter.core.evidence.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.SdPke;
import org.lamplighter.core.envelope.SharePke;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.evidence.share.KeyOpening.BadShare;
import org.lamplighter.core.evidence.share.KeyOpening.Damaged;
import org.lamplighter.core.evidence.share.KeyOpening.Fault;
import org.lamplighter.core.evidence.share.KeyOpening.Opened;
import org.lamplighter.core.evidence.share.KeyOpening.TooFew;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class KeySealingTest {
    private final SeededRandom random = SeededRandom.of(71);
    private final List<PkeSecretKey> secrets = IntStream.range(0, 16)
            .mapToObj(i -> PkeSecretKey.fromSeed(SecretBytes.copyOf(random.bytes(32))))
            .toList();
    private final List<PartKey> partKeys =
            IntStream.range(0, 3).mapToObj(i -> PartKey.generate(random)).toList();

    @Test
    void anyOfTheThreshold_open_andOneFewerDoesNot() {
        for (int round = 0; round < 12; round++) {
            int count = 2 + random.nextInt(5);
            int threshold = 2 + random.nextInt(count - 1);
            SealedKeys sealed = seal(threshold, count);
            List<Share> shares = new ArrayList<>(shares(sealed));
            Collections.shuffle(shares, random);

            assertOpens(sealed, shares);
            assertOpens(sealed, shares.subList(0, threshold));
            assertThat(KeyOpener.open(sealed, binding(sealed), shares.subList(1, threshold)))
                    .isEqualTo(new TooFew(threshold - 1, threshold));
        }
    }

    @Test
    void noShare_andTheSameShareTwice_doNotOpen() {
        SealedKeys sealed = seal(2, 3);
        Share first = shares(sealed).getFirst();

        assertThat(KeyOpener.open(sealed, binding(sealed), List.of())).isEqualTo(new TooFew(0, 2));
        assertThat(KeyOpener.open(sealed, binding(sealed), List.of(first, first)))
                .isEqualTo(new TooFew(1, 2));
    }

    @Test
    void changedShare_isNamed() {
        SealedKeys sealed = seal(2, 3);
        List<Share> shares = shares(sealed);
        byte[] changed = shares.get(2).value().reveal();
        changed[7] ^= 1;
        Share bad = new Share(shares.get(2).rule(), shares.get(2).evidence(), SecretBytes.copyOf(changed));

        assertThat(KeyOpener.open(sealed, binding(sealed), List.of(shares.get(0), bad)))
                .isEqualTo(new BadShare(3, Fault.WRONG_BYTES));
        // The planted fault: without the shares' hashes nothing opens, and nobody knows whose share is to blame.
        assertThat(openWithoutShareHashes(sealed, List.of(shares.get(0), bad))).isEqualTo(new Damaged());
        assertThat(openWithoutShareHashes(sealed, shares.subList(0, 2))).isInstanceOf(Opened.class);
    }

    @Test
    void shareUnderAnotherNumber_isNamed() {
        SealedKeys sealed = seal(2, 3);
        List<Share> shares = shares(sealed);
        Share renumbered = new Share(
                new ShareRule(sealed.setId(), 2, 3, 2),
                binding(sealed).words(),
                SecretBytes.copyOf(shares.getFirst().value().reveal()));

        assertThat(KeyOpener.open(sealed, binding(sealed), List.of(renumbered, shares.get(2))))
                .isEqualTo(new BadShare(2, Fault.WRONG_BYTES));
    }

    @Test
    void shareOfAnotherSet_isNamed() {
        SealedKeys sealed = seal(2, 3);
        Share own = shares(sealed).getFirst();
        SecretBytes value = own.value();

        assertThat(KeyOpener.open(
                        sealed, binding(sealed), List.of(own, shares(seal(2, 3)).get(1))))
                .isEqualTo(new BadShare(2, Fault.OTHER_SET));
        assertThat(KeyOpener.open(
                        sealed,
                        binding(sealed),
                        List.of(new Share(new ShareRule(sealed.setId(), 1, 4, 2), own.evidence(), value))))
                .isEqualTo(new BadShare(1, Fault.OTHER_SET));
        assertThat(KeyOpener.open(
                        sealed,
                        binding(sealed),
                        List.of(new Share(new ShareRule(sealed.setId(), 1, 3, 3), own.evidence(), value))))
                .isEqualTo(new BadShare(1, Fault.OTHER_SET));
    }

    @Test
    void setThatWasMadeWrongly_isDamaged() {
        SealedKeys sealed = seal(2, 2);
        List<Share> shares = shares(sealed);
        SealedKeys otherSecret = with(sealed, Digest.copyOf(random.bytes(32)), sealed.sealedPartKeys());
        byte[] changed = sealed.sealedPartKeys();
        changed[5] ^= 1;

        assertThat(KeyOpener.open(otherSecret, binding(sealed), shares)).isEqualTo(new Damaged());
        assertThat(KeyOpener.open(with(sealed, sealed.secretHash(), changed), binding(sealed), shares))
                .isEqualTo(new Damaged());
    }

    @Test
    void share_isOpenedByItsHolderAlone() {
        SealedKeys sealed = seal(2, 3);
        for (int index = 1; index <= 3; index++) {
            SealedShare share = SealedShare.of(sealed, binding(sealed), index);
            for (int holder = 0; holder < 3; holder++) {
                assertThat(share.open(secrets.get(holder)).isPresent()).isEqualTo(holder == index - 1);
            }
        }
        assertThat(sealed.holders().getFirst().kind()).isEqualTo(Holder.Kind.JOURNALIST);
        assertThat(sealed.holders().getLast().kind()).isEqualTo(Holder.Kind.TRUSTEE);
    }

    /** Whoever made the set sealed something else to the third holder than the hash beside it says. */
    @Test
    void share_thatIsNotTheOneAnnounced_isNotOpened() {
        SealedKeys sealed = seal(2, 3);
        Holder honest = sealed.holders().get(2);
        byte[] context = third(sealed).rule().context(binding(sealed));
        byte[] other = SharePke.enc(secrets.get(2).publicKey(), context, random.bytes(Share.LENGTH), random);
        List<Holder> holders = new ArrayList<>(sealed.holders());
        holders.set(2, new Holder(honest.shareHash(), honest.kind(), honest.id(), other));
        SealedKeys forged = new SealedKeys(
                sealed.setId(),
                sealed.threshold(),
                sealed.salt(),
                sealed.secretHash(),
                holders,
                sealed.sealedPartKeys());

        assertThat(SharePke.dec(secrets.get(2), context, other)).isPresent();
        assertThat(SealedShare.of(forged, binding(sealed), 3).open(secrets.get(2)))
                .isEmpty();
        assertThat(SealedShare.of(forged, binding(sealed), 2).open(secrets.get(1)))
                .isPresent();
    }

    @Test
    void sealedShare_isReadAsWritten_andHasOneForm() throws Exception {
        SealedShare share = third(seal(2, 3));
        byte[] document = share.toByteArray();

        assertThat(SealedShare.parse(document).open(secrets.get(2))).isPresent();
        Malleability.check(
                document,
                MalformedException.class,
                2_000,
                4,
                bytes -> SealedShare.parse(bytes).toByteArray());
    }

    @Test
    void sealedShare_underAnotherNumberOrSet_isNotOpened() throws Exception {
        String document = new String(third(seal(2, 3)).toByteArray(), StandardCharsets.US_ASCII);
        String renumbered = document.replace("share 3 of", "share 2 of");
        String otherSet = document.replaceFirst("set [0-9a-f]{16}", "set 0102030405060708");

        assertThat(open(document, secrets.get(2))).isPresent();
        assertThat(open(renumbered, secrets.get(2))).isEmpty();
        assertThat(open(otherSet, secrets.get(2))).isEmpty();
    }

    @Test
    void rulesThatCannotBe_areRefused() {
        assertThatThrownBy(() -> seal(1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seal(4, 3)).isInstanceOf(IllegalArgumentException.class);
        List<ShareRecipient> twice = List.of(recipient(1), recipient(1));
        assertThatThrownBy(() -> KeySealer.seal(partKeys, 2, twice, random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeySealer.seal(List.of(), 2, List.of(recipient(0), recipient(1)), random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The sealed keys of one submission, as they are, in another one: whoever is asked for the harmless one gives nothing. */
    @Test
    void sealedKeys_copiedUnderOtherFiles_areNotOpened() {
        assertThat(copyOpens(SealBinding::of)).isFalse();
        // The planted fault: a set that does not know for what it is.
        assertThat(copyOpens((setId, threshold, holders, commitments) -> SealBinding.copyOf(new byte[32])))
                .isTrue();
    }

    @Test
    void shareOfACopiedSet_isNamed() {
        SealedKeys sealed = seal(2, 3);
        List<Share> shares = shares(sealed);
        SealBinding other = SealBinding.of(sealed.setId(), 2, 3, otherCommitments());

        assertThat(KeyOpener.open(sealed, other, shares)).isEqualTo(new BadShare(1, Fault.OTHER_EVIDENCE));
        // Somebody who writes the other words on it changes nothing.
        Share relabelled = new Share(
                shares.getFirst().rule(), other.words(), shares.getFirst().value());
        assertThat(KeyOpener.open(sealed, other, List.of(relabelled, shares.get(1))))
                .isEqualTo(new BadShare(1, Fault.WRONG_BYTES));
    }

    @Test
    void partKeys_openForTheirBindingAlone() {
        SecretBytes secret = SecretBytes.generate(32, random);
        ShareSetId setId = ShareSetId.copyOf(random.bytes(8));
        SealBinding binding = SealBinding.copyOf(random.bytes(32));
        byte[] sealed = SealedPartKeys.seal(secret, setId, binding, partKeys);

        assertThat(SealedPartKeys.open(secret, setId, binding, sealed)).isPresent();
        assertThat(SealedPartKeys.open(secret, setId, SealBinding.copyOf(random.bytes(32)), sealed))
                .isEmpty();
    }

    /** Sealed for three of three, and shown to a holder as two of three. */
    @Test
    void set_relabelledWithAnotherRule_opensForNoHolder() throws Exception {
        SealedKeys sealed = seal(3, 3);
        SealedKeys relabelled = new SealedKeys(
                sealed.setId(), 2, sealed.salt(), sealed.secretHash(), sealed.holders(), sealed.sealedPartKeys());
        String document = new String(third(sealed).toByteArray(), StandardCharsets.US_ASCII);

        assertThat(third(sealed).open(secrets.get(2))).isPresent();
        assertThat(SealedShare.of(relabelled, binding(relabelled), 3).open(secrets.get(2)))
                .isEmpty();
        // With the right binding, which hides the rule from a holder who has this file alone.
        assertThat(SealedShare.of(relabelled, binding(sealed), 3).open(secrets.get(2)))
                .isEmpty();
        assertThat(open(document.replace("any 3 open", "any 2 open"), secrets.get(2)))
                .isEmpty();
        assertThat(open(document.replaceFirst("binding ..", "binding 00"), secrets.get(2)))
                .isEmpty();
        // The planted fault: a ciphertext with an empty info opens whatever is written around it.
        byte[] unbound = SdPke.enc(secrets.get(2).publicKey(), random.bytes(32), random);
        assertThat(SdPke.dec(secrets.get(2), unbound)).isPresent();
        byte[] share = third(sealed).rule().context(binding(sealed));
        assertThat(SharePke.dec(secrets.get(2), share, unbound)).isEmpty();
    }

    @Test
    void binding_isThatOfTheFiles_inOrder() throws Exception {
        SealedKeys sealed = seal(2, 3);
        List<FileEntry> files = new ArrayList<>();
        for (PartKey key : partKeys) {
            files.add(new FileEntry(
                    "a", "", 1, Digest.copyOf(new byte[32]), Digest.copyOf(new byte[32]), List.of(Part.Keyed.of(key))));
        }
        assertThat(SealBinding.of(sealed, files)).isEqualTo(binding(sealed));
        assertThat(SealBinding.of(sealed, files.stream().map(FileEntry::lock).toList()))
                .isEqualTo(binding(sealed));
        assertThat(SealBinding.of(sealed, files.reversed())).isNotEqualTo(binding(sealed));
        assertThat(SealBinding.of(sealed, files.subList(0, 2))).isNotEqualTo(binding(sealed));
    }

    /** Whether holders who open their shares for the copy open the original. */
    private boolean copyOpens(KeySealer.Binder binder) {
        List<ShareRecipient> recipients =
                IntStream.range(0, 3).mapToObj(this::recipient).toList();
        SealedKeys sealed = KeySealer.seal(partKeys, 2, recipients, random, binder);
        SealBinding original = binder.bind(sealed.setId(), 2, 3, commitments());
        SealBinding copy = binder.bind(sealed.setId(), 2, 3, otherCommitments());
        List<Share> given = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            SealedShare.of(sealed, copy, i).open(secrets.get(i - 1)).ifPresent(given::add);
        }
        return KeyOpener.open(sealed, original, given) instanceof Opened;
    }

    private List<Digest> commitments() {
        return partKeys.stream().map(PartKey::commitment).toList();
    }

    private List<Digest> otherCommitments() {
        return IntStream.range(0, 3)
                .mapToObj(i -> PartKey.generate(random).commitment())
                .toList();
    }

    private SealBinding binding(SealedKeys sealed) {
        return SealBinding.of(
                sealed.setId(), sealed.threshold(), sealed.holders().size(), commitments());
    }

    private SealedShare third(SealedKeys sealed) {
        return SealedShare.of(sealed, binding(sealed), 3);
    }

    private void assertOpens(SealedKeys sealed, List<Share> shares) {
        assertThat(KeyOpener.open(sealed, binding(sealed), shares))
                .isInstanceOfSatisfying(
                        Opened.class,
                        opened -> assertThat(opened.keys())
                                .zipSatisfy(
                                        partKeys,
                                        (found, expected) -> assertThat(
                                                        found.secret().matches(expected.secret()))
                                                .isTrue()));
    }

    private SealedKeys seal(int threshold, int count) {
        return KeySealer.seal(
                partKeys,
                threshold,
                IntStream.range(0, count).mapToObj(this::recipient).toList(),
                random);
    }

    /** Everybody is a trustee but the first. */
    private ShareRecipient recipient(int i) {
        return i == 0
                ? ShareRecipient.journalist(
                        JournalistId.copyOf(new byte[8]), secrets.get(0).publicKey())
                : ShareRecipient.trustee(secrets.get(i).publicKey());
    }

    private List<Share> shares(SealedKeys sealed) {
        return IntStream.rangeClosed(1, sealed.holders().size())
                .mapToObj(i -> SealedShare.of(sealed, binding(sealed), i)
                        .open(secrets.get(i - 1))
                        .orElseThrow())
                .toList();
    }

    private static Optional<Share> open(String document, PkeSecretKey key) throws MalformedException {
        return SealedShare.parse(document.getBytes(StandardCharsets.US_ASCII)).open(key);
    }

    private static SealedKeys with(SealedKeys sealed, Digest secretHash, byte[] sealedPartKeys) {
        return new SealedKeys(
                sealed.setId(), sealed.threshold(), sealed.salt(), secretHash, sealed.holders(), sealedPartKeys);
    }

    /** The opener without the check of each share. */
    private KeyOpening openWithoutShareHashes(SealedKeys sealed, List<Share> shares) {
        SortedMap<Integer, SecretBytes> values = new TreeMap<>();
        shares.forEach(share -> values.put(share.rule().index(), share.value()));
        SecretBytes secret = Shamir.combine(values);
        byte[] hash = secret.apply(bytes -> Sha256.digest(sealed.salt(), bytes));
        if (!Digest.copyOf(hash).equals(sealed.secretHash())) {
            return new Damaged();
        }
        ShareSetId setId = sealed.setId();
        SealBinding binding = binding(sealed);
        return new Opened(SealedPartKeys.open(secret, setId, binding, sealed.sealedPartKeys())
                .orElseThrow());
    }
}
