package org.lamplighter.core.vectors;

import static org.lamplighter.core.vectors.Spelled.chaCha20Poly1305;
import static org.lamplighter.core.vectors.Spelled.concat;
import static org.lamplighter.core.vectors.Spelled.expand;
import static org.lamplighter.core.vectors.Spelled.hex;
import static org.lamplighter.core.vectors.Spelled.hkdf;
import static org.lamplighter.core.vectors.Spelled.named;
import static org.lamplighter.core.vectors.Spelled.pattern;
import static org.lamplighter.core.vectors.Spelled.sha256;
import static org.lamplighter.core.vectors.Spelled.u32;
import static org.lamplighter.core.vectors.Spelled.u64;
import static org.lamplighter.core.vectors.Spelled.utf8;
import static org.lamplighter.core.vectors.Spelled.wide;

import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code vectors/lamplighter/mailbox.json}. Of the code of this project it uses the group arithmetic alone. */
public final class MailboxVectors {
    public static final String FILE = "lamplighter/mailbox.json";

    private static final int N = 64;
    private static final int ENVELOPE = 8176;
    private static final long EPOCH = 1234;
    private static final byte[] NEWSROOM = named("a newsroom");
    private static final byte[] EPOCH_SECRET = concat(named("epoch secret 1"), named("epoch secret 2"));

