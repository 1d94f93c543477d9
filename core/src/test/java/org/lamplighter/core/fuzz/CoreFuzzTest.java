package org.lamplighter.core.fuzz;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzRegression;

/** The kept inputs of every target of core, once. */
final class CoreFuzzTest {
    @TestFactory
    Stream<DynamicTest> targets_keepTheirPromise() throws Exception {
        return FuzzRegression.tests(new CoreFuzz(), Vectors.root().resolve("core/src/test/resources/fuzz"));
    }
}
