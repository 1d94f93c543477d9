package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lamplighter.core.envelope.ApkeSecretKey;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.envelope.OpeningKeys;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519KeyPair;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.wire.MalformedException;

/** The key objects of the vector files, each checked while it is read: secret against public parts, and how they are encoded. */
final class PocKeys {
    private PocKeys() {}

    /** A pair for SD-APKE, in the untyped form that the proof of concept's codec needs and in ours. */
    record Apke(X25519KeyPair x25519, MlKem768.SecretKey mlKem, ApkeSecretKey typed) {
        static Apke read(Fields fields) throws Mismatch, MalformedException {
            X25519KeyPair x25519 = X25519KeyPair.of(fields.hex("x25519_sk"));
            fields.expect("x25519_sk", x25519.secretKey());
            fields.expect("x25519_pk", x25519.publicKey());
            MlKem768.SecretKey mlKem = MlKem768.SecretKey.importExpanded(fields.hex("mlkem768_dk"));
            fields.expect("mlkem768_dk", mlKem.toExpanded());
            fields.expect("mlkem768_ek", mlKem.publicKey().toByteArray());
            Encapsulation probe = mlKem.publicKey().encapsulate(new byte[MlKem768.RANDOMNESS_BYTES]);
            Mismatch.unless(
                    mlKem.decapsulate(probe.ciphertext()).matches(probe.sharedSecret()),
                    "mlkem768_dk is not the key of mlkem768_ek");
            ApkeSecretKey typed = ApkeSecretKey.importExpanded(x25519.secretKey(), mlKem.toExpanded());
            fields.expect("apke_pk", join(fields.hex("x25519_pk"), fields.hex("mlkem768_ek")));
            fields.expect("apke_pk", typed.publicKey().toByteArray());
            return new Apke(x25519, mlKem, typed);
        }

        byte[] publicKey() {
            return typed.publicKey().toByteArray();
        }

        boolean matches(Apke other) {
            return x25519.secretKey().matches(other.x25519.secretKey())
                    && mlKem.toExpanded().matches(other.mlKem.toExpanded());
        }
    }

    /** Keys with which one message is received. */
    record Bundle(Apke apke, XWing.SecretKey xWing, PkeSecretKey typed) {
        static Bundle read(Fields fields) throws Mismatch, MalformedException {
            XWing.SecretKey xWing = XWing.SecretKey.fromSeed(fields.hex("xwing_sk"));
            fields.expect("xwing_pk", xWing.publicKey().toByteArray());
            return new Bundle(Apke.read(fields.child("apke")), xWing, PkeSecretKey.fromSeed(fields.secret("xwing_sk")));
        }
    }

    /** A source or journalist with all its keys. */
    record User(FetchSecretKey fetch, Apke sending, List<Bundle> bundles) {
        static User read(Fields fields) throws Mismatch, MalformedException {
            FetchSecretKey fetch = readFetch(fields);
            Apke sending = Apke.read(fields.child("auth_apke"));
            List<Bundle> bundles = new ArrayList<>();
            for (Fields bundle : fields.list("bundles")) {
                bundles.add(Bundle.read(bundle));
            }
            Mismatch.unless(!bundles.isEmpty(), "bundles is empty");
            return new User(fetch, sending, List.copyOf(bundles));
        }

        OpeningKeys opening(int bundle) {
            return new OpeningKeys(
                    bundles.get(bundle).apke().typed(), bundles.get(bundle).typed(), fetch.publicKey());
        }
    }

    static FetchSecretKey readFetch(Fields fields) throws Mismatch, MalformedException {
        FetchSecretKey fetch = FetchSecretKey.parse(fields.secret("fetch_sk"));
        fields.expect("fetch_pk", fetch.publicKey().toByteArray());
        return fetch;
    }

    /** The users of a file, by kind and index; each is one vector. */
    static final class Users {
        private final Map<String, User> users = new HashMap<>();

        static Users read(Fields file, Tally tally) {
            Users users = new Users();
            for (String kind : List.of("source", "journalist")) {
                int[] index = {0};
                tally.vectors(file, kind + "s", fields -> {
                    int at = index[0]++;
                    User user = User.read(fields);
                    Mismatch.unless(
                            kind.equals("journalist")
                                    || (user.bundles().size() == 1
                                            && user.bundles().getFirst().apke().matches(user.sending())),
                            "a source sends and receives with one key");
                    users.users.put(kind + at, user);
                });
            }
            return users;
        }

        /** The user that {@code reference}, {kind, index}, names. */
        User get(Fields reference) throws Mismatch {
            User user = users.get(reference.text("kind") + reference.number("index"));
            if (user == null) {
                throw new Mismatch("the user it names is missing or wrong");
            }
            return user;
        }

        List<User> all() {
            return List.copyOf(users.values());
        }
    }
}
