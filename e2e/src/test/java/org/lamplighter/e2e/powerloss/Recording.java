package org.lamplighter.e2e.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.e2e.powerloss.Disk.Fate;
import org.lamplighter.e2e.powerloss.Syscall.Action;

/**
 * Every change that programs made to one folder, from a copy of it as it was before.
 *
 * @param before the copy
 * @param folder where it was when the calls were made, and where it lies as they left it
 */
record Recording(Path before, Path folder, List<Syscall> calls) {
    /** How many states in between are made for each moment at which the power fails. */
    private static final int DRAWN = 2;

    Recording {
        calls = List.copyOf(calls);
    }

    /** Tells what is wrong with a state: everything that was promised before {@code micros} must be in {@code state}. */
    interface Judge {
        List<String> faults(Path state, long micros) throws Exception;
    }

    /** Whether a copy of {@code folder} is made to {@code before}, from which a recording can begin. */
    static Path keep(Path folder, Path before) throws IOException {
        Town.copy(folder, before);
        return before;
    }

    /** The same without the calls that force what {@code files} names: the planted fault. */
    Recording without(Predicate<String> files) {
        List<Syscall> left = calls.stream()
                .filter(call -> !(call.action() instanceof Action.Force force
                        && files.test(folder.relativize(force.file()).toString())))
                .toList();
        if (left.size() == calls.size()) {
            throw new IllegalArgumentException("no such call is in the recording");
        }
        return new Recording(before, folder, left);
    }

    /** Files that are not the same here and in the record; none, if no change was overlooked. */
    List<String> differences(Path work) throws IOException {
        Disk disk = base();
        for (Syscall call : calls) {
            disk.apply(call);
        }
        Path replayed = work.resolve("replayed");
        disk.write(replayed, Fates.ALL);
        TreeSet<String> different = new TreeSet<>();
        TreeMap<String, Path> here = files(folder);
        TreeMap<String, Path> there = files(replayed);
        for (String name : here.keySet()) {
            if (!there.containsKey(name) || Files.mismatch(here.get(name), there.get(name)) >= 0) {
                different.add(name);
            }
        }
        there.keySet().stream().filter(name -> !here.containsKey(name)).forEach(different::add);
        delete(replayed);
        return List.copyOf(different);
    }

    /**
     * Lets the power fail at {@code cuts} moments and once at the end, makes the states in which the disk may be left, and asks
     * {@code judge} about each.
     *
     * @return what it said, with the moment and the state
     */
    Result judge(int cuts, Random random, Path work, Judge judge) throws Exception {
        return judge(cuts, random, work, judge, false);
    }

    /** As {@link #judge}, up to the first moment at which anything is wrong. */
    Result untilCaught(int cuts, Random random, Path work, Judge judge) throws Exception {
        return judge(cuts, random, work, judge, true);
    }

    private Result judge(int cuts, Random random, Path work, Judge judge, boolean stops) throws Exception {
        TreeSet<Integer> moments = moments(cuts, random);
        List<String> faults = new ArrayList<>();
        int states = 0;
        int most = 0;
        Disk disk = base();
        for (int next = 0; next <= calls.size() && !(stops && !faults.isEmpty()); next++) {
            boolean atEnd = next == calls.size();
            if (moments.contains(next)) {
                disk.settle(atEnd ? Long.MAX_VALUE : calls.get(next).begin());
                most = Math.max(most, disk.pending());
                long micros = atEnd ? Long.MAX_VALUE : calls.get(next).micros();
                for (Fate fate : fates(random)) {
                    Path state = work.resolve("state");
                    disk.write(state, fate);
                    for (String fault : judge.faults(state, micros)) {
                        faults.add("call " + next + " of " + calls.size() + ", " + fate + ": " + fault);
                    }
                    delete(state);
                    states++;
                }
            }
            if (!atEnd) {
                disk.apply(calls.get(next));
            }
        }
        return new Result(states, most, faults);
    }

    /** How many states were judged, how many changes were not forced at most, and what was wrong. */
    record Result(int states, int mostPending, List<String> faults) {}

    /** Half of them where something is about to be forced: then the most depends on it. */
    private TreeSet<Integer> moments(int cuts, Random random) {
        List<Integer> forces = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).action() instanceof Action.Force) {
                forces.add(i);
            }
        }
        TreeSet<Integer> moments = new TreeSet<>();
        moments.add(calls.size());
        for (int i = 0; i < cuts; i++) {
            moments.add(
                    i % 2 == 0 && !forces.isEmpty()
                            ? forces.get(random.nextInt(forces.size()))
                            : random.nextInt(calls.size()));
        }
        return moments;
    }

    private static List<Fate> fates(Random random) {
        List<Fate> fates = new ArrayList<>(List.of(Fates.NONE, Fates.NAMES, Fates.BYTES, Fates.ALL));
        for (int i = 0; i < DRAWN; i++) {
            fates.add(Fates.drawn(random));
        }
        return fates;
    }

    /** What lies in {@link #before}, as the disk of {@link #folder}. */
    private Disk base() throws IOException {
        return Disk.of(before, folder);
    }

    private static TreeMap<String, Path> files(Path folder) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("-shm"))
                    .forEach(file -> files.put(folder.relativize(file).toString(), file));
        }
        return files;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
