package org.lamplighter.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run has measured, written as {@code bench.json}, as Markdown, and as one picture a table. */
public record Report(Machine machine, boolean quick, List<Table> tables) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Report {
        tables = List.copyOf(tables);
    }

    /** Writes the files into {@code folder}, which is made, and gives their paths. */
    public List<Path> write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        written.add(Files.writeString(folder.resolve("bench.json"), JSON.writeValueAsString(this) + "\n"));
        written.add(Files.writeString(folder.resolve("bench.md"), markdown()));
        for (Table table : tables) {
            written.add(Files.writeString(folder.resolve(table.name() + ".svg"), Plot.svg(table, machine.line())));
        }
        return written;
    }

    /** All tables, to be pasted into a page. */
    public String markdown() {
        StringBuilder out = new StringBuilder(machine.line()).append(".\n");
        if (quick) {
            out.append("\nA quick run: fewer rounds and smaller inputs.\n");
        }
        tables.forEach(table -> out.append('\n').append(markdown(table)));
        return out.toString();
    }

    private static String markdown(Table table) {
        StringBuilder out = new StringBuilder("## " + table.title() + "\n\n");
        out.append("| ")
                .append(table.unit())
                .append(" | who | median | best | worst | beside |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Figure figure : table.figures()) {
            Spread spread = figure.spread();
            out.append("| ")
                    .append(String.join(
                            " | ",
                            figure.operation(),
                            figure.who(),
                            Numbers.three(spread.median()),
                            Numbers.three(spread.best()),
                            Numbers.three(spread.worst()),
                            figure.beside().orElse("")))
                    .append(" |\n");
        }
        List<String> lines = new ArrayList<>();
        table.goals().forEach(goal -> lines.add(goal.line()));
        table.missing().forEach(peer -> lines.add("not measured, as this machine lacks it: " + peer));
        if (!lines.isEmpty()) {
            out.append('\n');
            lines.forEach(line -> out.append("- ").append(line).append('\n'));
        }
        return out.toString();
    }
}
