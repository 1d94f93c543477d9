package org.lamplighter.bench.report;

import java.util.List;
import java.util.Locale;

/** Draws a table: one bar a figure, ours in another colour, with a line from the worst round to the best; goals below in words. */
final class Plot {
    private static final int WIDTH = 860;
    private static final int LABELS = 330;
    private static final int VALUES = 90;
    private static final int BAR = 18;
    private static final int ROW = 26;
    private static final int TOP = 64;
    private static final int LINE = 18;
    private static final String OURS = "#b45309";
    private static final String PEER = "#64748b";
    private static final String TEXT = "#1e293b";
    private static final String FAINT = "#475569";

    private final StringBuilder out = new StringBuilder();

    private Plot() {}

    static String svg(Table table, String machine) {
        return new Plot().draw(table, machine);
    }

    private String draw(Table table, String machine) {
        List<Figure> figures = table.figures();
        int notes = table.goals().size() + table.missing().size() + 1;
        int height = TOP + figures.size() * ROW + 16 + notes * LINE + 12;
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " font-family=\"sans-serif\">%n<title>%s</title>%n",
                WIDTH,
                height,
                WIDTH,
                height,
                escape(table.title())));
        out.append(String.format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, height));
        text(16, 26, 16, "start", TEXT, table.title());
        text(16, 46, 12, "start", FAINT, table.unit() + ", " + (table.moreIsBetter() ? "more" : "less") + " is better");
        double most = figures.stream()
                .mapToDouble(figure ->
                        Math.max(figure.spread().best(), figure.spread().worst()))
                .max()
                .orElse(1);
        for (int i = 0; i < figures.size(); i++) {
            bar(figures.get(i), TOP + i * ROW, most);
        }
        int y = TOP + figures.size() * ROW + 16 + LINE / 2;
        for (Goal goal : table.goals()) {
            text(16, y, 12, "start", goal.met() ? TEXT : "#b91c1c", goal.line());
            y += LINE;
        }
        for (String peer : table.missing()) {
            text(16, y, 12, "start", FAINT, "not measured, as this machine lacks it: " + peer);
            y += LINE;
        }
        text(16, y, 11, "start", FAINT, machine);
        return out.append("</svg>\n").toString();
    }

    private void bar(Figure figure, int y, double most) {
        double scale = (WIDTH - LABELS - VALUES - 16) / (most > 0 ? most : 1);
        Spread spread = figure.spread();
        String label = figure.isOurs() ? figure.operation() : figure.operation() + ", " + figure.who();
        text(LABELS - 8, y + 13, 12, "end", figure.isOurs() ? TEXT : FAINT, label);
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LABELS,
                y,
                spread.median() * scale,
                BAR,
                figure.isOurs() ? OURS : PEER));
        double from = LABELS + Math.min(spread.best(), spread.worst()) * scale;
        double to = LABELS + Math.max(spread.best(), spread.worst()) * scale;
        out.append(String.format(
                Locale.ROOT,
                "<path d=\"M%.1f %dH%.1f\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                from,
                y + BAR / 2,
                to,
                TEXT));
        text((int) Math.ceil(to) + 8, y + 13, 12, "start", TEXT, Numbers.three(spread.median()));
    }

    private void text(int x, int y, int size, String anchor, String colour, String words) {
        out.append(String.format(
                "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x, y, size, anchor, colour, escape(words)));
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
