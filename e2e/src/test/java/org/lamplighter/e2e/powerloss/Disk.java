package org.lamplighter.e2e.powerloss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lamplighter.e2e.powerloss.Syscall.Action;

/**
 * A folder on a disk that keeps nothing it was not made to keep: files with the bytes that were forced and the changes since;
 * folders with the names that were forced and the changes since. Forcing a file says nothing of its name, as POSIX has it. A
 * rename within a folder happens or does not; between two folders the new name may come to last before the old one goes, and
 * not the other way round. Pages of {@value #PAGE} bytes are whole. One thread at a time.
 */
final class Disk {
    static final int PAGE = 4096;

    private final Path folder;
    private final Names root = new Names();
    private final Map<Integer, Long> positions = new HashMap<>();
    /** Calls that force, which have begun and not returned. */
    private final List<Syscall> forcing = new ArrayList<>();

    private Disk(Path folder) {
        this.folder = folder;
    }

    private sealed interface Node {}

    private static final class Bytes implements Node {
        private byte[] forced = new byte[0];
        private final List<Change> pending = new ArrayList<>();
        private long size;
    }

    private static final class Names implements Node {
        private final Map<String, Node> forced = new TreeMap<>();
        private final Map<String, Node> now = new TreeMap<>();
        private final List<Naming> pending = new ArrayList<>();
    }

    /** A write, or the new size when there are no bytes. */
    private record Change(long end, long offset, ByteBuffer bytes, boolean cuts) {}

    /** What becomes of one name in one folder; {@code first} must last before this one may. */
    private static final class Naming {
        private final long end;
        private final Map<String, Optional<Node>> edits = new LinkedHashMap<>();
        private final Optional<Naming> first;
        private boolean forced;

        Naming(long end, Optional<Naming> first) {
            this.end = end;
            this.first = first;
        }
    }

    /** What lies in {@code contents}, all of it forced, as the disk under {@code folder}. */
    static Disk of(Path contents, Path folder) throws IOException {
        Disk disk = new Disk(folder);
        disk.load(contents, disk.root);
        return disk;
    }

    private void load(Path from, Names names) throws IOException {
        try (Stream<Path> found = Files.list(from)) {
            for (Path path : found.toList()) {
                Node node;
                if (Files.isDirectory(path)) {
                    Names below = new Names();
                    load(path, below);
                    node = below;
                } else {
                    Bytes bytes = new Bytes();
                    bytes.forced = Files.readAllBytes(path);
                    bytes.size = bytes.forced.length;
                    node = bytes;
                }
                names.forced.put(name(path), node);
                names.now.put(name(path), node);
            }
        }
    }

    /** Lets a call happen; what has been forced by those that returned before it lasts from now on. */
    void apply(Syscall call) throws IOException {
        settle(call.begin());
        switch (call.action()) {
            case Action.Open open -> open(open, call);
            case Action.Seek seek -> positions.put(seek.descriptor(), seek.position());
            case Action.Write write -> write(write, call);
            case Action.Truncate truncate -> {
                Bytes file = bytes(truncate.file());
                file.pending.add(new Change(call.end(), truncate.size(), ByteBuffer.allocate(0), true));
                file.size = truncate.size();
            }
            case Action.Force force -> {
                if (call.end() != Long.MAX_VALUE) {
                    forcing.add(call);
                }
            }
            case Action.Rename rename -> rename(rename, call);
            case Action.Unlink unlink -> edit(unlink.file(), Optional.empty(), call, Optional.empty());
            case Action.MakeFolder make -> edit(make.folder(), Optional.of(new Names()), call, Optional.empty());
        }
    }

    /** What was forced by calls that returned before {@code order} lasts. */
    void settle(long order) throws IOException {
        for (Syscall force : List.copyOf(forcing)) {
            if (force.end() < order) {
                forcing.remove(force);
                force(find(((Action.Force) force.action()).file()), force.begin());
            }
        }
    }

    /** Which of the changes that were not forced a disk has kept. */
    interface Fate {
        /** Whether it kept this page of a write. */
        boolean keepsPage();

        /** Whether it kept a change of names. */
        boolean keepsName();
    }

    /** Writes what a loss of power would leave now into {@code target}, which is made. SQLite's shared memory never lasts. */
    void write(Path target, Fate fate) throws IOException {
        write(root, target, fate, new HashMap<>());
    }

    /** Changes that were not forced yet. */
    int pending() {
        return pending(root);
    }

    private static int pending(Names names) {
        int pending = names.pending.size();
        for (Node node : names.now.values()) {
            pending += node instanceof Names below ? pending(below) : ((Bytes) node).pending.size();
        }
        return pending;
    }

