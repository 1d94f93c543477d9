package org.lamplighter.cli.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.lamplighter.cli.newsroom.RootFileFuzz;
import org.lamplighter.cli.trustee.TrusteeFolderFuzz;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** The files that hold a newsroom's and a trustee's keys. */
public final class CliFuzz implements FuzzTargets {
    @Override
    public List<FuzzTarget> all() throws Exception {
        return Stream.of(RootFileFuzz.targets(), TrusteeFolderFuzz.targets())
                .flatMap(List::stream)
                .toList();
    }
}