    private MailboxVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    public static ObjectNode make() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("about", "Mailbox: docs/spec/04-mailbox.md; described in vectors/README.md");
        hintKeys(root.putArray("hint_keys"));
        rerandomisers(root.putArray("rerandomisers"));
        epoch(root.putObject("epoch"));
        bundles(root);
        HeadVectors.heads(root);
        expiries(root.putArray("expiries"));
        buckets(root.putArray("admission"));
        return root;
    }

    /** okm of 4.5. */
    private static byte[] okm(byte[] newsroom, long epoch, byte[] shared, byte[] q) {
        return hkdf(shared, utf8("lamplighter/hint/v1"), concat(newsroom, u64(epoch), q), 48);
    }

    private static void hintKeys(ArrayNode out) {
        for (long epoch : new long[] {1, EPOCH, (1L << 40) + 5}) {
            byte[] shared = named("shared " + epoch);
            byte[] q = named("q " + epoch);
            ObjectNode node = out.addObject();
            node.put("newsroom", hex(NEWSROOM));
            node.put("epoch", epoch);
            node.put("shared", hex(shared));
            node.put("q", hex(q));
            node.put("okm", hex(okm(NEWSROOM, epoch, shared, q)));
        }
    }

    /** r_k of 4.5. */
    private static byte[] r(byte[] secret, long epoch, int position) {
        return wide(expand(secret, concat(utf8("lamplighter/r/v1"), u64(epoch), u32(position)), 64));
    }

    private static void rerandomisers(ArrayNode out) {
        for (long epoch : new long[] {1, EPOCH}) {
            for (int position : new int[] {0, 1, 63, 65_535}) {
                ObjectNode node = out.addObject();
                node.put("epoch_secret", hex(EPOCH_SECRET));
                node.put("epoch", epoch);
                node.put("position", position);
                node.put("r", hex(r(EPOCH_SECRET, epoch, position)));
            }
        }
    }

    static Scalar scalar(byte[] encoded) {
        try {
            return Scalar.decode(encoded);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** A secret key, or the x of a hint, that is named by words. */
    static byte[] scalarNamed(String words) {
        return wide(concat(named(words), named(words + " again")));
    }

    private static RistrettoElement base(byte[] scalar) {
        return RistrettoElement.multiplyBase(scalar(scalar));
    }

    /** Slots 0 to 4 are messages to Ada, 5 to 7 to Ben, the others to keys that nobody has. */
    private static String recipient(int slot) {
        return slot < 5 ? "ada" : slot < 8 ? "ben" : "nobody " + slot;
    }

    private static void epoch(ObjectNode out) {
        out.put("newsroom", hex(NEWSROOM));
        out.put("epoch", EPOCH);
        out.put("epoch_secret", hex(EPOCH_SECRET));
        out.put("envelopes", "byte i of the envelope of slot k is (131 i + 7 k) mod 256");
        // 27 and 64 have no common divisor: a permutation that no counting loop gives.
        int[] slotAt = new int[N];
        Arrays.setAll(slotAt, position -> (27 * position + 11) % N);
        ArrayNode order = out.putArray("slot_at_position");
        Arrays.stream(slotAt).forEach(order::add);
        byte[][] x = new byte[N][];
        byte[][] z = new byte[N][];
        ArrayNode slots = out.putArray("slots");
        for (int slot = 0; slot < N; slot++) {
            byte[] secret = scalarNamed("x " + slot);
            x[slot] = base(secret).encode();
            z[slot] =
                    base(scalarNamed(recipient(slot))).multiply(scalar(secret)).encode();
            ObjectNode node = slots.addObject();
            node.put("x", hex(x[slot]));
            node.put("z", hex(z[slot]));
        }
        byte[] hints = {};
        ArrayNode bodies = out.putArray("body_file_sha256");
        for (int position = 0; position < N; position++) {
            int slot = slotAt[position];
            Scalar r = scalar(r(EPOCH_SECRET, EPOCH, position));
            byte[] q = decode(x[slot]).multiply(r).encode();
            byte[] okm = okm(NEWSROOM, EPOCH, decode(z[slot]).multiply(r).encode(), q);
            hints = concat(hints, q, Arrays.copyOf(okm, 16));
            byte[] body = chaCha20Poly1305(Arrays.copyOfRange(okm, 16, 48), pattern(slot, ENVELOPE));
            bodies.add(hex(sha256(body)));
        }
        out.put("hints", hex(hints));
        scans(out.putArray("scans"), hints, slotAt);
    }

    private static RistrettoElement decode(byte[] encoding) {
        try {
            return RistrettoElement.decode(encoding);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static void scans(ArrayNode out, byte[] hints, int[] slotAt) {
        for (String who : List.of("ada", "ben", "cleo")) {
            ObjectNode node = scan(out, who + " scans", who);
            node.put("epoch", EPOCH);
            found(node, slotAt, who, -1);
        }
        ObjectNode later = scan(out, "the hints of another epoch", "ada");
        later.put("epoch", EPOCH + 1);
        later.putArray("positions");
        int first = firstOf("ada", slotAt);
        ObjectNode tag = scan(out, "a tag with one bit changed", "ada");
        tag.put("epoch", EPOCH);
        tag.put("offset", first * 48 + 47);
        tag.put("bytes", hex(new byte[] {(byte) (hints[first * 48 + 47] ^ 1)}));
        found(tag, slotAt, "ada", first);
        for (String[] bad : HeadVectors.NOT_POINTS) {
            ObjectNode node = scan(out, "Q is " + bad[0], "ada");
            node.put("epoch", EPOCH);
            node.put("offset", first * 48);
            node.put("bytes", bad[1]);
            found(node, slotAt, "ada", first);
        }
        ObjectNode poison = scan(out, "Q is the identity, with the tag that everybody computes for it", "ada");
        poison.put("epoch", EPOCH);
        poison.put("offset", first * 48);
        byte[] identity = new byte[32];
        byte[] okm = okm(NEWSROOM, EPOCH, identity, identity);
        poison.put("bytes", hex(concat(identity, Arrays.copyOf(okm, 16))));
        found(poison, slotAt, "ada", first);
    }

    private static ObjectNode scan(ArrayNode out, String name, String who) {
        ObjectNode node = out.addObject();
        node.put("name", name);
        node.put("fetch_secret_key", hex(scalarNamed(who)));
        return node;
    }

    private static void found(ObjectNode node, int[] slotAt, String who, int but) {
        ArrayNode positions = node.putArray("positions");
        for (int position = 0; position < N; position++) {
            if (recipient(slotAt[position]).equals(who) && position != but) {
                positions.add(position);
            }
        }
    }

    private static int firstOf(String who, int[] slotAt) {
        int position = 0;
        while (!recipient(slotAt[position]).equals(who)) {
            position++;
        }
        return position;
    }

    private static void bundles(ObjectNode root) {
        int row = 64 + ENVELOPE;
        byte[] good = concat(row("x 1", "ada", 1), row("x 2", "nobody", 2), named("a commitment"), pattern(3, 96));
        Cases cases = Cases.of(root.putArray("bundles_of_2"), "two envelopes", good)
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .resized("three envelopes", 24_848, "TRAILING_BYTES")
                .changed("X equals its Z", 32, hex(Arrays.copyOf(good, 32)), "BAD_FIELD")
                .changed("the same X twice", row, hex(Arrays.copyOf(good, 32)), "BAD_FIELD")
                .changed("another byte of an envelope", 64, "ff", "ok")
                .changed("another commitment", 2 * row, hex(named("another")), "ok");
        for (int offset : new int[] {0, 32, row, row + 32}) {
            String which = (offset % row == 0 ? "X" : "Z") + " of envelope " + (offset / row + 1);
            cases.changed("identity as " + which, offset, hex(new byte[32]), "IDENTITY");
            for (String[] bad : HeadVectors.NOT_POINTS) {
                cases.changed(bad[0] + " as " + which, offset, bad[1], "NOT_CANONICAL");
            }
        }
        cases.changed("identity as X and Z of envelope 1", 0, hex(new byte[64]), "IDENTITY");
    }

    private static byte[] row(String x, String recipient, int pattern) {
        byte[] secret = scalarNamed(x);
        byte[] z = base(scalarNamed(recipient)).multiply(scalar(secret)).encode();
        return concat(base(secret).encode(), z, pattern(pattern, ENVELOPE));
    }

    private static void expiries(ArrayNode out) {
        for (long[] c : new long[][] {
            {600, 60, 0, 600},
            {600, 60, 1, 660},
            {600, 60, 60, 660},
            {600, 60, 61, 720},
            {1_209_600, 86_400, 1_795_000_000, 1_796_256_000},
            {1_209_600, 86_400, 1_794_960_000, 1_796_169_600}
        }) {
            ObjectNode node = out.addObject();
            node.put("ttl", c[0]);
            node.put("expiry", c[1]);
            node.put("admitted", c[2]);
            node.put("due", c[3]);
        }
    }

    /** C, the whole bundles that a full bucket holds, and the bundles of a day. */
    private static void buckets(ArrayNode out) {
        for (Object[] c : new Object[][] {
            {"solo", 512, 85, 28},
            {"small", 512, 85, 28},
            {"medium", 1365, 227, 75},
            {"demo", 64, 13, 6582},
            {"demo-solo", 128, 27, 13_165}
        }) {
            ObjectNode node = out.addObject();
            node.put("profile", (String) c[0]);
            node.put("live_bundles_max", (int) c[1]);
            node.put("burst", (int) c[2]);
            node.put("bundles_per_day", (int) c[3]);
        }
    }
}
