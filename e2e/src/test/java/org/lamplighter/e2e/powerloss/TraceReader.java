package org.lamplighter.e2e.powerloss;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.e2e.powerloss.Syscall.Action;

/**
 * Reads what {@code strace -f -ttt -y -xx} wrote: one call a line, strings as {@code \xHH}, descriptors followed by their path;
 * a call that was overtaken by another thread's stands in two lines. A call on the folder that is not understood is an error: no
 * change may be overlooked.
 */
final class TraceReader {
    /** The calls to record. */
    static final String CALLS =
            "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,"
                    + "fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,"
                    + "mkdirat,rmdir,sendfile,copy_file_range,splice";

    private static final Pattern LINE = Pattern.compile("([0-9]+) +([0-9]+)\\.([0-9]{6}) (.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. ([a-z0-9_]+) resumed>(.*)");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern CALL = Pattern.compile("([a-z0-9_]+)\\((.*)\\) += (-?[0-9]+|\\?).*");
    private static final Pattern DESCRIPTOR = Pattern.compile("(-?[0-9]+|AT_FDCWD)<((?:\\\\x[0-9a-f]{2})*)>.*");

    private final Path folder;
    private final Map<String, Begun> begun = new HashMap<>();
    private final List<Syscall> calls = new ArrayList<>();
    private long order;

    private TraceReader(Path folder) {
        this.folder = folder;
    }

    private record Begun(String text, long micros, long order) {}

