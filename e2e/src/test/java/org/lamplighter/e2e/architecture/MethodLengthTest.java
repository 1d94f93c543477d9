package org.lamplighter.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No method of shipped code is longer than 60 lines, read from the line numbers in the class files. */
final class MethodLengthTest {
    private static final int LONGEST = 60;

    /** Longer ones, each with its reason in a comment where it stands. */
    private static final Set<String> EXCEPTIONS = Set.of();

    @Test
    void methods_areAtMostSixtyLinesLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int methods = 0;
        for (String module : List.of("core", "console", "client", "station", "desk", "cli")) {
            for (Path file : classFiles(Path.of(System.getProperty("lamplighter.root"), module, "target/classes"))) {
                ClassModel model = ClassFile.of().parse(file);
                for (MethodModel method : model.methods()) {
                    String name = model.thisClass().asInternalName() + "."
                            + method.methodName().stringValue();
                    methods++;
                    if (lines(method) > LONGEST && !EXCEPTIONS.contains(name) && !name.endsWith("<clinit>")) {
                        tooLong.add(name + " (" + lines(method) + ")");
                    }
                }
            }
        }

        assertThat(methods).isGreaterThan(100);
        assertThat(tooLong).isEmpty();
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static int lines(MethodModel method) {
        IntSummaryStatistics numbers = method.code().stream()
                .flatMap(code -> code.findAttributes(Attributes.lineNumberTable()).stream())
                .flatMap(table -> table.lineNumbers().stream())
                .mapToInt(LineNumberInfo::lineNumber)
                .summaryStatistics();
        // Two lines more for the signature and the closing brace.
        return numbers.getCount() == 0 ? 0 : numbers.getMax() - numbers.getMin() + 2;
    }
}
