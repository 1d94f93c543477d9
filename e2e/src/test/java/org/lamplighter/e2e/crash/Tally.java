package org.lamplighter.e2e.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what happened, by name. Thread-safe. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    synchronized void note(String what) {
        add(what, 1);
    }

    synchronized void add(String what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    synchronized int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
