package org.lamplighter.e2e.flood;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lamplighter.e2e.flood.Wire.Reply;

/** What the station answered, and what of it no station may answer (docs/spec/06-http.md). Thread-safe. */
final class Verdict {
    /** 6.1; {@code connection} is of the connection and not of the answer. */
    private static final Set<String> HEADERS =
            Set.of("cache-control", "content-length", "content-type", "x-content-type-options", "referrer-policy");

    private static final Set<Integer> STATUSES = Set.of(200, 202, 400, 403, 404, 409, 413, 426, 429, 431, 505);
    private static final int FAULTS_KEPT = 20;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Judges an answer to a request of {@code kind}. */
    synchronized void answered(String kind, Reply reply) {
        count(kind + " " + reply.status());
        Set<String> names = new TreeSet<>(reply.headers());
        names.remove("connection");
        if (!STATUSES.contains(reply.status())) {
            fault(kind + " was answered " + reply.status());
        } else if (!names.equals(HEADERS)) {
            fault(kind + " was answered with the headers " + names);
        }
    }

    /** The station closed the connection without an answer, which it may. */
    synchronized void cutOff(String kind) {
        count(kind + " cut off");
    }

    synchronized void fault(String fault) {
        count("faults");
        if (faults.size() < FAULTS_KEPT) {
            faults.add(fault);
        }
    }

    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    synchronized int counted(String what) {
        return counts.getOrDefault(what, 0);
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
