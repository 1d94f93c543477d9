package org.lamplighter.core.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.lamplighter.core.words.WordList;
import org.lamplighter.testkit.SeededRandom;
import tools.jackson.databind.JsonNode;

/** The documents of docs/spec 1 spelled out once more, with the JDK's Ed25519 and Bouncy Castle's key generation. */
final class NewsroomWords {
    /** The neutral element of the curve of Ed25519. */
    static final byte[] IDENTITY = Arrays.copyOf(new byte[] {1}, 32);

    private static final int SLOTS = 64;
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final List<String> NAMES = List.of("Ada Example", "Bo Beispiel", "Cy Sample");
    private static final List<String> STATES = List.of("active", "active", "left");

    final Signer root;
    final Signer station;
    final byte[] trusteeKey;
    final List<Person> people = new ArrayList<>();

    private final long today;

    /** Whoever signs: a seed and its verifying key. */
    interface Key {
        byte[] seed();

        byte[] vk();
    }

    /** A key without a person. */
    @SuppressWarnings("ArrayRecordComponent")
    record Signer(byte[] seed, byte[] vk) implements Key {}

    /** A journalist of the proof of concept. */
    @SuppressWarnings("ArrayRecordComponent")
    record Person(byte[] seed, byte[] vk, byte[] keys, byte[] selfSignature, byte[] newsroomSignature) implements Key {}

    NewsroomWords(JsonNode peers, long today) {
        this.today = today;
        root = new Signer(bytes(peers.get("newsroom"), "seed"), bytes(peers.get("newsroom"), "vk"));
        byte[] seed = SeededRandom.of(91).bytes(32);
        byte[] vk = new byte[32];
        Ed25519.generatePublicKey(seed, 0, vk, 0);
        station = new Signer(seed, vk);
        trusteeKey = Arrays.copyOfRange(keyPairs(SeededRandom.of(92)), 1216, 2432);
        for (JsonNode peer : peers.get("journalists")) {
            people.add(new Person(
                    bytes(peer, "sig_seed"),
                    bytes(peer, "vk"),
                    bytes(peer.get("enrollment"), "signed_message"),
                    bytes(peer.get("enrollment"), "signature"),
                    bytes(peer.get("newsroom_signature"), "signature")));
        }
    }

    /** 0.8. */
    byte[] newsroomId() {
        return sha256(root.vk());
    }

