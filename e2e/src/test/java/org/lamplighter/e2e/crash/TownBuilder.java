package org.lamplighter.e2e.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests of a run the one {@link Town}, which takes half a dozen processes to make. */
public final class TownBuilder implements ParameterResolver {
    private static final int SLOTS = 512;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Town.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(TownBuilder.class))
                .computeIfAbsent(Built.class, key -> build(), Built.class)
                .town();
    }

    private static Built build() {
        try {
            Path folder = Files.createTempDirectory("lamplighter-town");
            return new Built(Town.build(folder, SLOTS), folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Deleted when the run is over. */
    private record Built(Town town, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            List<Path> paths;
            try (Stream<Path> walked = Files.walk(folder)) {
                paths = walked.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
