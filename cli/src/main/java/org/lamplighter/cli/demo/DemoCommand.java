package org.lamplighter.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lamplighter demo}: see {@link Demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "One disclosure from beginning to end on this machine, with real files and processes.")
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;

    @Option(names = "--once", description = "End by itself: exit code 0 when all checks held, 1 otherwise.")
    private boolean once;

    @Option(
            names = "--solo",
            description = "One journalist and one trustee; the files are sealed so that both are needed.")
    private boolean solo;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Make everything in this new folder and leave it there, with report.json.")
    private Optional<Path> keep = Optional.empty();

    /** The command, telling its story to {@code terminal}. */
    public DemoCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, CommandFailure, InterruptedException {
        Path home = home();
        CountDownLatch over = new CountDownLatch(1);
        Demo demo = Demo.in(home, solo, terminal, clock);
        Thread tidy = new Thread(() -> {
            over.countDown();
            demo.close();
            tidyUp(home);
        });
        Runtime.getRuntime().addShutdownHook(tidy);
        Report report = demo.play();
        keep.ifPresent(folder -> terminal.print("everything is in " + folder.toAbsolutePath()));
        terminal.print(report.passed() + " passed, " + report.failed() + " failed");
        if (once) {
            return report.failed() == 0 ? 0 : 1;
        }
        demo.goOn().forEach(terminal::print);
        over.await();
        return 0;
    }

    private Path home() throws IOException, CommandFailure {
        if (keep.isEmpty()) {
            return Files.createTempDirectory("lamplighter-demo");
        }
        Path folder = keep.get().toAbsolutePath();
        if (Files.exists(folder)) {
            throw CommandFailure.of("exists already: " + folder, "name a new folder after --keep");
        }
        return Files.createDirectories(folder);
    }

    private void tidyUp(Path home) {
        if (keep.isPresent()) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            terminal.say("left behind: " + home);
        }
    }
}
