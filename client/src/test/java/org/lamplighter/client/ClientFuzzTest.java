package org.lamplighter.client;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzRegression;

/** The kept inputs of every target of client, once. */
final class ClientFuzzTest {
    @TestFactory
    Stream<DynamicTest> targets_keepTheirPromise() throws Exception {
        return FuzzRegression.tests(new ClientFuzz(), Vectors.root().resolve("client/src/test/resources/fuzz"));
    }
}
