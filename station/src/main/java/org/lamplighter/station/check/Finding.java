package org.lamplighter.station.check;

import java.util.List;

/**
 * The outcome of one check.
 *
 * @param check what was checked
 * @param faults what is wrong, one line each; empty when nothing is
 * @param remark what was looked at, or what is unusual and allowed
 */
public record Finding(String check, List<String> faults, String remark) {
    public Finding {
        faults = List.copyOf(faults);
    }

    public boolean isOk() {
        return faults.isEmpty();
    }

    /** One line for a screen: {@code ok} or {@code failed}, the check, and why. */
    public String line() {
        String detail = isOk() ? remark : String.join("; ", faults);
        return (isOk() ? "ok      " : "failed  ") + check + (detail.isEmpty() ? "" : ": " + detail);
    }
}
