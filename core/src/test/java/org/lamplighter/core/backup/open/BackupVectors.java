package org.lamplighter.core.backup.open;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code vectors/backup.json} by spelling docs/spec/09-backup.md out: segments and items with the JDK alone, the sealed key
 * with HPKE, which {@code hpke_base_xwing.json} holds.
 */
final class BackupVectors {
    static final String FILE = "backup.json";

    private static final int SEGMENT = 65_536;
    private static final int HEADER = 14 + 1168;

    private final SeededRandom random = SeededRandom.of(9);
    private final byte[] seed = random.bytes(32);
    private final byte[] publicKey = XWing.SecretKey.fromSeed(seed).publicKey().toByteArray();

    private BackupVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    static ObjectNode make() {
        try {
            return new BackupVectors().tree();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode tree() throws GeneralSecurityException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("description", "Backups, and what is refused instead of them (docs/spec 9).");
        ObjectNode key = tree.putObject("key");
        key.put("seed", hex(seed));
        key.put("public_key", hex(publicKey));
        key.put("id", hex(Arrays.copyOf(Sha256.digest(publicKey), 8)));
        ArrayNode backups = tree.putArray("backups");
        ArrayNode small = JsonNodeFactory.instance.arrayNode();
        file(small, "about", "lamplighter-backup/v1\nepoch 12\ntime 1795000000\n".getBytes(StandardCharsets.US_ASCII));
        small.addObject().put("path", "entries").put("folder", true);
        file(small, "entries/one", random.bytes(40));
        small.addObject().put("path", "entries/none").put("folder", false).put("zeros", 0);
        backup(backups, "small", 2, small);
        ArrayNode large = JsonNodeFactory.instance.arrayNode();
        large.addObject().put("path", "chunk").put("folder", false).put("zeros", SEGMENT);
        backup(backups, "two segments", 1, large);
        refusals(tree.putArray("refusals"));
        return tree;
    }

    private static void file(ArrayNode items, String path, byte[] content) {
        items.addObject().put("path", path).put("folder", false).put("content", hex(content));
    }

    private void backup(ArrayNode backups, String name, int kind, ArrayNode items) throws GeneralSecurityException {
        byte[] streamKey = random.bytes(32);
        byte[] randomness = random.bytes(64);
        ObjectNode backup = backups.addObject();
        backup.put("name", name);
        backup.put("kind", kind);
        backup.put("stream_key", hex(streamKey));
        backup.put("xwing_randomness", hex(randomness));
        backup.set("items", items);
        backup.put("hex", hex(seal(kind, streamKey, randomness, plain(items))));
    }

    private static byte[] plain(ArrayNode items) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        items.forEach(item -> {
            byte[] path = item.get("path").stringValue().getBytes(StandardCharsets.US_ASCII);
            boolean folder = item.get("folder").booleanValue();
            plain.write(folder ? 2 : 1);
            plain.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) path.length).array());
            plain.writeBytes(path);
            if (!folder) {
                byte[] content = item.has("zeros")
                        ? new byte[item.get("zeros").intValue()]
                        : HexFormat.of().parseHex(item.get("content").stringValue());
                plain.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
                plain.writeBytes(content);
            }
        });
        plain.write(0);
        plain.writeBytes(ByteBuffer.allocate(8).putLong(items.size()).array());
        return plain.toByteArray();
    }

    private byte[] seal(int kind, byte[] streamKey, byte[] randomness, byte[] plain) throws GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("LLBK".getBytes(StandardCharsets.US_ASCII));
        out.write(1);
        out.write(kind);
        out.write(Sha256.digest(publicKey), 0, 8);
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes("lamplighter/backup/v1".getBytes(StandardCharsets.US_ASCII));
        info.writeBytes(out.toByteArray());
        Hpke.Sealed sealed = new Hpke.Base(info.toByteArray(), new byte[0])
                .seal(randomness, XWing.SecretKey.fromSeed(seed).publicKey(), streamKey);
        out.writeBytes(sealed.enc());
        out.writeBytes(sealed.ciphertext());
        int segments = Math.ceilDiv(plain.length, SEGMENT);
        for (int i = 0; i < segments; i++) {
            byte[] nonce = new byte[12];
            nonce[10] = (byte) i;
            nonce[11] = (byte) (i == segments - 1 ? 1 : 0);
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(streamKey, "AES"), new GCMParameterSpec(128, nonce));
            gcm.updateAAD("ll-backup/1".getBytes(StandardCharsets.US_ASCII));
            int from = i * SEGMENT;
            out.writeBytes(gcm.doFinal(plain, from, Math.min(SEGMENT, plain.length - from)));
        }
        return out.toByteArray();
    }

    private static void refusals(ArrayNode refusals) {
        change(refusals, "another magic", 0, "4d", "UNKNOWN_VERSION");
        change(refusals, "a newer version", 4, "02", "UNKNOWN_VERSION");
        change(refusals, "an unknown kind", 5, "03", "BAD_FIELD");
        change(refusals, "the other kind", 5, "01", "BAD_SIGNATURE");
        change(refusals, "for another key", 6, "0000000000000000", "WRONG_SIGNER");
        change(refusals, "another X-Wing ciphertext", 14, "000000000000", "BAD_SIGNATURE");
        change(refusals, "another sealed key", 14 + 1120, "000000000000", "BAD_SIGNATURE");
        change(refusals, "a changed segment", HEADER, "000000000000", "BAD_SIGNATURE");
        cut(refusals, "small", "nothing", 0, "TRUNCATED");
        cut(refusals, "small", "half a header", 700, "TRUNCATED");
        cut(refusals, "small", "no segment", HEADER, "TRUNCATED");
        cut(refusals, "small", "part of a segment", HEADER + 40, "BAD_SIGNATURE");
        cut(refusals, "small", "zeros after the end", HEADER + 400, "BAD_SIGNATURE");
        cut(refusals, "two segments", "the last segment is missing", HEADER + SEGMENT + 16, "BAD_SIGNATURE");
        cut(refusals, "two segments", "part of the last", HEADER + SEGMENT + 16 + 10, "BAD_SIGNATURE");
    }

    private static void change(ArrayNode refusals, String name, int offset, String bytes, String result) {
        refusals.addObject()
                .put("name", name)
                .put("of", "small")
                .put("offset", offset)
                .put("bytes", bytes)
                .put("result", result);
    }

    private static void cut(ArrayNode refusals, String of, String name, int length, String result) {
        refusals.addObject()
                .put("name", name)
                .put("of", of)
                .put("length", length)
                .put("result", result);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
