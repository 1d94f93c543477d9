package org.lamplighter.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One table of allowed edges; anything not listed fails. The picture is in ARCHITECTURE.md. */
final class ArchitectureTest {
    private static final List<String> SHIPPED = List.of("core", "console", "client", "station", "desk", "cli");
    private static final int LARGEST_PACKAGE = 20;

    private static final JavaClasses SHIPPED_CLASSES = new ClassFileImporter()
            .importPaths(SHIPPED.stream()
                    .map(module -> root().resolve(module).resolve("target/classes"))
                    .toList());

    /** What a module may use besides the JDK and its own packages. */
    private static final Map<String, List<String>> MODULE_MAY_USE = Map.of(
            "core", List.of("org.bouncycastle.."),
            "console", List.of("org.lamplighter.core.secret", "picocli.."),
            "client", List.of("org.lamplighter.core..", "org.eclipse.jetty..", "org.slf4j.."),
            "station",
                    List.of(
                            "org.lamplighter.core.secret",
                            "org.lamplighter.core.wire",
                            "org.lamplighter.core.note",
                            "org.lamplighter.core.signature",
                            "org.lamplighter.core.newsroom",
                            "org.lamplighter.core.prekey",
                            "org.lamplighter.core.collect",
                            "org.lamplighter.core.epoch",
                            "org.lamplighter.core.mailbox",
                            "org.lamplighter.core.evidence",
                            "org.lamplighter.core.backup",
                            "org.lamplighter.console..",
                            "org.eclipse.jetty..",
                            "org.sqlite..",
                            "picocli.."),
            "desk",
                    List.of(
                            "org.lamplighter.core..",
                            "org.lamplighter.client..",
                            "org.lamplighter.console..",
                            "picocli.."),
            "cli",
                    List.of(
                            "org.lamplighter.core..",
                            "org.lamplighter.client..",
                            "org.lamplighter.console..",
                            "picocli..",
                            "tools.jackson..",
                            "com.fasterxml.jackson.."));

    @TestFactory
    Stream<DynamicTest> everyModule_usesOnlyWhatTheTableAllows() {
        return SHIPPED.stream()
                .map(module ->
                        DynamicTest.dynamicTest(module, () -> moduleRule(module).check(SHIPPED_CLASSES)));
    }

    @Test
    void moduleRule_findsAForbiddenEdge() {
        // The planted fault: the desk judged by the station's row of the table.
        ArchRule stationRow = classes()
                .that()
                .resideInAPackage("org.lamplighter.desk..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed("station")));

        assertThatThrownBy(() -> stationRow.check(SHIPPED_CLASSES)).isInstanceOf(AssertionError.class);
    }

    @Test
    void core_readsNoClockAndTouchesNoFileOrNetwork() {
        noClasses()
                .that()
                .resideInAPackage("org.lamplighter.core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.util.logging..")
                        .or(new NamedClasses("java.io.File", "java.lang.System$Logger", "java.time.Clock")))
                .check(SHIPPED_CLASSES);
    }

    @Test
    void onlyThoseWithKeys_useWhatOpens() {
        noClasses()
                .that(resideInAnyPackage("org.lamplighter.station..", "org.lamplighter.client.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.lamplighter.core.envelope",
                        "org.lamplighter.core.scan",
                        "org.lamplighter.core.source",
                        "org.lamplighter.core.journalist",
                        "org.lamplighter.core.box",
                        "org.lamplighter.core.message",
                        "org.lamplighter.core.evidence.seal",
                        "org.lamplighter.core.evidence.open",
                        "org.lamplighter.core.evidence.share",
                        "org.lamplighter.core.primitive.."))
                .check(SHIPPED_CLASSES);
    }

    @Test
    void backups_areOpenedByTheCommandThatRestoresAlone() {
        noClasses()
                .that(resideOutsideOfPackages("org.lamplighter.core.backup..", "org.lamplighter.cli.backup"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.lamplighter.core.backup.open"))
                .check(SHIPPED_CLASSES);
    }

    @Test
    void primitives_areUsedByCoreAlone() {
        noClasses()
                .that(resideOutsideOfPackages("org.lamplighter.core.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.lamplighter.core.primitive.."))
                .check(SHIPPED_CLASSES);
    }

    @Test
    void packages_stayBelowTwentyTypes() {
        Map<String, Integer> sizes = new TreeMap<>();
        for (JavaClass type : SHIPPED_CLASSES) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                sizes.merge(type.getPackageName(), 1, Integer::sum);
            }
        }

        assertThat(sizes)
                .isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).describedAs(name).isLessThanOrEqualTo(LARGEST_PACKAGE));
    }

    private static ArchRule moduleRule(String module) {
        return classes()
                .that()
                .resideInAPackage("org.lamplighter." + module + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed(module)));
    }

    private static String[] allowed(String module) {
        return Stream.concat(
                        Stream.of("", "java..", "javax..", "org.jspecify..", "org.lamplighter." + module + ".."),
                        MODULE_MAY_USE.getOrDefault(module, List.of()).stream())
                .toArray(String[]::new);
    }

    private static Path root() {
        return Path.of(System.getProperty("lamplighter.root"));
    }
}