    /** 1.5. */
    String fingerprint(byte[] key) {
        String bits = new BigInteger(
                        1, concat(new byte[] {1}, sha256("lamplighter/fingerprint/v1".getBytes(UTF_8), key)))
                .toString(2)
                .substring(1);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            words.add(WordList.english().word(Integer.parseInt(bits.substring(11 * i, 11 * i + 11), 2)));
        }
        return String.join(" ", words);
    }

    String rootVkey() {
        return vkey("harbour-courier/newsroom", root.vk());
    }

    String stationVkey() {
        return vkey("harbour-courier/station", station.vk());
    }

    /** 0.6: NAME+hex(key id)+base64(0x01 || key). */
    String vkey(String name, byte[] key) {
        byte[] typed = concat(new byte[] {1}, key);
        return name + "+" + HexFormat.of().formatHex(keyId(name, key)) + "+" + base64(typed);
    }

    /** 0.6: first 4 bytes of SHA-256(NAME || 0x0A || 0x01 || key). */
    private static byte[] keyId(String name, byte[] key) {
        return Arrays.copyOf(sha256(name.getBytes(UTF_8), new byte[] {10, 1}, key), 4);
    }

    /** A note by the root, 0.6. */
    String note(String text) {
        return noteUnder("harbour-courier/newsroom", text);
    }

    String noteUnder(String name, String text) {
        return text + "\n\u2014 " + name + " "
                + base64(concat(keyId(name, root.vk()), sign(root, text.getBytes(UTF_8)))) + "\n";
    }

    String noteByStranger(String text) {
        String name = "harbour-courier/newsroom";
        return text + "\n\u2014 " + name + " "
                + base64(concat(keyId(name, station.vk()), sign(station, text.getBytes(UTF_8)))) + "\n";
    }

    String noteWithSignature(String text, byte[] signature) {
        String name = "harbour-courier/newsroom";
        return text + "\n\u2014 " + name + " " + base64(concat(keyId(name, root.vk()), signature)) + "\n";
    }

    /** 1.2, profile small. */
    String certificate(long serial, long issued, long expires) {
        return "lamplighter-station/v1\norigin harbour-courier\nnewsroom "
                + HexFormat.of().formatHex(newsroomId()) + "\nstation "
                + HexFormat.of().formatHex(station.vk()) + "\nserial " + serial + "\nissued " + issued + "\nexpires "
                + expires + """

                profile small
                slots 2048
                envelopes 4
                epoch-seconds 3600
                ttl-seconds 1209600
                expiry-seconds 86400
                burst-seconds 259200
                waiting-seconds 259200
                prekey-seconds 43200
                answer-millis 2000
                chunk-ttl-days 90
                chunk-bytes-per-day 17179869184
                """;
    }

    /** 1.3. */
    String rosterHead(long serial) {
        return "lamplighter-roster/v1\norigin harbour-courier\nnewsroom "
                + HexFormat.of().formatHex(newsroomId()) + "\nserial " + serial + "\nissued " + today + "\nexpires "
                + (today + 365) + "\n";
    }

    String roster(long serial) {
        StringBuilder text = new StringBuilder(rosterHead(serial));
        for (Person person : sorted()) {
            text.append("journalist ")
                    .append(HexFormat.of().formatHex(person.vk()))
                    .append(' ')
                    .append(state(person))
                    .append(' ')
                    .append(today)
                    .append(' ')
                    .append(base64(person.selfSignature()))
                    .append(' ')
                    .append(base64(person.newsroomSignature()))
                    .append(' ')
                    .append(base64(person.keys()))
                    .append(' ')
                    .append(name(person))
                    .append('\n');
        }
        return text + trusteeLine("Tess Outside");
    }

    String trusteeLine(String name) {
        return "trustee " + base64(trusteeKey) + " " + name + "\n";
    }

    List<Person> sorted() {
        return people.stream()
                .sorted(Comparator.comparing(Person::vk, Arrays::compareUnsigned))
                .toList();
    }

    String name(Person person) {
        return NAMES.get(people.indexOf(person));
    }

    String state(Person person) {
        return STATES.get(people.indexOf(person));
    }

    int active() {
        return 2;
    }

    int indexOfActive(Person person) {
        return sorted().stream()
                .filter(one -> state(one).equals("active"))
                .toList()
                .indexOf(person);
    }

    /** 1.4, self-signed over {@code keys}, whatever they are. */
    String enrolment(String name, Person person, byte[] keys) {
        return "lamplighter-enrolment/v1\nname " + name + "\njournalist "
                + HexFormat.of().formatHex(person.vk()) + "\nsignature " + base64(sign(person, "j-sig-ltk", keys))
                + "\nkeys "
                + base64(keys) + "\n";
    }

    String stationRequest(byte[] vk) {
        return "lamplighter-station-request/v1\nstation " + HexFormat.of().formatHex(vk) + "\n";
    }

    String trusteeRequest(String name, byte[] key) {
        return "lamplighter-trustee-request/v1\nname " + name + "\nkey " + base64(key) + "\n";
    }

    /** 1.6. */
    byte[] upload(Person person, long firstSlot) {
        byte[] head = signedHead(person, firstSlot);
        byte[] out = concat(new byte[] {1}, head, sign(person, "ll-j-slots", head));
        for (long slot = firstSlot; slot < firstSlot + SLOTS; slot++) {
            out = concat(out, pair(person, slot));
        }
        return out;
    }

    /** What {@code ll-j-slots} signs. */
    private byte[] signedHead(Person person, long firstSlot) {
        return concat(
                newsroomId(),
                person.vk(),
                ByteBuffer.allocate(4).putInt((int) firstSlot).array(),
                new byte[] {0, SLOTS},
                tree(person, firstSlot, 0, SLOTS));
    }

    private byte[] tree(Person person, long firstSlot, int from, int to) {
        if (to - from == 1) {
            return sha256(
                    new byte[] {0},
                    ByteBuffer.allocate(4).putInt((int) (firstSlot + from)).array(),
                    pair(person, firstSlot + from));
        }
        int middle = (from + to) / 2;
        return sha256(new byte[] {1}, tree(person, firstSlot, from, middle), tree(person, firstSlot, middle, to));
    }

    /** APKE and PKE key of a slot, 2432 bytes. */
    byte[] pair(Person person, long slot) {
        return keyPairs(SeededRandom.of(1000L * people.indexOf(person) + slot));
    }

    private static byte[] keyPairs(SeededRandom random) {
        return concat(x25519(random), mlKem(random), mlKem(random), x25519(random));
    }

    private static byte[] x25519(SeededRandom random) {
        byte[] key = new byte[32];
        X25519.generatePublicKey(random.bytes(32), 0, key, 0);
        return key;
    }

    private static byte[] mlKem(SeededRandom random) {
        return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, random.bytes(64)).getPublicKey();
    }

    /** 1.7: Ada has prekeys, Bo has none, Cy has left. */
    byte[] keysFile(long slot) {
        byte[] roster = note(roster(3)).getBytes(UTF_8);
        byte[] out = concat(
                new byte[] {1},
                ByteBuffer.allocate(8).putInt((int) slot).putInt(roster.length).array(),
                roster,
                new byte[] {0, (byte) active()});
        for (Person person : sorted()) {
            if (state(person).equals("active")) {
                out = concat(out, person.equals(people.getFirst()) ? entry(person, slot - 5, slot) : new byte[2725]);
            }
        }
        return out;
    }

    private byte[] entry(Person person, long firstSlot, long slot) {
        byte[] head = signedHead(person, firstSlot);
        int index = (int) (slot - firstSlot);
        byte[] path = new byte[0];
        for (int width = 1; width < SLOTS; width *= 2) {
            int sibling = (index / width) ^ 1;
            path = concat(path, tree(person, firstSlot, sibling * width, (sibling + 1) * width));
        }
        return concat(
                new byte[] {1},
                ByteBuffer.allocate(4).putInt((int) firstSlot).array(),
                Arrays.copyOfRange(head, head.length - 32, head.length),
                sign(person, "ll-j-slots", head),
                pair(person, slot),
                path);
    }

    /** 0.5. */
    byte[] sign(Key key, String tag, byte[] message) {
        return sign(key, concat(new byte[] {(byte) tag.length()}, tag.getBytes(UTF_8), message));
    }

    byte[] sign(Key key, byte[] message) {
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(concat(PKCS8, key.seed())));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(concat(parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asString());
    }
}
