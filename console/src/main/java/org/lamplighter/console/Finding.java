package org.lamplighter.console;

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

    /**
     * What is left of this finding after the check was made {@code again} on a station that went on meanwhile: only the faults that
     * were there both times. Where a list was too long to be shown whole, the later finding stands.
     */
    public Finding confirmedBy(Finding again) {
        if (isOk() || again.isOk()) {
            return isOk() ? this : again;
        }
        List<String> both = faults.stream().filter(again.faults::contains).toList();
        boolean whole = faults.size() <= Faults.SHOWN && again.faults.size() <= Faults.SHOWN;
        return new Finding(check, both.isEmpty() && !whole ? again.faults : both, again.remark);
    }

    /** One line for a screen: {@code ok} or {@code failed}, the check, and why. */
    public String line() {
        String detail = isOk() ? remark : String.join("; ", faults);
        return (isOk() ? "ok      " : "failed  ") + check + (detail.isEmpty() ? "" : ": " + detail);
    }
}
