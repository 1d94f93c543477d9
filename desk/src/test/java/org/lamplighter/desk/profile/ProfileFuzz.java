package org.lamplighter.desk.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.client.ProxyAddress;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;

/** The entries that a desk reads first: who it is, which station, what it saw last, which prekeys are out. */
public final class ProfileFuzz {
    private static final long SLOT_SECONDS = 43_200;

    private ProfileFuzz() {}

    public static List<FuzzTarget> targets() throws Exception {
        SeededRandom random = SeededRandom.of(76);
        RootKey root = RootKey.generate(Origin.parse("harbour-courier"), random);
        Profile profile = new Profile(
                PersonName.parse("Ada Example"),
                JournalistKeys.generate(random),
                root.newsroomKey(),
                new Route(StationAddress.parse("http://127.0.0.1:8080"), Optional.of(ProxyAddress.TOR)));
        Map<String, byte[]> entries = profile.entries();
        Vault vault = vault(entries, random);
        byte[] memory = memory(root, random);
        NewsroomKey newsroom = root.newsroomKey();
        return List.of(
                profile("desk-identity", "identity", entries, vault),
                profile("desk-station", "station", entries, vault),
                FuzzTarget.of("desk-memory", 128, input -> {
                            vault.put("memory", Patch.apply(memory, input));
                            return StationMemory.load(vault, newsroom).isPresent();
                        })
                        .seeded(new byte[0]),
                FuzzTarget.of("desk-prekeys", 32, input -> {
                            vault.put("prekeys", input);
                            long ahead = PrekeyStore.of(vault).ahead(41_500, SLOT_SECONDS);
                            FuzzTarget.require(ahead >= 0 && ahead < 1L << 32, "slots ahead");
                            return ahead > 0;
                        })
                        .seeded(new ByteWriter()
                                .u8(1)
                                .u64(SLOT_SECONDS)
                                .u32(41_563)
                                .toByteArray()));
    }

    private static Vault vault(Map<String, byte[]> entries, SeededRandom random) throws Exception {
        Path folder = Files.createTempDirectory("desk-fuzz").resolve("desk");
        try (SecretBytes passphrase = SecretBytes.takeOver(new byte[] {'p'})) {
            return Vault.create(folder, passphrase, new PassphraseBox.Cost(1024, 1, 1), entries, random);
        }
    }

    private static byte[] memory(RootKey root, SeededRandom random) throws Exception {
        Validity validity = new Validity(20_781, 21_000);
        byte[] roster = root.emptyRoster(validity).toByteArray();
        byte[] certificate = root.certify(
                        StationKey.generate(random).verifyingKey(), 1, validity, StationParameters.profile("solo"))
                .toByteArray();
        return new ByteWriter()
                .u8(1)
                .u8(1)
                .u64(5)
                .bytes(new byte[32])
                .u64(1_795_000_000)
                .u32(certificate.length)
                .bytes(certificate)
                .u32(roster.length)
                .bytes(roster)
                .toByteArray();
    }

    private static FuzzTarget profile(String target, String entry, Map<String, byte[]> entries, Vault vault) {
        byte[] valid = Optional.ofNullable(entries.get(entry)).orElseThrow();
        return FuzzTarget.of(target, 256, input -> {
                    byte[] changed = Patch.apply(valid, input);
                    vault.put(entry, changed);
                    try (Profile read = Profile.load(vault)) {
                        // Addresses have several forms, as they are typed.
                        boolean same = Arrays.equals(read.entries().get(entry), changed);
                        FuzzTarget.require(same || entry.equals("station"), "another form");
                        return true;
                    } finally {
                        vault.put(entry, valid);
                    }
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0]);
    }
}
