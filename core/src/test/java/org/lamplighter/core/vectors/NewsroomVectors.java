package org.lamplighter.core.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code vectors/lamplighter/newsroom.json} from the words of docs/spec 0 and 1 ({@link NewsroomWords}), not from the
 * code that it checks. The newsroom and its journalists are those of {@code vectors/enrolment.json}, so that their
 * signatures are also the proof of concept's.
 */
public final class NewsroomVectors {
    /** Below {@code vectors/}. */
    public static final String FILE = "lamplighter/newsroom.json";

    static final long TODAY = 20_781;
    static final long SLOT = 41_562;

    private final NewsroomWords words = new NewsroomWords(Vectors.read("enrolment.json"), TODAY);
    private final ArrayNode cases = JsonNodeFactory.instance.arrayNode();

    private NewsroomVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    static ObjectNode make() {
        return new NewsroomVectors().all();
    }

    private ObjectNode all() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", "lamplighter/newsroom/v1");
        root.put(
                "about",
                "Newsroom, station, journalists: docs/spec/01-newsroom.md; described in newsroom.md beside it");
        root.put("newsroom_key", words.rootVkey())
                .put("newsroom_id", hex(words.newsroomId()))
                .put("newsroom_fingerprint", words.fingerprint(words.root.vk()))
                .put("today", TODAY)
                .put("prekey_slot", SLOT);
        root.set("cases", cases);
        keyLines();
        requests();
        certificates();
        rosters();
        uploads();
        keysFiles();
        return root;
    }

    private void keyLines() {
        String good = words.rootVkey();
        ok("newsroom-key", "root of the newsroom", good);
        bad("newsroom-key", "key of a station", "BAD_FIELD", "only a root key is pinned", words.stationVkey());
        bad(
                "newsroom-key",
                "another name, same id",
                "NOT_CANONICAL",
                "id names other bytes",
                good.replace("courier", "journal"));
        bad(
                "newsroom-key",
                "base64 without padding",
                "BAD_FIELD",
                "one form of base64",
                good.substring(0, good.length() - 1));
        bad("newsroom-key", "capital letters", "BAD_FIELD", "an origin has none", good.replace("harbour", "Harbour"));
        bad("newsroom-key", "no id", "BAD_FIELD", "three fields", good.replaceFirst("\\+[0-9a-f]{8}", ""));
        bad(
                "newsroom-key",
                "identity as key",
                "NOT_CANONICAL",
                "a key of small order verifies everything",
                words.vkey("harbour-courier/newsroom", NewsroomWords.IDENTITY));
    }

    private void requests() {
        NewsroomWords.Person ada = words.people.get(0);
        String good = words.enrolment("Ada Example", ada, ada.keys());
        ok("enrolment-request", "a journalist of the proof of concept", good)
                .put("fingerprint", words.fingerprint(ada.vk()));
        bad("enrolment-request", "version 2", "UNKNOWN_VERSION", "first line", good.replace("/v1", "/v2"));
        bad("enrolment-request", "no end of line", "TRUNCATED", "last line", good.substring(0, good.length() - 1));
        bad("enrolment-request", "a line more", "TRAILING_BYTES", "none more", good + "note urgent\n");
        bad(
                "enrolment-request",
                "lines exchanged",
                "BAD_FIELD",
                "exactly this order",
                good.replaceFirst("(name .*\n)(journalist .*\n)", "$2$1"));
        bad("enrolment-request", "carriage returns", "BAD_FIELD", "no control characters", good.replace("\n", "\r\n"));
        bad(
                "enrolment-request",
                "right-to-left override in the name",
                "BAD_FIELD",
                "no format characters",
                good.replace("Ada Example", "Ada \u202eelpmaxE"));
        bad(
                "enrolment-request",
                "space at the end of the name",
                "BAD_FIELD",
                "not last",
                good.replace("Example\n", "Example \n"));
        bad(
                "enrolment-request",
                "65 characters",
                "BAD_FIELD",
                "at most 64",
                good.replace("Ada Example", "a".repeat(65)));
        bad(
                "enrolment-request",
                "key in capitals",
                "BAD_FIELD",
                "hex is lower case",
                good.replace(hex(ada.vk()), HexFormat.of().withUpperCase().formatHex(ada.vk())));
        bad(
                "enrolment-request",
                "keys of another journalist",
                "BAD_SIGNATURE",
                "the signature is over these bytes",
                good.replace(base64(ada.keys()), base64(words.people.get(1).keys())));
        bad(
                "enrolment-request",
                "signature under tag j-sig-eph",
                "BAD_SIGNATURE",
                "the tag is j-sig-ltk",
                good.replace(base64(ada.selfSignature()), base64(words.sign(ada, "j-sig-eph", ada.keys()))));
        bad(
                "enrolment-request",
                "identity as fetch key, well signed",
                "IDENTITY",
                "hints to it open for everybody",
                words.enrolment("Ada Example", ada, with(ada.keys(), 1216, new byte[32])));
        bad(
                "enrolment-request",
                "fetch key not canonical, well signed",
                "NOT_CANONICAL",
                "one encoding",
                words.enrolment("Ada Example", ada, with(ada.keys(), 1216, filled(32, 0xff))));
        bad(
                "enrolment-request",
                "ML-KEM coefficient above q, well signed",
                "NOT_CANONICAL",
                "FIPS 203 section 7.2",
                words.enrolment("Ada Example", ada, with(ada.keys(), 32, filled(3, 0xff))));
        ok("station-request", "a station", words.stationRequest(words.station.vk()))
                .put("fingerprint", words.fingerprint(words.station.vk()));
        bad(
                "station-request",
                "identity as key",
                "NOT_CANONICAL",
                "small order",
                words.stationRequest(NewsroomWords.IDENTITY));
        ok("trustee-request", "a trustee", words.trusteeRequest("Tess Outside", words.trusteeKey))
                .put("fingerprint", words.fingerprint(words.trusteeKey));
        bad(
                "trustee-request",
                "key too short",
                "BAD_FIELD",
                "1216 bytes",
                words.trusteeRequest("Tess Outside", Arrays.copyOf(words.trusteeKey, 1215)));
    }

    private void certificates() {
        String good = words.certificate(1, TODAY, TODAY + 365);
        ObjectNode values = ok("station-certificate", "profile small", words.note(good));
        values.put("serial", 1)
                .put("station", hex(words.station.vk()))
                .put("slots", 2048)
                .put("bundles_a_day", 28);
        ok(
                "station-certificate",
                "issued tomorrow, for a clock that is late",
                words.note(words.certificate(2, TODAY + 1, TODAY + 2)));
        bad(
                "station-certificate",
                "issued the day after tomorrow",
                "OUT_OF_DATE",
                "issued - 1 <= today",
                words.note(words.certificate(2, TODAY + 2, TODAY + 9)));
        bad(
                "station-certificate",
                "expires today",
                "OUT_OF_DATE",
                "today < expires",
                words.note(words.certificate(2, TODAY - 9, TODAY)));
        bad(
                "station-certificate",
                "expires before it is issued",
                "BAD_FIELD",
                "no such validity",
                words.note(words.certificate(2, TODAY, TODAY)));
        bad(
                "station-certificate",
                "by another newsroom",
                "WRONG_SIGNER",
                "key id of another key",
                words.noteByStranger(good));
        bad(
                "station-certificate",
                "signature of a stranger under our key id",
                "BAD_SIGNATURE",
                "Ed25519",
                words.noteWithSignature(good, words.sign(words.people.get(2), good.getBytes(UTF_8))));
        bad(
                "station-certificate",
                "signed under the station's name",
                "WRONG_SIGNER",
                "the root's name is pinned",
                words.noteUnder("harbour-courier/station", good));
        bad(
                "station-certificate",
                "of another newsroom id",
                "WRONG_SIGNER",
                "newsroom line",
                words.note(good.replace(hex(words.newsroomId()), "11".repeat(32))));
        bad(
                "station-certificate",
                "of another origin",
                "WRONG_SIGNER",
                "origin line",
                words.note(good.replace("origin harbour-courier", "origin city-paper")));
        bad("station-certificate", "no signature", "TRUNCATED", "text alone", good);
        bad("station-certificate", "text and an empty line", "TRUNCATED", "no signature line", good + "\n");
        bad(
                "station-certificate",
                "signed twice",
                "BAD_FIELD",
                "exactly one signature",
                words.note(good) + words.note(good).substring(good.length() + 1));
        bad("station-certificate", "a roster", "UNKNOWN_VERSION", "first line", words.note(words.roster(1)));
        for (String[] change : new String[][] {
            {"slots 2048", "slots 2049", "a multiple of 64"},
            {"slots 2048", "slots 131072", "64 to 65,536"},
            {"envelopes 4", "envelopes 5", "2 to 4"},
            {"epoch-seconds 3600", "epoch-seconds 0", "1 to 86,400"},
            {"ttl-seconds 1209600", "ttl-seconds 2592001", "60 s to 30 days"},
            {"expiry-seconds 86400", "expiry-seconds 86401", "1 to 86,400"},
            {"waiting-seconds 259200", "waiting-seconds 3599", "at least an epoch"},
            {"serial 1", "serial 01", "one form of a number"},
            {"serial 1", "serial +1", "no sign"},
            {"serial 1", "serial 1000000000000000000", "at most 18 digits"},
            {"expires 21146", "expires 1000001", "a day is at most 1,000,000"},
            {"answer-millis 2000\n", "", "none missing"},
        }) {
            bad(
                    "station-certificate",
                    change[1].isEmpty() ? "a line missing" : change[1],
                    "BAD_FIELD",
                    change[2],
                    words.note(good.replaceFirst(change[0], change[1])));
        }
        bad("station-certificate", "a line more", "TRAILING_BYTES", "none more", words.note(good + "colour blue\n"));
    }

    private void rosters() {
        NewsroomWords.Person ada = words.people.get(0);
        NewsroomWords.Person bo = words.people.get(1);
        String good = words.roster(3);
        ObjectNode values = ok("roster", "three journalists and a trustee", words.note(good));
        values.put("serial", 3);
        ArrayNode people = values.putArray("journalists");
        words.sorted()
                .forEach(person -> people.addObject()
                        .put("id", hex(NewsroomWords.sha256(person.vk())).substring(0, 16))
                        .put("name", words.name(person))
                        .put("state", words.state(person)));
        ok("roster", "of nobody", words.note(words.rosterHead(1)))
                .put("serial", 1)
                .putArray("journalists");
        bad("roster", "signed by a stranger", "WRONG_SIGNER", "enrolment by anybody", words.noteByStranger(good));
        bad(
                "roster",
                "a journalist whom the newsroom did not sign",
                "BAD_SIGNATURE",
                "enrolment by anybody",
                words.note(good.replace(base64(ada.newsroomSignature()), base64(words.sign(ada, "nr-sig", ada.vk())))));
        bad(
                "roster",
                "newsroom's signature under tag fpf-sig-nr",
                "BAD_SIGNATURE",
                "the tag is nr-sig",
                words.note(good.replace(
                        base64(ada.newsroomSignature()), base64(words.sign(words.root, "fpf-sig-nr", ada.vk())))));
        bad(
                "roster",
                "newsroom's signature on somebody else",
                "BAD_SIGNATURE",
                "over this key",
                words.note(good.replace(base64(ada.newsroomSignature()), base64(bo.newsroomSignature()))));
        bad(
                "roster",
                "long-term keys that differ from the signed bytes",
                "BAD_SIGNATURE",
                "self signature",
                words.note(good.replace(
                        base64(ada.keys()),
                        base64(with(ada.keys(), 1216, Arrays.copyOfRange(bo.keys(), 1216, 1248))))));
        bad(
                "roster",
                "self signature of another journalist",
                "BAD_SIGNATURE",
                "by this key",
                words.note(good.replace(base64(ada.selfSignature()), base64(bo.selfSignature()))));
        byte[] identity = with(ada.keys(), 1216, new byte[32]);
        bad(
                "roster",
                "identity as fetch key, well signed",
                "IDENTITY",
                "hints to it open for everybody",
                words.note(good.replace(base64(ada.keys()), base64(identity))
                        .replace(base64(ada.selfSignature()), base64(words.sign(ada, "j-sig-ltk", identity)))));
        String[] lines = good.split("(?=journalist )", 4);
        bad(
                "roster",
                "journalists out of order",
                "NOT_CANONICAL",
                "ascending keys",
                words.note(lines[0] + lines[2] + lines[1] + lines[3]));
        bad(
                "roster",
                "a journalist twice",
                "NOT_CANONICAL",
                "ascending keys",
                words.note(lines[0] + lines[1] + lines[1] + lines[2] + lines[3]));
        bad(
                "roster",
                "two of one name",
                "NOT_CANONICAL",
                "no name twice",
                words.note(good.replace(words.name(bo), words.name(ada))));
        bad(
                "roster",
                "trustee before the journalists",
                "TRAILING_BYTES",
                "journalists first",
                words.note(lines[0] + words.trusteeLine("Tess Outside") + lines[1]));
        bad(
                "roster",
                "unknown state",
                "BAD_FIELD",
                "active, left, compromised",
                words.note(good.replace(" left ", " away ")));
        bad("roster", "65 journalists", "TOO_LARGE", "at most 64", words.note(lines[0] + lines[1].repeat(65)));
        bad(
                "roster",
                "base64 with bits after the end",
                "NOT_CANONICAL",
                "one encoding",
                words.note(good.replace(
                        base64(ada.selfSignature()), base64(ada.selfSignature()).replaceFirst("[AQgw]==$", "B=="))));
        ok("roster-successor", "a newer one", words.note(words.roster(4))).put("after", 3);
        ok("roster-successor", "the same again", words.note(good)).put("after", 3);
        bad("roster-successor", "an older one", "OUT_OF_DATE", "a serial never goes back", words.note(words.roster(2)))
                .put("after", 3);
        bad(
                        "roster-successor",
                        "another one of the same serial",
                        "OUT_OF_DATE",
                        "each serial is signed once",
                        words.note(good.replace(" left ", " active ")))
                .put("after", 3);
    }

    private void uploads() {
        byte[] good = words.upload(words.people.get(0), SLOT - 5);
        hex("prekey-upload", "upload", "ok", "64 slots of a journalist", good)
                .put("journalist", hex(words.people.get(0).vk()))
                .put("first_slot", SLOT - 5)
                .put("root", hex(Arrays.copyOfRange(good, 71, 103)));
        patched("prekey-upload", "another version", "UNKNOWN_VERSION", "u8 1", "upload", 0, "02");
        patched("prekey-upload", "for another newsroom", "WRONG_SIGNER", "newsroom id", "upload", 1, "11".repeat(32));
        patched(
                "prekey-upload",
                "under another journalist",
                "BAD_SIGNATURE",
                "a replay under one's own name",
                "upload",
                33,
                hex(words.people.get(1).vk()));
        patched(
                "prekey-upload",
                "key of small order",
                "NOT_CANONICAL",
                "it would verify anything",
                "upload",
                33,
                hex(NewsroomWords.IDENTITY));
        patched(
                "prekey-upload",
                "for later slots",
                "BAD_SIGNATURE",
                "a replay for another time",
                "upload",
                65,
                String.format("%08x", SLOT + 59));
        patched("prekey-upload", "63 slots", "BAD_FIELD", "count is 64", "upload", 69, "003f");
        patched("prekey-upload", "slots beyond 32 bits", "BAD_FIELD", "last slot", "upload", 65, "ffffffff");
        patched("prekey-upload", "another root", "BAD_SIGNATURE", "it is signed", "upload", 71, "00".repeat(32));
        patched(
                "prekey-upload",
                "signature under tag j-sig-eph",
                "BAD_SIGNATURE",
                "the tag is ll-j-slots",
                "upload",
                103,
                hex(words.sign(words.people.get(0), "j-sig-eph", Arrays.copyOfRange(good, 1, 103))));
        patched(
                "prekey-upload",
                "a key that is not under the root",
                "WRONG_HASH",
                "the leaf covers it",
                "upload",
                167 + 3 * 2432,
                hex(Arrays.copyOfRange(good, 167, 167 + 2432)));
        patched("prekey-upload", "a byte less", "TRUNCATED", "155,815 bytes", "upload", 0, "")
                .put("cut", good.length - 1);
        patched("prekey-upload", "a byte more", "TRAILING_BYTES", "155,815 bytes", "upload", 0, "")
                .put("append", "00");
    }

    private void keysFiles() {
        NewsroomWords.Person ada = words.people.get(0);
        byte[] good = words.keysFile(SLOT);
        int entries = good.length - words.active() * 2725;
        int adasEntry = entries + words.indexOfActive(ada) * 2725;
        int absent = entries + (1 - words.indexOfActive(ada)) * 2725;
        ObjectNode values =
                hex("keys-file", "keys", "ok", "one journalist with a prekey, one without, one who left", good);
        ArrayNode people = values.putArray("addressees");
        words.sorted().stream()
                .filter(person -> words.state(person).equals("active"))
                .forEach(person -> people.addObject()
                        .put("name", words.name(person))
                        .put("prekey", person.equals(ada) ? hex(NewsroomWords.sha256(words.pair(ada, SLOT))) : ""));
        patched("keys-file", "another version", "UNKNOWN_VERSION", "u8 1", "keys", 0, "02");
        patched(
                "keys-file",
                "an hour later in the header",
                "OUT_OF_DATE",
                "the entry is not for this slot",
                "keys",
                1,
                String.format("%08x", SLOT + 64));
        patched(
                "keys-file",
                "another slot of the same upload",
                "WRONG_HASH",
                "the leaf names the slot",
                "keys",
                1,
                String.format("%08x", SLOT + 1));
        patched("keys-file", "roster longer than a note", "TOO_LARGE", "262,144 bytes", "keys", 5, "00040001");
        patched("keys-file", "a changed roster", "BAD_SIGNATURE", "it is a signed note", "keys", 9 + 60, "7a");
        patched(
                "keys-file",
                "three entries",
                "BAD_FIELD",
                "one for each active journalist",
                "keys",
                entries - 2,
                "0003");
        patched("keys-file", "neither present nor absent", "BAD_FIELD", "0 or 1", "keys", adasEntry, "02");
        patched("keys-file", "absent and yet there", "NOT_CANONICAL", "all zero", "keys", adasEntry, "00");
        patched("keys-file", "a byte in an absent entry", "NOT_CANONICAL", "all zero", "keys", absent + 2724, "01");
        patched(
                "keys-file",
                "an entry of somebody else",
                "BAD_SIGNATURE",
                "signed by another journalist",
                "keys",
                absent,
                hex(Arrays.copyOfRange(good, adasEntry, adasEntry + 2725)));
        patched(
                "keys-file",
                "a changed path",
                "WRONG_HASH",
                "it leads elsewhere",
                "keys",
                adasEntry + 2533,
                "00".repeat(32));
        patched(
                "keys-file",
                "a changed signature",
                "BAD_SIGNATURE",
                "Ed25519",
                "keys",
                adasEntry + 37,
                "00".repeat(64));
        patched(
                "keys-file",
                "a low-order X25519 key",
                "IDENTITY",
                "its shared secret is known",
                "keys",
                adasEntry + 101,
                "00".repeat(32));
        patched("keys-file", "an entry less", "TRUNCATED", "count x entry", "keys", 0, "")
                .put("cut", good.length - 2725);
        patched("keys-file", "a byte more", "TRAILING_BYTES", "nothing after the end", "keys", 0, "")
                .put("append", "00");
    }

    private ObjectNode ok(String kind, String name, String text) {
        return node(kind, name, "ok").put("text", text);
    }

    private ObjectNode bad(String kind, String name, String reason, String why, String text) {
        return node(kind, name, reason).put("why", why).put("text", text);
    }

    private ObjectNode hex(String kind, String name, String expect, String why, byte[] bytes) {
        return node(kind, name, expect).put("why", why).put("input_hex", hex(bytes));
    }

    private ObjectNode patched(String kind, String name, String reason, String why, String base, int at, String hex) {
        return node(kind, name, reason)
                .put("why", why)
                .put("base", base)
                .put("at", at)
                .put("replace", hex);
    }

    private ObjectNode node(String kind, String name, String expect) {
        return cases.addObject().put("kind", kind).put("name", name).put("expect", expect);
    }

    private static byte[] with(byte[] bytes, int at, byte[] part) {
        byte[] out = bytes.clone();
        System.arraycopy(part, 0, out, at, part.length);
        return out;
    }

    private static byte[] filled(int length, int value) {
        byte[] out = new byte[length];
        Arrays.fill(out, (byte) value);
        return out;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
