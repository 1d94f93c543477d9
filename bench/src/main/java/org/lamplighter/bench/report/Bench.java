package org.lamplighter.bench.report;

import java.util.List;

/** One measurement by its name on the command line: add a class, and name it in {@code Main}. */
public interface Bench {
    /** As on the command line: small letters. */
    String name();

    /** What is measured, in a few words. */
    String what();

    /** About how many seconds it takes, for whoever waits. */
    int aboutSeconds(boolean quick);

    /**
     * Measures. Says nothing on standard output; long steps are told to {@link Setting#say}.
     *
     * @throws Exception whatever goes wrong; the run ends with it
     */
    List<Table> run(Setting setting) throws Exception;
}
