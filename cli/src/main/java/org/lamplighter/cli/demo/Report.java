package org.lamplighter.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The checks of a demo and what an outsider needs to do each of them again. One thread at a time. */
final class Report {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Narrator narrator;
    private final List<Map<String, Object>> checks = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private int failed;

    Report(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Writes down, and says, whether a check held; {@code how} tells an outsider how to do it again. */
    void check(String name, boolean held, String how) {
        narrator.detail((held ? "ok      " : "FAILED  ") + name);
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("check", name);
        check.put("held", held);
        check.put("how", how);
        checks.add(check);
        failed += held ? 0 : 1;
    }

    void fact(String name, Object value) {
        facts.put(name, value);
    }

    int passed() {
        return checks.size() - failed;
    }

    int failed() {
        return failed;
    }

    void write(Path file) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("passed", passed());
        report.put("failed", failed);
        report.put("facts", facts);
        report.put("checks", checks);
        Files.write(file, JSON.writeValueAsBytes(report));
    }
}
