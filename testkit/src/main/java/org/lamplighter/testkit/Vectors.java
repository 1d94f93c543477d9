package org.lamplighter.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the vector files below {@code vectors/} of the source tree (described in its README). */
public final class Vectors {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Vectors() {}

    /** The file {@code vectors/NAME} as a tree. */
    public static JsonNode read(String name) {
        return JSON.readTree(path(name));
    }

    /** Writes {@code tree} as {@code vectors/NAME}: for generators only. */
    public static void write(String name, JsonNode tree) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.writeString(path(name), JSON.writeValueAsString(tree) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root folder of the source tree; the build passes it as the property {@code lamplighter.root}. */
    public static Path root() {
        return Path.of(System.getProperty("lamplighter.root", "."));
    }

    private static Path path(String name) {
        return root().resolve("vectors").resolve(name);
    }
}
