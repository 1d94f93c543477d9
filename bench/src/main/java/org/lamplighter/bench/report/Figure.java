package org.lamplighter.bench.report;

import java.util.Optional;

/**
 * One measured figure.
 *
 * @param operation what was done; figures of the same operation stand together
 * @param who {@link #OURS}, or the peer
 * @param spread in the unit of the table
 * @param beside what else was seen, such as processor time
 */
public record Figure(String operation, String who, Spread spread, Optional<String> beside) {
    /** What we are called in the tables. */
    public static final String OURS = "Lamplighter";

    public static Figure ours(String operation, Spread spread) {
        return new Figure(operation, OURS, spread, Optional.empty());
    }

    public static Figure peer(String operation, String who, Spread spread) {
        return new Figure(operation, who, spread, Optional.empty());
    }

    public Figure with(String seenBeside) {
        return new Figure(operation, who, spread, Optional.of(seenBeside));
    }

    boolean isOurs() {
        return who.equals(OURS);
    }
}
