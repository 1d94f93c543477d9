package org.lamplighter.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzRegression;

/** The kept inputs of every target of console, once. */
final class ConsoleFuzzTest {
    @TestFactory
    Stream<DynamicTest> targets_keepTheirPromise() throws Exception {
        return FuzzRegression.tests(new ConsoleFuzz(), Vectors.root().resolve("console/src/test/resources/fuzz"));
    }
}