    private static void write(Names names, Path target, Fate fate, Map<Naming, Boolean> drawn) throws IOException {
        Files.createDirectories(target);
        Map<String, Node> kept = new TreeMap<>(names.forced);
        for (Naming naming : names.pending) {
            if (lasts(naming, fate, drawn)) {
                edit(kept, naming);
            }
        }
        for (Map.Entry<String, Node> entry : kept.entrySet()) {
            Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof Names below) {
                write(below, path, fate, drawn);
            } else if (!entry.getKey().endsWith("-shm")) {
                Files.write(path, content((Bytes) entry.getValue(), fate));
            }
        }
    }

    private static boolean lasts(Naming naming, Fate fate, Map<Naming, Boolean> drawn) {
        Boolean known = drawn.get(naming);
        if (known == null) {
            known = naming.forced
                    || (naming.first.map(first -> lasts(first, fate, drawn)).orElse(true) && fate.keepsName());
            drawn.put(naming, known);
        }
        return known;
    }

    private static byte[] content(Bytes file, Fate fate) {
        long most = file.forced.length;
        for (Change change : file.pending) {
            most = Math.max(most, change.offset() + change.bytes().remaining());
        }
        byte[] content = Arrays.copyOf(file.forced, (int) most);
        int size = file.forced.length;
        for (Change change : file.pending) {
            if (change.cuts()) {
                if (fate.keepsPage()) {
                    Arrays.fill(content, Math.min(size, (int) change.offset()), size, (byte) 0);
                    size = (int) change.offset();
                }
                continue;
            }
            for (int from = 0; from < change.bytes().remaining(); ) {
                int at = (int) change.offset() + from;
                int length = Math.min(change.bytes().remaining() - from, PAGE - at % PAGE);
                if (fate.keepsPage()) {
                    change.bytes().get(from, content, at, length);
                    size = Math.max(size, at + length);
                }
                from += length;
            }
        }
        return Arrays.copyOf(content, size);
    }

    private void open(Action.Open open, Syscall call) throws IOException {
        if (!(parent(open.file()).now.get(name(open.file())) instanceof Bytes)) {
            if (!open.creates()) {
                throw new IOException("opened and not there: " + open.file());
            }
            edit(open.file(), Optional.of(new Bytes()), call, Optional.empty());
        }
        Bytes file = bytes(open.file());
        if (open.truncates() && file.size > 0) {
            file.pending.add(new Change(call.end(), 0, ByteBuffer.allocate(0), true));
            file.size = 0;
        }
        if (open.appends()) {
            throw new IOException("a file that is appended to is not modelled");
        }
        positions.put(open.descriptor(), 0L);
    }

    private void write(Action.Write write, Syscall call) throws IOException {
        Bytes file = bytes(write.file());
        long offset = write.offset();
        if (offset < 0) {
            offset = positions.getOrDefault(write.descriptor(), 0L);
            positions.put(write.descriptor(), offset + write.bytes().remaining());
        }
        file.pending.add(new Change(call.end(), offset, write.bytes(), false));
        file.size = Math.max(file.size, offset + write.bytes().remaining());
    }

    private void rename(Action.Rename rename, Syscall call) throws IOException {
        Names from = parent(rename.from());
        Node node = from.now.get(name(rename.from()));
        if (node == null) {
            throw new IOException("renamed and not there: " + rename.from());
        }
        if (parent(rename.to()) == from) {
            Naming naming = new Naming(call.end(), Optional.empty());
            naming.edits.put(name(rename.from()), Optional.empty());
            naming.edits.put(name(rename.to()), Optional.of(node));
            from.pending.add(naming);
            edit(from.now, naming);
            return;
        }
        Naming arrives = edit(rename.to(), Optional.of(node), call, Optional.empty());
        edit(rename.from(), Optional.empty(), call, Optional.of(arrives));
    }

    private Naming edit(Path path, Optional<Node> node, Syscall call, Optional<Naming> first) throws IOException {
        Naming naming = new Naming(call.end(), first);
        naming.edits.put(name(path), node);
        Names names = parent(path);
        names.pending.add(naming);
        edit(names.now, naming);
        return naming;
    }

    private static void edit(Map<String, Node> names, Naming naming) {
        naming.edits.forEach((name, node) -> {
            if (node.isPresent()) {
                names.put(name, node.get());
            } else {
                names.remove(name);
            }
        });
    }

    /** Everything that had returned before the call that forces began. */
    private static void force(Node node, long begin) {
        if (node instanceof Names names) {
            for (Naming naming : List.copyOf(names.pending)) {
                if (naming.end < begin) {
                    edit(names.forced, naming);
                    naming.forced = true;
                    names.pending.remove(naming);
                }
            }
            return;
        }
        Bytes file = (Bytes) node;
        Bytes settled = new Bytes();
        settled.forced = file.forced;
        for (Change change : List.copyOf(file.pending)) {
            if (change.end() < begin) {
                settled.pending.add(change);
                file.pending.remove(change);
            }
        }
        file.forced = content(settled, Fates.ALL);
    }

    private Names parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && find(parent) instanceof Names names) {
            return names;
        }
        throw new IOException("not in a folder: " + path);
    }

    private Bytes bytes(Path path) throws IOException {
        if (find(path) instanceof Bytes bytes) {
            return bytes;
        }
        throw new IOException("not a file: " + path);
    }

    private Node find(Path path) throws IOException {
        Node node = root;
        for (Path step : folder.relativize(path)) {
            if (step.toString().isEmpty()) {
                continue;
            }
            Node next = node instanceof Names names ? names.now.get(step.toString()) : null;
            if (next == null) {
                throw new IOException("nothing is there: " + path);
            }
            node = next;
        }
        return node;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
