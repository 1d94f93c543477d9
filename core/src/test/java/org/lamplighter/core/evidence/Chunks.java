package org.lamplighter.core.evidence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Builds a chunk from its recipe in {@code vectors/lamplighter/evidence.json}: segments, then changes to the whole. */
final class Chunks {
    private Chunks() {}

    static byte[] build(JsonNode recipe) {
        byte[] key = HexFormat.of().parseHex(recipe.get("part_key").asString());
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        for (JsonNode segment : recipe.get("segments")) {
            sealed.writeBytes(segment(key, segment));
        }
        byte[] chunk = sealed.toByteArray();
        if (recipe.has("xor")) {
            chunk[recipe.get("xor").get("at").asInt()] ^=
                    (byte) recipe.get("xor").get("with").asInt();
        }
        return recipe.has("length") ? Arrays.copyOf(chunk, recipe.get("length").asInt()) : chunk;
    }

    private static byte[] segment(byte[] key, JsonNode segment) {
        byte[] plain = new byte[SizeClass.SEGMENT_BYTES];
        int from = segment.get("pattern_from").asInt();
        for (int i = 0; i < segment.get("pattern_bytes").asInt(); i++) {
            plain[i] = Pattern.at(from + i);
        }
        if (segment.has("set")) {
            plain[segment.get("set").get("at").asInt()] =
                    (byte) segment.get("set").get("to").asInt();
        }
        return Forge.segment(
                key, segment.get("counter").asLong(), segment.get("final").asInt(), plain);
    }
}
