package org.lamplighter.core.fuzz;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** Inputs from {@code vectors/lamplighter}. */
public final class Seeds {
    private Seeds() {}

    /** The field {@code field}, hexadecimal, of all cases of {@code list} in {@code file} that have it. */
    public static List<byte[]> hex(String file, String list, String field) {
        return values(file, list, field).stream().map(HexFormat.of()::parseHex).toList();
    }

    /** The field {@code field}, text, of all cases of {@code list} in {@code file} that have it. */
    public static List<String> texts(String file, String list, String field) {
        return values(file, list, field);
    }

    private static List<String> values(String file, String list, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode vector : Vectors.read("lamplighter/" + file).get(list)) {
            if (vector.has(field)) {
                values.add(vector.get(field).asString());
            }
        }
        return values;
    }
}
