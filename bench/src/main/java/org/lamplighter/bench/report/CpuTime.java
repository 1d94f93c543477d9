package org.lamplighter.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of this process and of the children it has waited for, from Linux's {@code /proc}, in steps of 10 ms. */
public final class CpuTime {
    private static final Path STAT = Path.of("/proc/self/stat");

    private CpuTime() {}

    /** Seconds since the start of this process; NaN where there is no {@code /proc}. */
    public static double seconds() throws IOException {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        return ProcessUse.processorSeconds(ProcessHandle.current().pid());
    }
}
