package org.lamplighter.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process has used up to now, from Linux's {@code /proc}. */
public final class ProcessUse {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessUse() {}

    /**
     * Seconds of processor time of a process and of the children it has waited for, in steps of 10 ms.
     *
     * @throws IOException when it has ended, or where there is no {@code /proc}
     */
    public static double processorSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name in brackets may hold spaces; after it come state and numbers (proc_pid_stat(5)): utime is field 14.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /**
     * {@code VmRSS} or {@code VmHWM}, its memory now or at most, in KiB; nothing in the moment between its end and its burial.
     *
     * @throws IOException when it has ended, or where there is no {@code /proc}
     */
    public static OptionalLong kibibytes(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst();
    }
}