    /** The calls on files in {@code folder}, in the order in which they were called. */
    static List<Syscall> read(Path trace, Path folder) throws IOException {
        TraceReader reader = new TraceReader(folder);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
        }
        // A thread that was killed inside a call: it may have happened, in part or in whole.
        for (Begun left : List.copyOf(reader.begun.values())) {
            reader.call(left.text() + ") = ?", left.micros(), left.order());
        }
        reader.calls.sort(Comparator.comparingLong(Syscall::begin));
        return List.copyOf(reader.calls);
    }

    private void line(String line) throws IOException {
        order++;
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("not a line of a trace: " + line.substring(0, Math.min(80, line.length())));
        }
        String thread = matcher.group(1);
        String rest = matcher.group(4);
        if (rest.endsWith(UNFINISHED)) {
            long micros = Long.parseLong(matcher.group(2)) * 1_000_000 + Long.parseLong(matcher.group(3));
            begun.put(thread, new Begun(rest.substring(0, rest.length() - UNFINISHED.length()), micros, order));
            return;
        }
        Matcher resumed = RESUMED.matcher(rest);
        if (resumed.matches()) {
            Begun first = begun.remove(thread);
            if (first == null) {
                throw new IOException("a call ends that did not begin");
            }
            call(first.text() + resumed.group(2), first.micros(), first.order());
            return;
        }
        if (rest.startsWith("+++") || rest.startsWith("---")) {
            begun.remove(thread);
            return;
        }
        call(rest, Long.parseLong(matcher.group(2)) * 1_000_000 + Long.parseLong(matcher.group(3)), order);
    }

    private void call(String text, long micros, long begin) throws IOException {
        Matcher matcher = CALL.matcher(text);
        if (!matcher.matches()) {
            throw new IOException("not a call: " + text.substring(0, Math.min(120, text.length())));
        }
        String result = matcher.group(3);
        if (result.startsWith("-")) {
            return; // it failed: nothing happened
        }
        Optional<Action> action = action(matcher.group(1), split(matcher.group(2)), result);
        action.ifPresent(done -> calls.add(new Syscall(begin, order, micros, done)));
    }

    private Optional<Action> action(String name, List<String> arguments, String result) throws IOException {
        return switch (name) {
            case "open", "creat" ->
                open(
                        Path.of(text(arguments.get(0))),
                        name.equals("creat") ? "O_WRONLY|O_CREAT|O_TRUNC" : arguments.get(1),
                        result);
            case "openat" -> open(at(arguments, 0), arguments.get(2), result);
            case "write" -> write(arguments, -1, result);
            case "pwrite64" -> write(arguments, Long.parseLong(arguments.get(3)), result);
            case "ftruncate" ->
                in(file(arguments.get(0)), file -> new Action.Truncate(file, Long.parseLong(arguments.get(1))));
            case "fsync", "fdatasync" -> in(file(arguments.get(0)), Action.Force::new);
            case "rename" -> renamed(Path.of(text(arguments.get(0))), Path.of(text(arguments.get(1))));
            case "renameat", "renameat2" -> renamed(at(arguments, 0), at(arguments, 2));
            case "unlink", "rmdir" -> in(Path.of(text(arguments.get(0))), Action.Unlink::new);
            case "unlinkat" -> in(at(arguments, 0), Action.Unlink::new);
            case "mkdir" -> in(Path.of(text(arguments.get(0))), Action.MakeFolder::new);
            case "mkdirat" -> in(at(arguments, 0), Action.MakeFolder::new);
            case "lseek" ->
                in(
                        file(arguments.get(0)),
                        file -> new Action.Seek(descriptor(arguments), file, Long.parseLong(result)));
            default -> refuse(name, arguments);
        };
    }

    private Optional<Action> open(Path file, String flags, String result) {
        boolean writes = flags.contains("O_WRONLY") || flags.contains("O_RDWR");
        if (!writes || result.equals("?")) {
            return Optional.empty(); // whoever was killed in it wrote nothing
        }
        return in(
                file,
                path -> new Action.Open(
                        Integer.parseInt(result),
                        path,
                        flags.contains("O_CREAT"),
                        flags.contains("O_TRUNC"),
                        flags.contains("O_APPEND")));
    }

    private static int descriptor(List<String> arguments) {
        return Integer.parseInt(arguments.get(0).substring(0, arguments.get(0).indexOf('<')));
    }

    private Optional<Action> write(List<String> arguments, long offset, String result) throws IOException {
        Optional<Path> file = file(arguments.get(0));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = bytes(arguments.get(1));
        int written = result.equals("?") ? bytes.length : Integer.parseInt(result);
        if (written > bytes.length) {
            throw new IOException("the trace does not hold all that was written");
        }
        return in(
                file,
                path -> new Action.Write(
                        descriptor(arguments),
                        path,
                        offset,
                        ByteBuffer.wrap(bytes, 0, written).slice()));
    }

    private Optional<Action> renamed(Path from, Path to) throws IOException {
        if (from.startsWith(folder) != to.startsWith(folder)) {
            throw new IOException("renamed into the folder or out of it");
        }
        return in(from, path -> new Action.Rename(path, to));
    }

    /** No change may be overlooked: a call that is not modelled must not touch the folder. */
    private Optional<Action> refuse(String name, List<String> arguments) throws IOException {
        for (String argument : arguments) {
            boolean descriptor = DESCRIPTOR.matcher(argument).matches()
                    && file(argument).filter(f -> f.startsWith(folder)).isPresent();
            if (descriptor || (argument.startsWith("\"") && text(argument).startsWith(folder.toString()))) {
                throw new IOException("a call that is not modelled touches the folder: " + name);
            }
        }
        return Optional.empty();
    }

    private interface Made {
        Action of(Path file);
    }

    private Optional<Action> in(Path file, Made made) {
        return file.startsWith(folder) ? Optional.of(made.of(file)) : Optional.empty();
    }

    private Optional<Action> in(Optional<Path> file, Made made) {
        return file.flatMap(path -> in(path, made));
    }

    /** The path of a descriptor; empty for what is no file, or has no name any more. */
    private static Optional<Path> file(String argument) {
        Matcher matcher = DESCRIPTOR.matcher(argument);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = text("\"" + matcher.group(2) + "\"");
        return path.startsWith("/") && !path.endsWith(" (deleted)") ? Optional.of(Path.of(path)) : Optional.empty();
    }

    private static Path at(List<String> arguments, int index) {
        Path path = Path.of(text(arguments.get(index + 1)));
        return path.isAbsolute()
                ? path
                : file(arguments.get(index)).orElse(Path.of("/")).resolve(path);
    }

    private static List<String> split(String arguments) {
        return List.of(arguments.split(", ", -1));
    }

    private static String text(String argument) {
        return new String(bytes(argument), StandardCharsets.UTF_8);
    }

    /** {@code "\xHH…"}, with nothing but hex inside. */
    private static byte[] bytes(String argument) {
        int begin = argument.indexOf('"') + 1;
        int end = argument.lastIndexOf('"');
        ByteArrayOutputStream out = new ByteArrayOutputStream((end - begin) / 4);
        for (int i = begin; i < end; i += 4) {
            out.write(Character.digit(argument.charAt(i + 2), 16) << 4 | Character.digit(argument.charAt(i + 3), 16));
        }
        return out.toByteArray();
    }
}
