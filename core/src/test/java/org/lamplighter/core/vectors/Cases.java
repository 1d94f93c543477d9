package org.lamplighter.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.lamplighter.core.wire.MalformedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cases of a parser: each with a {@code name}, an input and a {@code result}, which is {@code ok} or the reason of the refusal. An
 * input is {@code hex}, or a change to the input of the list's first case.
 */
public final class Cases {
    private final ArrayNode list;
    private final byte[] base;

    private Cases(ArrayNode list, byte[] base) {
        this.list = list;
        this.base = base;
    }

    /** Begins a list with the case that is accepted, from which others are derived. */
    public static Cases of(ArrayNode list, String name, byte[] base) {
        ObjectNode node = list.addObject();
        node.put("name", name);
        node.put("hex", Spelled.hex(base));
        node.put("result", "ok");
        return new Cases(list, base);
    }

    /** Another input of its own. */
    public Cases input(String name, byte[] input, String result) {
        ObjectNode node = list.addObject();
        node.put("name", name);
        node.put("hex", Spelled.hex(input));
        node.put("result", result);
        return this;
    }

    /** The first input with the bytes at {@code offset} replaced. */
    public Cases changed(String name, int offset, String hex, String result) {
        ObjectNode node = list.addObject();
        node.put("name", name);
        node.put("offset", offset);
        node.put("bytes", hex);
        node.put("result", result);
        assertThat(offset + hex.length() / 2).isLessThanOrEqualTo(base.length);
        return this;
    }

    /** The first input cut, or lengthened with zeros, to {@code length}. */
    public Cases resized(String name, int length, String result) {
        ObjectNode node = list.addObject();
        node.put("name", name);
        node.put("length", length);
        node.put("result", result);
        return this;
    }

    /** Parses and encodes again. */
    @FunctionalInterface
    public interface Reencoding {
        byte[] of(byte[] input) throws MalformedException;
    }

    /** Runs a parser over all cases: what is accepted is written back, and what is refused has the reason that stands there. */
    public static void check(JsonNode list, Reencoding parser) {
        byte[] base = Spelled.unhex(list.get(0).get("hex").asString());
        int refused = 0;
        for (JsonNode node : list) {
            String name = node.get("name").asString();
            String result = node.get("result").asString();
            byte[] input = input(node, base);
            try {
                byte[] written = parser.of(input.clone());
                assertThat(result).as(name).isEqualTo("ok");
                assertThat(written).as(name).isEqualTo(input);
            } catch (MalformedException e) {
                assertThat(e.reason().name()).as(name).isEqualTo(result);
                refused++;
            }
        }
        Assertions.assertThat(refused).as("more cases fail than not").isGreaterThan(list.size() / 2);
    }

    private static byte[] input(JsonNode node, byte[] base) {
        if (node.has("hex")) {
            return Spelled.unhex(node.get("hex").asString());
        }
        if (node.has("length")) {
            return Arrays.copyOf(base, node.get("length").asInt());
        }
        byte[] changed = base.clone();
        byte[] bytes = Spelled.unhex(node.get("bytes").asString());
        System.arraycopy(bytes, 0, changed, node.get("offset").asInt(), bytes.length);
        return changed;
    }
}
