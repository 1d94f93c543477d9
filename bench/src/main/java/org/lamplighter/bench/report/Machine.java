package org.lamplighter.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What the figures were measured on. No name of the machine and no path.
 *
 * @param load processes that wanted to run in the minute before, on average; above the number of cores, times are not to be
 *     trusted
 * @param commit of the checkout, with {@code +} where it was changed; {@code unknown} without git
 */
public record Machine(String processor, int cores, String java, String date, double load, String commit) {
    /** This one, now. */
    public static Machine here(Path root) throws IOException, InterruptedException {
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                head(root));
    }

    /** One line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d cores of %s, load %.1f before the run, JDK %s, %s, commit %s",
                cores,
                processor,
                load,
                java,
                date,
                commit);
    }

    private static String model() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }

    private static String head(Path root) throws IOException, InterruptedException {
        if (!Peer.isInstalled("git") || !Files.exists(root.resolve(".git"))) {
            return "unknown";
        }
        String id = git(root, "rev-parse", "--short=12", "HEAD");
        return git(root, "status", "--porcelain", "--untracked-files=no").isEmpty() ? id : id + "+";
    }

    private static String git(Path root, String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = root.toString();
        System.arraycopy(words, 0, command, 3, words.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? output : "unknown";
    }
}
