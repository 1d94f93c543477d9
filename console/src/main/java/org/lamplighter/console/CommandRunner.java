package org.lamplighter.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs picocli commands: exit code 0 done, 1 refused or failed, 2 usage. */
public final class CommandRunner {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private final Terminal terminal;

    private CommandRunner(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs {@code command}, an object or a {@link CommandLine} with subcommands, and yields the exit code. Whatever a command
     * throws ends here, as {@code error:} and {@code hint:} lines on the terminal's error stream.
     */
    public static int run(CommandLine command, Terminal terminal, String... arguments) {
        CommandRunner runner = new CommandRunner(terminal);
        command.setOut(terminal.outWriter());
        command.setErr(terminal.errWriter());
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        setVersion(command, version());
        command.setParameterExceptionHandler((failure, args) -> runner.usage(failure));
        command.setExecutionExceptionHandler((failure, line, parsed) -> runner.failed(failure));
        return command.execute(arguments);
    }

    /** Out of the jar that this class came in; classes that came in none have no version. */
    private static String version() {
        String version = CommandRunner.class.getPackage().getImplementationVersion();
        return "lamplighter " + (version == null ? "(not from a jar)" : version);
    }

    private static void setVersion(CommandLine command, String version) {
        command.getCommandSpec().version(version);
        command.getSubcommands().values().forEach(sub -> setVersion(sub, version));
    }

    private int usage(ParameterException failure) {
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        terminal.error(String.valueOf(failure.getMessage()).lines().findFirst().orElse("wrong usage"));
        terminal.hint("see " + name + " --help");
        return USAGE;
    }

    private int failed(Exception failure) {
        switch (failure) {
            case CommandFailure refused -> {
                terminal.error(refused.error());
                terminal.hint(refused.hint());
            }
            case UncheckedIOException io -> file(Objects.requireNonNull(io.getCause()));
            case IOException io -> file(io);
            default -> bug(failure);
        }
        return FAILED;
    }

    private void file(IOException failure) {
        String detail = String.valueOf(failure.getMessage());
        if (isDiskFull(detail)) {
            terminal.error("the disk is full: " + detail);
            terminal.hint("make room there (df -h shows where), then run the command again");
            return;
        }
        switch (failure) {
            case NoSuchFileException missing -> terminal.error("no such file or folder: " + detail);
            case AccessDeniedException denied -> terminal.error("permission denied: " + detail);
            case FileAlreadyExistsException existing -> terminal.error("exists already: " + detail);
            case NotDirectoryException file -> terminal.error("not a folder: " + detail);
            case FileSystemException f -> terminal.error("cannot use " + f.getFile() + ": " + f.getReason());
            default -> terminal.error(detail);
        }
        terminal.hint("check the path, its owner and the free space, then run the command again");
    }

    /** The JDK has no type for it: the texts of the operating system and of the store are all there is. */
    private static boolean isDiskFull(String detail) {
        return detail.contains("No space left on device") || detail.contains("no space left for the database");
    }

    /** A fault of ours. The text of the exception may hold what must not be shown, so only places in the code are printed. */
    private void bug(Exception failure) {
        terminal.error("internal fault (" + failure.getClass().getName() + ")");
        for (StackTraceElement frame : failure.getStackTrace()) {
            terminal.say("    at " + frame);
        }
        terminal.hint("please report this fault with the lines above");
    }
}
