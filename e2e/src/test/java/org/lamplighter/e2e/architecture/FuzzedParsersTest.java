package org.lamplighter.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No parser is forgotten by the fuzzer: whatever reads bytes or text from outside is called by a target, that is by a class whose name
 * ends in {@code Fuzz}, or by a parser that is.
 */
final class FuzzedParsersTest {
    private static final List<String> MODULES = List.of("core", "console", "client", "station", "desk", "cli");

    /** What a refusal looks like. */
    private static final Set<String> REFUSALS =
            Set.of("org.lamplighter.core.wire.MalformedException", "org.lamplighter.core.words.MnemonicException");

    /** What a parser is given. */
    private static final Set<String> INPUTS = Set.of(
            byte[].class.getName(),
            char[].class.getName(),
            String.class.getName(),
            "java.io.InputStream",
            "org.lamplighter.core.secret.SecretBytes",
            "org.lamplighter.core.wire.ByteReader",
            "org.lamplighter.core.note.NoteLines");

    /** Parsers by another path, each with its reason. */
    private static final Set<String> EXEMPT = Set.of(
            // The check of a length that the parsers of keys begin with.
            "org.lamplighter.core.envelope.Lengths.check",
            // Dates of what was parsed: the text is a name for errors.
            "org.lamplighter.core.newsroom.Validity.check",
            "org.lamplighter.core.newsroom.Serial.checkSuccessor");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .flatMap(module -> Stream.of("classes", "test-classes")
                            .map(folder ->
                                    root().resolve(module).resolve("target").resolve(folder)))
                    .toList());

    @Test
    void everyParser_isATargetOfTheFuzzer() {
        assertThat(parsers()).hasSizeGreaterThan(60);
        assertThat(forgotten(name -> true)).isEmpty();
    }

    @Test
    void parserWithoutATarget_isFound() {
        // The planted fault: the targets of the mailbox left out.
        assertThat(forgotten(name -> !name.endsWith(".MailboxFuzz")))
                .contains("org.lamplighter.core.mailbox.AdmissionBuckets.parse")
                .doesNotContain("org.lamplighter.core.epoch.HeadMemory.parse");
    }

    /** Names of the parsers that the targets in classes of these names do not reach. */
    private static Collection<String> forgotten(Predicate<String> targets) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        for (JavaClass type : CLASSES) {
            String outer = type.getName().replaceAll("\\$.*", "");
            if (outer.endsWith("Fuzz") && targets.test(outer)) {
                open.addAll(type.getCodeUnits());
            }
        }
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (reached.add(unit)) {
                calls(unit)
                        .filter(called -> isParser(called) || isPrivateOf(unit, called))
                        .forEach(open::push);
            }
        }
        Set<String> names = new TreeSet<>();
        for (JavaMethod parser : parsers()) {
            String name = parser.getOwner().getName() + "." + parser.getName();
            if (!reached.contains(parser) && !EXEMPT.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static Stream<JavaCodeUnit> calls(JavaCodeUnit unit) {
        return Stream.concat(
                        unit.getCallsFromSelf().stream()
                                .map(call -> call.getTarget().resolveMember()),
                        unit.getCodeUnitReferencesFromSelf().stream()
                                .map(reference -> reference.getTarget().resolveMember()))
                .flatMap(member -> member.stream());
    }

    /** Parts of a parser, lambdas included, and of a target. */
    private static boolean isPrivateOf(JavaCodeUnit unit, JavaCodeUnit called) {
        return called.getOwner().equals(unit.getOwner())
                && called.getModifiers().contains(JavaModifier.PRIVATE);
    }

    private static List<JavaMethod> parsers() {
        return CLASSES.stream()
                .filter(type -> isShipped(type) && !type.isInterface())
                .flatMap(type -> type.getMethods().stream())
                .filter(FuzzedParsersTest::isParser)
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .toList();
    }

    private static boolean isShipped(JavaClass type) {
        return type.getSource().orElseThrow().getUri().getPath().contains("/target/classes/");
    }

    private static boolean isParser(JavaCodeUnit unit) {
        boolean refuses = unit.getExceptionTypes().stream().anyMatch(type -> REFUSALS.contains(type.getName()));
        boolean named = unit.getName().matches("(parse|decode|read)[A-Z]?.*")
                && unit.getModifiers().contains(JavaModifier.STATIC);
        boolean reads = unit.getRawParameterTypes().stream().anyMatch(type -> INPUTS.contains(type.getName()));
        // The readers themselves are driven by every parser.
        boolean reader = unit.getOwner().getName().matches(".*\\.(ByteReader|NoteLines|ShareText)");
        return (refuses || named) && reads && !reader;
    }

    private static Path root() {
        return Path.of(System.getProperty("lamplighter.root"));
    }
}
