package org.lamplighter.cli.fuzz;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzRegression;

/** The kept inputs of every target of cli, once. */
final class CliFuzzTest {
    @TestFactory
    Stream<DynamicTest> targets_keepTheirPromise() throws Exception {
        return FuzzRegression.tests(new CliFuzz(), Vectors.root().resolve("cli/src/test/resources/fuzz"));
    }
}
