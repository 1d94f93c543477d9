package org.lamplighter.station;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.console.Terminal;
import org.lamplighter.station.app.StationCommands;

/** Start of the station's program. */
public final class Main {
    private Main() {}

    /** Runs {@code station …} and ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(StationCommands.run(Terminal.system(), InstantSource.system(), new SecureRandom(), arguments));
    }
}
