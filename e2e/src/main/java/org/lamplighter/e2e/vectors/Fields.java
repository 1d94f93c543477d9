package org.lamplighter.e2e.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.lamplighter.core.secret.SecretBytes;
import tools.jackson.databind.JsonNode;

/** A JSON object of a vector file, read strictly: a field that is missing or of another kind is a {@link Mismatch}. */
record Fields(JsonNode node) {
    Fields child(String name) throws Mismatch {
        return new Fields(get(name));
    }

    List<Fields> list(String name) throws Mismatch {
        JsonNode array = get(name);
        Mismatch.unless(array.isArray(), name + " is not a list");
        List<Fields> items = new ArrayList<>();
        array.forEach(item -> items.add(new Fields(item)));
        return items;
    }

    Fields item(int index) throws Mismatch {
        Mismatch.unless(node.isArray() && index < node.size(), "item " + index + " is missing");
        return new Fields(node.get(index));
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) throws Mismatch {
        return child(name).text();
    }

    String text() throws Mismatch {
        Mismatch.unless(node.isString(), "a text is missing");
        return node.stringValue();
    }

    byte[] utf8(String name) throws Mismatch {
        return text(name).getBytes(StandardCharsets.UTF_8);
    }

    byte[] hex(String name) throws Mismatch {
        try {
            return HexFormat.of().parseHex(text(name));
        } catch (IllegalArgumentException e) {
            throw new Mismatch(name + " is not hex");
        }
    }

    byte[] hex() throws Mismatch {
        try {
            return HexFormat.of().parseHex(text());
        } catch (IllegalArgumentException e) {
            throw new Mismatch("an item is not hex");
        }
    }

    SecretBytes secret(String name) throws Mismatch {
        return SecretBytes.takeOver(hex(name));
    }

    int number(String name) throws Mismatch {
        JsonNode value = get(name);
        Mismatch.unless(value.isIntegralNumber(), name + " is not a number");
        return value.intValue();
    }

    boolean flag(String name) throws Mismatch {
        JsonNode value = get(name);
        Mismatch.unless(value.isBoolean(), name + " is neither true nor false");
        return value.booleanValue();
    }

    /** Checks that the field {@code name} holds {@code actual} in hex. */
    void expect(String name, byte[] actual) throws Mismatch {
        Mismatch.unlessEqual(name, hex(name), actual);
    }

    void expect(String name, SecretBytes actual) throws Mismatch {
        expect(name, actual.reveal());
    }

    void expectText(String name, String actual) throws Mismatch {
        Mismatch.unless(text(name).equals(actual), name + " differs");
    }

    private JsonNode get(String name) throws Mismatch {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new Mismatch(name + " is missing");
        }
        return value;
    }
}
