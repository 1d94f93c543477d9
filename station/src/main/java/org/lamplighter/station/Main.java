package org.lamplighter.station;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.console.Terminal;
import org.lamplighter.station.app.StationCommands;

/** Start of the station's program. */
public final class Main {
    /** As Java calls the number of threads that run virtual threads; read when the first one starts. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private static final int LEAST_CARRIERS = 8;

    private Main() {}

    /** Runs {@code station …} and ends with its exit code. */
    public static void main(String[] arguments) {
        shareProcessors();
        System.exit(StationCommands.run(Terminal.system(), InstantSource.system(), new SecureRandom(), arguments));
    }

    /**
     * Virtual threads are never interrupted for one another: with one carrier a processor, as is the default, an answer that is in
     * memory waits until a bundle is decoded or a chunk hashed. With more carriers the operating system shares the processors out.
     */
    private static void shareProcessors() {
        if (System.getProperty(CARRIERS) == null) {
            int carriers = Math.max(LEAST_CARRIERS, Runtime.getRuntime().availableProcessors());
            System.setProperty(CARRIERS, Integer.toString(carriers));
        }
    }
}
