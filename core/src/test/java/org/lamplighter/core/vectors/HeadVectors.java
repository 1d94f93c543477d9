package org.lamplighter.core.vectors;

import static org.lamplighter.core.vectors.Spelled.concat;
import static org.lamplighter.core.vectors.Spelled.hex;
import static org.lamplighter.core.vectors.Spelled.named;
import static org.lamplighter.core.vectors.Spelled.note;
import static org.lamplighter.core.vectors.Spelled.sha256;
import static org.lamplighter.core.vectors.Spelled.u32;
import static org.lamplighter.core.vectors.Spelled.utf8;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of {@code mailbox.json} about heads and their chain (docs/spec/04-mailbox.md 4.7, 4.8). */
final class HeadVectors {
    /** Strings of 32 bytes that are no encoding (RFC 9496 appendix A.3), one of each family. */
    static final String[][] NOT_POINTS = {
        {"a field element that is not reduced", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
        {"a number above 2^255", "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
        {"a negative field element", "0100000000000000000000000000000000000000000000000000000000000000"},
        {"a number whose x^2 is no square", "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371"},
        {"a number with negative xy", "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e"},
        {"minus one, for which y is zero", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}
    };

    private static final byte[] SEED = named("a station");
    private static final String NAME = "harbour-courier/station";
    private static final int WINDOW = 512;

    private HeadVectors() {}

    static void heads(ObjectNode root) {
        root.put("station_seed", hex(SEED));
        root.put("station_vkey_name", NAME);
        List<String> texts = new ArrayList<>();
        byte[] chain = new byte[32];
        ArrayNode heads = root.putArray("heads");
        for (int epoch = 1; epoch <= 3; epoch++) {
            String core = coreText(epoch);
            chain = link(chain, sha256(utf8(core)));
            texts.add(core + "chain " + hex(chain) + "\n");
            ObjectNode node = heads.addObject();
            node.put("epoch", epoch);
            node.put("core", hex(sha256(utf8(core))));
            node.put("chain", hex(chain));
            node.put("note", note(texts.getLast(), NAME, SEED));
        }
        headCases(root.putArray("head_cases"), texts.getFirst());
        headTimes(root.putArray("head_times"));
        chains(root);
    }

    /** Times and prekey slots of a station whose epochs last an hour and whose prekey slots half a day. */
    private static void headTimes(ArrayNode out) {
        time(out, "first boundary of a slot", 1_794_960_000, 41_550, "ok");
        time(out, "last boundary of a slot", 1_794_999_600, 41_550, "ok");
        time(out, "first boundary of the next slot", 1_795_003_200, 41_551, "ok");
        time(out, "the slot before", 1_794_960_000, 41_549, "BAD_FIELD");
        time(out, "a slot that is over", 1_795_003_200, 41_550, "BAD_FIELD");
        time(out, "the slot after", 1_794_999_600, 41_551, "BAD_FIELD");
        time(out, "a second after a boundary", 1_794_960_001, 41_550, "BAD_FIELD");
    }

    private static void time(ArrayNode out, String name, long time, long slot, String result) {
        ObjectNode node = out.addObject();
        node.put("name", name);
        node.put("time", time);
        node.put("prekey_slot", slot);
        node.put("epoch_seconds", 3600);
        node.put("prekey_seconds", 43_200);
        node.put("result", result);
    }

    /** The file {@code chain} of the head of epoch 3, which reaches back to epoch 1. */
    private static void chainFiles(ObjectNode root) {
        ObjectNode head = root.putObject("chain_file_head");
        head.put("epoch", 3);
        head.put("core", hex(core(3, 0)));
        head.put("chain", hex(value(3, 0)));
        byte[] good = file(3, 0);
        Cases.of(root.putArray("chain_files"), "of epoch 3", good)
                .resized("one byte short", good.length - 1, "TRUNCATED")
                .resized("one byte long", good.length + 1, "TRAILING_BYTES")
                .resized("empty", 0, "TRUNCATED")
                .changed("a core of epoch 0", 508 * 32 + 31, "01", "NOT_CANONICAL")
                .changed("another core of this epoch", 511 * 32, hex(core(3, 3)), "WRONG_HASH")
                .changed("another core of epoch 1", 509 * 32, hex(core(1, 1)), "WRONG_HASH")
                .input("of epoch 4", file(4, 0), "NOT_CANONICAL");
    }

    private static String coreText(int epoch) {
        StringBuilder text = new StringBuilder("lamplighter-head/v1\norigin harbour-courier\n")
                .append("epoch " + epoch + "\ntime " + (1_795_000_000L + 3600L * epoch) + "\nprekey-slot 41550\n")
                .append("parameters " + hex(named("parameters")) + "\n")
                .append("keys " + hex(named("keys " + epoch)) + "\n")
                .append("hints " + hex(named("hints " + epoch)) + "\n");
        for (int file = 0; file < 64; file++) {
            String number = (file < 10 ? "0" : "") + file;
            text.append("body " + number + " " + hex(named("body " + number + " " + epoch)) + "\n");
        }
        return text.toString();
    }

    private static byte[] link(byte[] before, byte[] core) {
        return sha256(utf8("lamplighter/chain/v1"), before, core);
    }

    private static void headCases(ArrayNode out, String good) {
        add(out, "good", note(good, NAME, SEED), "ok");
        add(out, "signed by another key", note(good, NAME, named("another station")), "WRONG_SIGNER");
        add(out, "signed under another name", note(good, "canal-post/station", SEED), "WRONG_SIGNER");
        add(out, "of another origin", signed(good, "harbour-courier\n", "canal-post\n"), "WRONG_SIGNER");
        add(
                out,
                "text changed after signing",
                note(good, NAME, SEED).replace("epoch 1\n", "epoch 2\n"),
                "BAD_SIGNATURE");
        add(out, "no signature", good, "TRUNCATED");
        add(out, "another version", signed(good, "head/v1", "head/v2"), "UNKNOWN_VERSION");
        add(out, "another document", signed(good, "lamplighter-head", "lamplighter-roster"), "UNKNOWN_VERSION");
        add(out, "epoch zero", signed(good, "epoch 1\n", "epoch 0\n"), "BAD_FIELD");
        add(out, "leading zero", signed(good, "epoch 1\n", "epoch 01\n"), "BAD_FIELD");
        add(out, "negative time", signed(good, "time 1", "time -1"), "BAD_FIELD");
        add(out, "prekey slot above u32", signed(good, "slot 41550", "slot 4294967296"), "BAD_FIELD");
        add(out, "upper case hex", signed(good, "keys " + first(good, "keys "), "keys A"), "BAD_FIELD");
        add(out, "two spaces", signed(good, "keys ", "keys  "), "BAD_FIELD");
        add(out, "line missing", note(good.replaceFirst("body 40 .*\n", ""), NAME, SEED), "BAD_FIELD");
        add(
                out,
                "lines swapped",
                note(good.replaceFirst("(body 40 .*\n)(body 41 .*\n)", "$2$1"), NAME, SEED),
                "BAD_FIELD");
        add(out, "no chain", note(good.replaceFirst("chain .*\n", ""), NAME, SEED), "BAD_FIELD");
        add(out, "line more", note(good + "note hello\n", NAME, SEED), "TRAILING_BYTES");
    }

    private static String first(String text, String key) {
        int at = text.indexOf(key) + key.length();
        return text.substring(at, at + 1);
    }

    private static String signed(String text, String old, String replacement) {
        return note(text.replace(old, replacement), NAME, SEED);
    }

    private static void add(ArrayNode out, String name, String note, String result) {
        ObjectNode node = out.addObject();
        node.put("name", name);
        node.put("note", note);
        node.put("result", result);
    }

    /** A chain over invented cores, and what a client that saw one epoch says to a head of another. */
    private static void chains(ObjectNode root) {
        root.put(
                "chain_cores",
                "core of epoch e is SHA-256(u32 e); in a changed history that of one epoch is SHA-256(u32 e || \"x\")");
        ArrayNode values = root.putArray("chain_values");
        for (int epoch : new int[] {1, 2, 511, 512, 513, 600}) {
            ObjectNode node = values.addObject();
            node.put("epoch", epoch);
            node.put("chain", hex(value(epoch, 0)));
            node.put("file_sha256", hex(sha256(file(epoch, 0))));
        }
        chainFiles(root);
        ArrayNode out = root.putArray("memory_cases");
        memory(out, "next epoch", 99, 100, 0, "Fresh");
        memory(out, "a gap within the window", 88, 600, 0, "Fresh");
        memory(out, "the same head", 100, 100, 0, "SameEpoch");
        memory(out, "a gap one epoch too wide", 87, 600, 0, "TooOldToCheck");
        memory(out, "a gap much too wide", 1, 600, 0, "TooOldToCheck");
        memory(out, "an earlier epoch", 100, 99, 0, "EPOCH_WENT_BACK");
        memory(out, "the same epoch with another head", 100, 100, 100, "SAME_EPOCH_OTHER_CHAIN");
        memory(out, "the same epoch with another head long ago", 100, 100, 1, "SAME_EPOCH_OTHER_CHAIN");
        memory(out, "the head that was seen is another now", 100, 101, 100, "CHAIN_DOES_NOT_FIT");
        memory(out, "a head before the one that was seen is another now", 100, 300, 3, "CHAIN_DOES_NOT_FIT");
        memory(out, "the same, seen from the edge of the window", 88, 600, 88, "CHAIN_DOES_NOT_FIT");
        memory(out, "the same before the window", 100, 600, 1, "CHAIN_DOES_NOT_FIT");
    }

    private static void memory(ArrayNode out, String name, int seen, int now, int changed, String verdict) {
        ObjectNode node = out.addObject();
        node.put("name", name);
        node.put("seen_epoch", seen);
        node.put("seen_chain", hex(value(seen, 0)));
        node.put("now_epoch", now);
        node.put("now_chain", hex(value(now, changed)));
        node.put("changed_epoch", changed);
        node.put("verdict", verdict);
    }

    private static byte[] value(int epoch, int changed) {
        byte[] chain = new byte[32];
        for (int e = 1; e <= epoch; e++) {
            chain = link(chain, core(e, changed));
        }
        return chain;
    }

    static byte[] core(int epoch, int changed) {
        return epoch == changed ? sha256(u32(epoch), utf8("x")) : sha256(u32(epoch));
    }

    static byte[] file(int epoch, int changed) {
        byte[] file = {};
        for (int e = epoch - WINDOW + 1; e <= epoch; e++) {
            file = concat(file, e < 1 ? new byte[32] : core(e, changed));
        }
        return file;
    }
}
