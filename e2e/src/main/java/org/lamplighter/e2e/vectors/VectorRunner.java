package org.lamplighter.e2e.vectors;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares every vector file of a folder with this program: {@code VectorRunner DIR}. Prints one line a file to standard output,
 * each failure to standard error, and at the end {@code N passed, N failed}. Exit code 0 when nothing failed, 1 when
 * something did or there is nothing to check, 2 when called wrongly.
 */
public final class VectorRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<String, BiConsumer<Fields, Tally>> SCHEMAS = Map.ofEntries(
            Map.entry("backup", BackupFiles::run),
            Map.entry("sources", SourceVectors::run),
            Map.entry("enrolment", EnrolmentVectors::run),
            Map.entry("envelopes", EnvelopeVectors::run),
            Map.entry("challenges", ChallengeVectors::run),
            Map.entry("negative", NegativeVectors::run),
            Map.entry("dhkem_auth_psk", HpkeVectors::runAuthPsk),
            Map.entry("hpke_base_xwing", HpkeVectors::runBase),
            Map.entry("sd_apke_spec_info", HpkeVectors::runSpecInfo),
            Map.entry("mlkem768", PrimitiveVectors::runMlKem),
            Map.entry("xwing", PrimitiveVectors::runXWing),
            Map.entry("ed25519_tagged", PrimitiveVectors::runEd25519),
            Map.entry("ristretto255", PrimitiveVectors::runRistretto));

    private VectorRunner() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** As {@link #main}, with the streams given; returns the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            return complain(err, 2, "one folder is needed", "lamplighter dev vectors DIR");
        }
        Path folder = Path.of(arguments.getFirst());
        try {
            SortedMap<String, Optional<Tally>> results = check(folder);
            return report(folder, results, out, err);
        } catch (IOException e) {
            return complain(err, 1, "cannot read the folder " + folder, "give the folder that holds the vector files");
        }
    }

    /** The result of each *.json file of {@code folder} by its name; nothing for a file of no known schema. */
    static SortedMap<String, Optional<Tally>> check(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(path -> path.toString().endsWith(".json") && Files.isRegularFile(path))
                    .toList();
        }
        SortedMap<String, Optional<Tally>> results = new TreeMap<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            results.put(name, check(name, Files.readString(file, StandardCharsets.UTF_8)));
        }
        return results;
    }

    /** The result of one file, or nothing when its name belongs to no known schema. */
    static Optional<Tally> check(String name, String json) {
        try {
            return check(name, JSON.readTree(json));
        } catch (JacksonException e) {
            return check(name, JSON.missingNode());
        }
    }

    /** As {@link #check(String, String)}, of a tree; one that is no object fails. */
    static Optional<Tally> check(String name, JsonNode tree) {
        return Optional.ofNullable(SCHEMAS.get(name.replaceFirst("\\.json$", "")))
                .map(schema -> {
                    Tally tally = new Tally();
                    schema.accept(new Fields(tree), tally);
                    return tally;
                });
    }

    private static int report(
            Path folder, SortedMap<String, Optional<Tally>> results, PrintStream out, PrintStream err) {
        int passed = 0;
        int failed = 0;
        for (Map.Entry<String, Optional<Tally>> result : results.entrySet()) {
            String name = result.getKey();
            if (result.getValue().isEmpty()) {
                out.println("skipped: " + name + " (no known schema)");
                continue;
            }
            Tally tally = result.getValue().get();
            tally.failures().forEach(failure -> err.println("failed: " + name + " " + failure));
            out.println(name + ": " + tally.passed() + " passed, " + tally.failed() + " failed");
            passed += tally.passed();
            failed += tally.failed();
        }
        if (passed + failed == 0) {
            return complain(err, 1, "no vectors in " + folder, "give the folder that holds the vector files");
        }
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private static int complain(PrintStream err, int exitCode, String error, String hint) {
        err.println("error: " + error);
        err.println("hint: " + hint);
        return exitCode;
    }
}
