package org.lamplighter.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of one unit, ours beside the peers'.
 *
 * @param name of its files: small letters and hyphens
 * @param title with what was measured and how
 * @param unit such as {@code MB/s}
 * @param moreIsBetter whether a longer bar is better
 * @param missing peers that this machine lacks, each with what would bring it
 */
public record Table(
        String name,
        String title,
        String unit,
        boolean moreIsBetter,
        List<Figure> figures,
        List<Goal> goals,
        List<String> missing) {
    public Table {
        if (!name.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("no name for a file: " + name);
        }
        figures = List.copyOf(figures);
        goals = List.copyOf(goals);
        missing = List.copyOf(missing);
    }

    /** The median of a figure that must be there. */
    public double median(String operation, String who) {
        return figures.stream()
                .filter(figure ->
                        figure.operation().equals(operation) && figure.who().equals(who))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure: " + operation + ", " + who))
                .spread()
                .median();
    }

    /** Whether a figure is there. */
    public boolean has(String operation, String who) {
        return figures.stream()
                .anyMatch(figure ->
                        figure.operation().equals(operation) && figure.who().equals(who));
    }

    /** The same with one more goal. */
    public Table goal(Goal goal) {
        List<Goal> more = new ArrayList<>(goals);
        more.add(goal);
        return new Table(name, title, unit, moreIsBetter, figures, more, missing);
    }
}
