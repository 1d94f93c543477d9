package org.lamplighter.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of this process and of the children it has waited for, from Linux's {@code /proc}, in steps of 10 ms. */
public final class CpuTime {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final double TICKS_PER_SECOND = 100;

    private CpuTime() {}

    /** Seconds since the start of this process; NaN where there is no {@code /proc}. */
    public static double seconds() throws IOException {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        String stat = Files.readString(STAT);
        // The name in brackets may hold spaces; after it come state and numbers (proc_pid_stat(5)): utime is field 14.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
