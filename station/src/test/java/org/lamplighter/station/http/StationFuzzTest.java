package org.lamplighter.station.http;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzRegression;

/** The kept inputs of every target of station, once. */
final class StationFuzzTest {
    @TestFactory
    Stream<DynamicTest> targets_keepTheirPromise() throws Exception {
        return FuzzRegression.tests(new StationFuzz(), Vectors.root().resolve("station/src/test/resources/fuzz"));
    }
}
