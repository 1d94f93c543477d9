package org.lamplighter.core.evidence.share;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code vectors/lamplighter/shares.json} (docs/spec 7). Run {@link #main} after a change of the specification. */
final class ShareVectors {
    static final String FILE = "lamplighter/shares.json";

    private static final int HOLDERS = 3;

    private final SeededRandom random = SeededRandom.of(7);
    private final List<byte[]> seeds =
            IntStream.range(0, HOLDERS).mapToObj(i -> random.bytes(32)).toList();
    private final List<PartKey> partKeys = List.of(PartKey.copyOf(random.bytes(32)), PartKey.copyOf(random.bytes(32)));
    private final SealedKeys sealed = seal();
    private final SealBinding binding = binding(partKeys);
    private final List<Share> shares = IntStream.range(0, HOLDERS)
            .mapToObj(i -> SealedShare.of(sealed, binding, i + 1).open(key(i)).orElseThrow())
            .toList();
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    private ShareVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    static ObjectNode make() {
        return new ShareVectors().all();
    }

    private ObjectNode all() {
        root.put("about", "Sealed evidence, k of n: docs/spec/07-sealing.md; described in vectors/README.md");
        sharings(root.putArray("sharings"));
        set(root.putObject("set"));
        texts(root.putArray("share_texts"));
        sealedShares(root.putArray("sealed_shares"));
        openings(root.putArray("openings"));
        encodings(root.putArray("sealed_keys"));
        return root;
    }

    /** Secrets of 32 bytes with given coefficients, by tables of powers: not by the code under test. */
    private void sharings(ArrayNode out) {
        for (int[] rule : new int[][] {{2, 2}, {2, 3}, {3, 5}, {16, 16}}) {
            sharing(out, random.bytes(32), random.bytes((rule[0] - 1) * 32), rule[0], rule[1]);
        }
        // Coefficients of zero are as likely as others: then every share is the secret.
        sharing(out, random.bytes(32), new byte[32], 2, 2);
    }

    private static void sharing(ArrayNode out, byte[] secret, byte[] coefficients, int threshold, int count) {
        byte[][] rows = new byte[threshold - 1][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(coefficients, 32 * i, 32 * i + 32);
        }
        ObjectNode node = out.addObject()
                .put("secret", hex(secret))
                .put("threshold", threshold)
                .put("coefficients", hex(coefficients));
        ArrayNode list = node.putArray("shares");
        NaiveShamir.split(secret, rows, count).forEach(share -> list.add(hex(share)));
    }

    private void set(ObjectNode out) {
        out.put("sealed_keys", hex(bytes(sealed)));
        ArrayNode commitments = out.putArray("commitments");
        partKeys.forEach(key -> commitments.add(key.commitment().hex()));
        out.put("binding", binding.hex());
        out.put("evidence", binding.words().toString());
        ArrayNode holders = out.putArray("holders");
        seeds.forEach(seed -> holders.addObject().put("x_wing_seed", hex(seed)));
        ArrayNode texts = out.putArray("shares");
        shares.forEach(share -> texts.add(share.text()));
        ArrayNode keys = out.putArray("part_keys");
        partKeys.forEach(key -> keys.add(hex(key.secret().reveal())));
    }

    private void texts(ArrayNode out) {
        String text = shares.get(1).text();
        String words = text.lines().toList().getLast();
        String second = words.split(" ", -1)[2];
        text(out, "canonical", text, "accepted");
        text(
                out,
                "typed from paper",
                text.replace("\n", " \r\n\r\n")
                        .replace(words, words.toUpperCase(Locale.ROOT).replaceFirst("WORDS ", "words\n")),
                "accepted");
        text(out, "another version", text.replace("/v1", "/v2"), "UNKNOWN_VERSION");
        text(out, "nothing", "", "TRUNCATED");
        text(out, "without words", text.substring(0, text.indexOf("words")), "TRUNCATED");
        text(out, "a set of 7 bytes", text.replaceFirst("set ..", "set "), "BAD_FIELD");
        text(out, "a set in capitals", text.replaceFirst("set [0-9a-f]+", "set ABCDEF0123456789"), "BAD_FIELD");
        text(out, "share 0", text.replace("share 2 of 3", "share 0 of 3"), "BAD_FIELD");
        text(out, "share 4 of 3", text.replace("share 2 of 3", "share 4 of 3"), "BAD_FIELD");
        text(out, "any 1 opens", text.replace("any 2", "any 1"), "BAD_FIELD");
        text(out, "any 4 of 3 open", text.replace("any 2", "any 4"), "BAD_FIELD");
        text(out, "17 shares", text.replace("2 of 3", "2 of 17"), "BAD_FIELD");
        text(out, "lines in another order", swapped(text), "BAD_FIELD");
        String evidence = "evidence " + binding.words();
        text(out, "other words of evidence", text.replace(evidence, "evidence able able able zoo"), "accepted");
        text(
                out,
                "words of evidence on two lines, in capitals",
                text.replace(evidence, evidence.toUpperCase(Locale.ROOT).replaceFirst("EVIDENCE ", "evidence\n")),
                "accepted");
        text(out, "without evidence", text.replace(evidence + "\n", ""), "BAD_FIELD");
        text(out, "three words of evidence", text.replace(evidence, "evidence able able able"), "BAD_FIELD");
        text(out, "five words of evidence", text.replace(evidence, evidence + " able"), "BAD_FIELD");
        text(
                out,
                "an unknown word of evidence",
                text.replace(evidence, "evidence able able able lamplighter"),
                "BAD_FIELD");
        text(out, "an unknown word", text.replaceFirst(" " + second + " ", " lamplighter "), "UNKNOWN_WORD 2");
        text(out, "23 words", text.substring(0, text.lastIndexOf(' ')), "WORD_COUNT");
        text(out, "25 words", text.strip() + " zoo", "WORD_COUNT");
        text(out, "words that are not together", text.replace(words, "words" + " zoo".repeat(24)), "CHECKSUM");
    }

    private static void text(ArrayNode out, String name, String text, String result) {
        out.addObject().put("name", name).put("text", text).put("result", result);
    }

    private void sealedShares(ArrayNode out) {
        String document = document(2);
        sealedShare(out, "for its holder", document, 1, "opened");
        sealedShare(out, "for another holder", document, 0, "not opened");
        sealedShare(out, "renumbered", document.replace("share 2", "share 3"), 1, "not opened");
        sealedShare(
                out, "of another set", document.replaceFirst("set [0-9a-f]+", "set 0102030405060708"), 1, "not opened");
        sealedShare(out, "with another hash", document.replaceFirst("hash [0-9a-f]{2}", "hash 00"), 1, "not opened");
        sealedShare(
                out, "with the ciphertext of another share", swapCiphertext(document, document(3)), 1, "not opened");
        sealedShare(
                out, "of another binding", document.replaceFirst("binding [0-9a-f]{2}", "binding 00"), 1, "not opened");
        sealedShare(out, "of another rule", document.replace("any 2 open", "any 3 open"), 1, "not opened");
        sealedShare(out, "of fewer holders", document.replace("2 of 3", "2 of 2"), 1, "not opened");
        sealedShare(out, "without binding", document.replaceFirst("binding [0-9a-f]+\n", ""), 1, "BAD_FIELD");
        sealedShare(out, "without its last line", document.substring(0, document.indexOf("sealed ")), 1, "BAD_FIELD");
        sealedShare(out, "without its last newline", document.strip(), 1, "TRUNCATED");
        sealedShare(out, "with a line more", document + "note no\n", 1, "TRAILING_BYTES");
        sealedShare(out, "another version", document.replace("/v1", "/v2"), 1, "UNKNOWN_VERSION");
        sealedShare(out, "with CR LF", document.replace("\n", "\r\n"), 1, "BAD_FIELD");
        sealedShare(out, "any 1 opens", document.replace("any 2", "any 1"), 1, "BAD_FIELD");
    }

    private static void sealedShare(ArrayNode out, String name, String document, int holder, String result) {
        out.addObject()
                .put("name", name)
                .put("document", document)
                .put("holder", holder)
                .put("result", result);
    }

    private void openings(ArrayNode out) {
        byte[] changed = shares.get(2).value().reveal();
        changed[0] ^= 1;
        Share bad = new Share(shares.get(2).rule(), binding.words(), SecretBytes.copyOf(changed));
        Share renumbered =
                new Share(rule(2, HOLDERS, 2), binding.words(), shares.get(0).value());
        Share otherSet = new Share(
                new ShareRule(ShareSetId.copyOf(new byte[8]), 2, HOLDERS, 2),
                binding.words(),
                shares.get(1).value());
        Share otherRule =
                new Share(rule(2, HOLDERS, 3), binding.words(), shares.get(1).value());
        opening(out, "shares 1 and 2", sealed, "opened", shares.get(0), shares.get(1));
        opening(out, "shares 3 and 1", sealed, "opened", shares.get(2), shares.get(0));
        opening(out, "all shares", sealed, "opened", shares.get(0), shares.get(1), shares.get(2));
        opening(out, "no share", sealed, "too few 0");
        opening(out, "one share", sealed, "too few 1", shares.get(0));
        opening(out, "one share twice", sealed, "too few 1", shares.get(0), shares.get(0));
        opening(out, "a share with one bit changed", sealed, "bad share 3 WRONG_BYTES", shares.get(0), bad);
        opening(
                out,
                "a bad share besides enough good ones",
                sealed,
                "bad share 3 WRONG_BYTES",
                shares.get(0),
                shares.get(1),
                bad);
        opening(out, "share 1 as share 2", sealed, "bad share 2 WRONG_BYTES", renumbered, shares.get(2));
        opening(out, "a share of another set", sealed, "bad share 2 OTHER_SET", shares.get(0), otherSet);
        opening(out, "a share of another rule", sealed, "bad share 2 OTHER_SET", shares.get(0), otherRule);
        List<PartKey> otherFiles = List.of(partKeys.get(1), partKeys.get(0));
        SealBinding copied = binding(otherFiles);
        Share reworded =
                new Share(shares.get(0).rule(), copied.words(), shares.get(0).value());
        opening(
                out,
                "copied under other files",
                sealed,
                otherFiles,
                "bad share 1 OTHER_EVIDENCE",
                shares.get(0),
                shares.get(1));
        opening(
                out,
                "copied under other files, the words changed",
                sealed,
                otherFiles,
                "bad share 1 WRONG_BYTES",
                reworded);
        opening(out, "a share with the words of other files", sealed, "bad share 1 OTHER_EVIDENCE", reworded);
        SealedKeys otherHash = with(Digest.copyOf(new byte[32]), sealed.sealedPartKeys());
        opening(out, "another hash of the secret", otherHash, "damaged", shares.get(0), shares.get(1));
        byte[] ciphertext = sealed.sealedPartKeys();
        ciphertext[ciphertext.length - 1] ^= 1;
        SealedKeys otherCiphertext = with(sealed.secretHash(), ciphertext);
        opening(out, "another tag of the part keys", otherCiphertext, "damaged", shares.get(0), shares.get(1));
    }

    private void opening(ArrayNode out, String name, SealedKeys keys, String result, Share... given) {
        opening(out, name, keys, partKeys, result, given);
    }

    private static void opening(
            ArrayNode out, String name, SealedKeys keys, List<PartKey> files, String result, Share... given) {
        ObjectNode node = out.addObject()
                .put("name", name)
                .put("sealed_keys", hex(bytes(keys)))
                .put("result", result);
        ArrayNode commitments = node.putArray("commitments");
        files.forEach(key -> commitments.add(key.commitment().hex()));
        ArrayNode list = node.putArray("shares");
        for (Share share : given) {
            list.add(share.text());
        }
    }

    private void encodings(ArrayNode out) {
        byte[] valid = bytes(sealed);
        int keysLength = 8 + 2 + 64 + HOLDERS * 1209;
        encoding(out, "valid", valid, "accepted");
        encoding(out, "a byte too few", Arrays.copyOf(valid, valid.length - 1), "TRUNCATED");
        encoding(out, "a byte too many", Arrays.copyOf(valid, valid.length + 1), "TRAILING_BYTES");
        encoding(out, "any 1 opens", set(valid, 8, 1), "BAD_FIELD");
        encoding(out, "any 4 of 3 open", set(valid, 8, 4), "BAD_FIELD");
        encoding(out, "17 holders", set(valid, 9, 17), "BAD_FIELD");
        encoding(out, "a kind of holder 0", set(valid, 8 + 2 + 64 + 32, 0), "BAD_FIELD");
        encoding(out, "a kind of holder 3", set(valid, 8 + 2 + 64 + 32, 3), "BAD_FIELD");
        encoding(out, "no part key", set(valid, keysLength + 3, 16), "BAD_FIELD");
        encoding(out, "half a part key", set(valid, keysLength + 3, 64), "BAD_FIELD");
        byte[] twice = valid.clone();
        System.arraycopy(valid, 74 + 1209 + 32, twice, 74 + 2 * 1209 + 32, 9);
        encoding(out, "a holder twice", twice, "BAD_FIELD");
    }

    private static void encoding(ArrayNode out, String name, byte[] bytes, String result) {
        out.addObject().put("name", name).put("bytes", hex(bytes)).put("result", result);
    }

    /** Holder 1 is a journalist, the others are trustees. */
    private SealedKeys seal() {
        List<ShareRecipient> recipients = new ArrayList<>();
        recipients.add(ShareRecipient.journalist(JournalistId.copyOf(new byte[8]), key(0).publicKey()));
        for (int i = 1; i < HOLDERS; i++) {
            recipients.add(ShareRecipient.trustee(key(i).publicKey()));
        }
        return KeySealer.seal(partKeys, 2, recipients, random);
    }

    private PkeSecretKey key(int i) {
        return PkeSecretKey.fromSeed(SecretBytes.copyOf(seeds.get(i)));
    }

    private SealBinding binding(List<PartKey> keys) {
        return SealBinding.of(
                sealed.setId(),
                2,
                HOLDERS,
                keys.stream().map(PartKey::commitment).toList());
    }

    private ShareRule rule(int index, int count, int threshold) {
        return new ShareRule(sealed.setId(), index, count, threshold);
    }

    private SealedKeys with(Digest secretHash, byte[] sealedPartKeys) {
        return new SealedKeys(
                sealed.setId(), sealed.threshold(), sealed.salt(), secretHash, sealed.holders(), sealedPartKeys);
    }

    private String document(int index) {
        return new String(SealedShare.of(sealed, binding, index).toByteArray(), StandardCharsets.US_ASCII);
    }

    private static String swapCiphertext(String document, String other) {
        return document.substring(0, document.indexOf("sealed ")) + other.substring(other.indexOf("sealed "));
    }

    private static String swapped(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.get(0), lines.get(2), lines.get(1), lines.get(3), lines.get(4)) + "\n";
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static byte[] bytes(SealedKeys keys) {
        ByteWriter out = new ByteWriter();
        keys.writeTo(out);
        return out.toByteArray();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
