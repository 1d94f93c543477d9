package org.lamplighter.e2e.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A vector that nobody compares proves nothing. So each field of each file that holds bytes is changed in its first byte, one field
 * at a time, and the file must fail every time.
 */
final class PlantedFaultTest {
    /** Lists that are cut to one entry of each shape, for speed. Users stay, because they are named by index. */
    private static final Set<String> CUT =
            Set.of("vectors", "valid", "envelopes", "cases", "sets", "welcome_cases", "recipients", "stored");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup",
                "challenges",
                "dhkem_auth_psk",
                "ed25519_tagged",
                "enrolment",
                "envelopes",
                "hpke_base_xwing",
                "mlkem768",
                "negative",
                "ristretto255",
                "sd_apke_spec_info",
                "sources",
                "xwing"
            })
    void check_anyFieldOfBytesChanged_fails(String schema) {
        JsonNode tree = Vectors.read(schema + ".json");
        cut(tree, "");
        assertThat(failures(schema, tree)).isEmpty();
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        collect(tree, "", leaves);
        assertThat(leaves).isNotEmpty();

        List<String> unnoticed = new ArrayList<>();
        leaves.forEach((path, leaf) -> {
            String before = leaf.value();
            leaf.set(flipped(before));
            if (failures(schema, tree).isEmpty()) {
                unnoticed.add(path);
            }
            leaf.set(before);
        });

        assertThat(unnoticed).as("fields that nobody compares").isEmpty();
        assertThat(failures(schema, tree)).isEmpty();
    }

    private static List<String> failures(String schema, JsonNode tree) {
        return VectorRunner.check(schema + ".json", tree).orElseThrow().failures();
    }

    /** One text in the tree, which can be replaced. */
    private record Leaf(JsonNode parent, String name, int index) {
        String value() {
            JsonNode value = index < 0 ? parent.get(name) : parent.get(index);
            return value.stringValue();
        }

        void set(String text) {
            if (index < 0) {
                ((ObjectNode) parent).set(name, StringNode.valueOf(text));
            } else {
                ((ArrayNode) parent).set(index, StringNode.valueOf(text));
            }
        }
    }

    /** The first text of each path that holds bytes in hex; indexes do not count in a path. */
    private static void collect(JsonNode node, String path, Map<String, Leaf> leaves) {
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                child(node.get(name), new Leaf(node, name, -1), path + "." + name, leaves);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                child(node.get(i), new Leaf(node, "", i), path + "[]", leaves);
            }
        }
    }

    private static void child(JsonNode node, Leaf leaf, String path, Map<String, Leaf> leaves) {
        if (!node.isString()) {
            collect(node, path, leaves);
        } else if (node.stringValue().matches("([0-9a-f]{2})+")) {
            leaves.putIfAbsent(path, leaf);
        }
    }

    /** Keeps the first entry of each shape. */
    private static void cut(JsonNode node, String name) {
        if (node instanceof ArrayNode array && CUT.contains(name)) {
            Set<String> shapes = new HashSet<>();
            for (int i = 0; i < array.size(); ) {
                if (shapes.add(shape(array.get(i)))) {
                    i++;
                } else {
                    array.remove(i);
                }
            }
        }
        if (node.isObject()) {
            node.propertyNames().forEach(child -> cut(node.get(child), child));
        } else {
            node.forEach(item -> cut(item, ""));
        }
    }

    private static String shape(JsonNode node) {
        StringBuilder shape = new StringBuilder();
        if (node.isObject()) {
            node.propertyNames().forEach(name -> shape.append(name).append(shape(node.get(name))));
        }
        return shape.toString();
    }

    private static String flipped(String hex) {
        int first = Character.digit(hex.charAt(1), 16) ^ 1;
        return hex.charAt(0) + Integer.toHexString(first) + hex.substring(2);
    }
}
