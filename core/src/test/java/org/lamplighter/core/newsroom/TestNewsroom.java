package org.lamplighter.core.newsroom;

import java.time.Instant;
import java.util.Base64;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;

/** A newsroom whose root key the test holds, so that it can also sign what an honest newsroom would not. */
public final class TestNewsroom {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    public final SeededRandom random;
    public final Validity validity = Validity.from(NOW, 365);
    public final SigningKey rootSigning;
    public final RootKey root;
    public final NewsroomKey key;

    public TestNewsroom(String origin, long seed) {
        random = SeededRandom.of(seed);
        try (SecretBytes secret = SecretBytes.generate(SigningKey.SEED_BYTES, random)) {
            rootSigning = SigningKey.fromSeed(secret);
            root = RootKey.fromSeed(new Origin(origin), secret);
        }
        key = root.newsroomKey();
    }

    /** A person with fresh long-term keys. */
    public record Person(SigningKey signing, LongTermKeys keys, EnrolmentRequest request) {}

    public Person person(String name) {
        SigningKey signing = SigningKey.generate(random);
        LongTermKeys keys = longTermKeys();
        return new Person(signing, keys, EnrolmentRequest.make(new PersonName(name), signing, keys));
    }

    public LongTermKeys longTermKeys() {
        try (SecretBytes seed = SecretBytes.generate(ApkeSecretKey.SEED_BYTES, random);
                ApkeSecretKey apke = ApkeSecretKey.fromSeed(seed);
                FetchSecretKey fetch = FetchSecretKey.generate(random)) {
            return new LongTermKeys(apke.publicKey(), fetch.publicKey());
        }
    }

    public PkePublicKey pkeKey() {
        try (SecretBytes seed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random);
                PkeSecretKey pke = PkeSecretKey.fromSeed(seed)) {
            return pke.publicKey();
        }
    }

    /** A roster of these people and no trustee. */
    public Roster roster(Person... people) throws MalformedException {
        Roster roster = root.emptyRoster(validity);
        for (Person person : people) {
            roster = root.enrol(roster, person.request(), validity);
        }
        return roster;
    }

    /** Any text as a note by the root. */
    public byte[] sign(String text) {
        return SignedNote.sign(text, key.origin().rootName(), rootSigning);
    }

    /** The lines of a roster before its people. */
    public String rosterHead(long serial) {
        return "lamplighter-roster/v1\norigin " + key.origin().name() + "\nnewsroom "
                + key.id().hex() + "\nserial " + serial + "\n" + validity.lines();
    }

    /** A journalist's line of any content. */
    public static String line(
            SigningKey signing, String state, byte[] self, byte[] byNewsroom, byte[] keys, String name) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "journalist " + signing.verifyingKey().hex() + " " + state + " 20781 " + base64.encodeToString(self)
                + " " + base64.encodeToString(byNewsroom) + " " + base64.encodeToString(keys) + " " + name + "\n";
    }
}
