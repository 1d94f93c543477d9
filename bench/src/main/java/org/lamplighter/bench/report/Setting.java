package org.lamplighter.bench.report;

import java.nio.file.Path;

/**
 * Where and how a bench runs.
 *
 * @param root of the checkout
 * @param work an empty folder on a real disk, deleted at the end
 * @param quick fewer rounds and smaller inputs, to see that everything works; not for figures that are written down
 */
public record Setting(Path root, Path work, boolean quick) {
    /** One line for whoever waits. */
    public void say(String line) {
        System.err.println("  " + line);
    }
}
