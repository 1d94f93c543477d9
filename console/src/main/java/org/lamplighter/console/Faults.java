package org.lamplighter.console;

import java.util.ArrayList;
import java.util.List;

/** Collects what one check finds wrong: the first few lines, and how many more. One thread at a time. */
public final class Faults {
    /** Most that a finding lists; one line more says how many there are besides. */
    static final int SHOWN = 5;

    private final List<String> shown = new ArrayList<>();
    private int more;

    /** Adds one line. */
    public void add(String fault) {
        if (shown.size() < SHOWN) {
            shown.add(fault);
        } else {
            more++;
        }
    }

    /** Adds {@code fault} when {@code wrong}. */
    public void addIf(boolean wrong, String fault) {
        if (wrong) {
            add(fault);
        }
    }

    /** The outcome: what was added, or that nothing was. */
    public Finding finding(String check, String remark) {
        List<String> faults = new ArrayList<>(shown);
        if (more > 0) {
            faults.add("and " + more + " more");
        }
        return new Finding(check, faults, remark);
    }
}
