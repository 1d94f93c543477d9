package org.lamplighter.e2e.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The source's half as {@code source-page} has it: another program in another language, written from the specification. Each
 * visit is a process of its own that gets the words and forgets them.
 */
final class Page {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Path PROGRAM = Vectors.root().resolve("source-page/target/test/peer.main.mjs");
    private static final long LIMIT_MINUTES = 5;

    private final World world;
    private final String words;

    Page(World world, String words) {
        this.world = world;
        this.words = words;
    }

    /** Twelve new words, drawn by the page. */
    static String newWords(World world) throws IOException, InterruptedException {
        return new Page(world, "").visit("new").get("words").stringValue();
    }

    /** Hands over a text and files to these journalists, or to all; yields {@code messageId} and {@code evidence}. */
    JsonNode send(String text, List<Path> files, String reference, int k, String... to)
            throws IOException, InterruptedException {
        ObjectNode order =
                order("send").put("text", text).put("reference", reference).put("k", k);
        for (Path file : files) {
            order.withArray("files").add(file.toString());
        }
        for (String name : to) {
            order.withArray("to").add(name);
        }
        return run(order);
    }

    /** What is found: {@code replies}, {@code confirmed}, {@code incomplete}. */
    JsonNode read() throws IOException, InterruptedException {
        return visit("read");
    }

    private JsonNode visit(String command) throws IOException, InterruptedException {
        return run(order(command));
    }

    private ObjectNode order(String command) {
        ObjectNode order = JSON.createObjectNode()
                .put("command", command)
                .put("newsroom", world.pinnedKey())
                .put("station", world.url())
                .put("now", world.clock().second())
                .put("words", words);
        order.putArray("files");
        order.putArray("to");
        return order;
    }

    private static JsonNode run(ObjectNode order) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("node", "--enable-source-maps", PROGRAM.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(order.toString().getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + order.get("command"));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("failed: " + order.get("command"));
        }
        return JSON.readTree(printed);
    }
}
