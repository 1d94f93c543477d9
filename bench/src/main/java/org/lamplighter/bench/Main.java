package org.lamplighter.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.wire.MalformedException;

/** {@code ./lamplighter dev bench [ristretto|seal]}: each measure beside its peers, in one run; without a name, all of them. */
public final class Main {
    private Main() {}

    public static void main(String[] args)
            throws IOException, FileChangedException, InterruptedException, MalformedException {
        String name = args.length == 0 ? "all" : args[0];
        switch (name) {
            case "all" -> {
                ristretto();
                seal();
            }
            case "ristretto" -> ristretto();
            case "seal" -> seal();
            default -> {
                System.err.println("error: no bench is called " + name);
                System.err.println("hint: ristretto, seal, or nothing for all");
                System.exit(2);
            }
        }
    }

    private static void ristretto() throws MalformedException, IOException, InterruptedException {
        System.out.println("ristretto255, processor time an operation");
        RistrettoBench.run(Path.of(System.getProperty("lamplighter.root", ".")));
    }

    private static void seal() throws IOException, FileChangedException, InterruptedException {
        System.out.println("sealing, bytes a second");
        SealBench.run();
    }
}
