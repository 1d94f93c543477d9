package org.lamplighter.bench.crypto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;

/**
 * Microseconds of what the mailbox costs: an envelope sealed and opened, a slot at the turn of an epoch, a hint of a scan, a
 * bundle made and taken in. One thread, its processor time.
 *
 * <p>The proof of concept of the protocol cannot be run beside these; its figures, from a machine of this kind, are the limits.
 * For turn and scan curve25519-dalek does in the same run what both spend most of their time with.
 */
public final class MailboxBench implements Bench {
    private static final String SEAL = "seal an envelope";
    private static final String OPEN = "open an envelope";
    private static final String TURN = "turn of an epoch, a slot, with its body";
    private static final String TURN_GROUP = "turn of an epoch, a slot, both points alone";
    private static final String SCAN = "scan, a hint";
    private static final String DALEK = "curve25519-dalek";

    private static final double POC_SEAL = 460;
    private static final double POC_OPEN = 400;
    private static final double POC_SLOT = 76;

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public String what() {
        return "envelopes, the turn of an epoch, a scan, bundles";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 10 : 30;
    }

    @Override
    public List<Table> run(Setting setting) throws IOException, InterruptedException {
        int rounds = setting.quick() ? 3 : 15;
        List<Figure> figures = new ArrayList<>(envelopes(rounds));
        figures.addAll(turnAndScan(rounds));
        Optional<Dalek> dalek = Dalek.build(setting.root());
        List<String> missing = new ArrayList<>();
        if (dalek.isPresent()) {
            Spread whole = dalek.get().bench(rounds, 2_000).get(RistrettoBench.WHOLE);
            if (whole == null) {
                throw new IOException("the program around curve25519-dalek leaves out a figure");
            }
            figures.add(Figure.peer(TURN_GROUP, DALEK, times(whole, 2)).with("twice " + RistrettoBench.WHOLE));
            figures.add(Figure.peer(SCAN, DALEK, whole).with(RistrettoBench.WHOLE));
        } else {
            missing.add("curve25519-dalek (cargo builds it)");
        }
        Table table = new Table(
                "mailbox",
                "mailbox, processor time an operation",
                "µs",
                false,
                RistrettoBench.together(figures),
                List.of(),
                missing);
        return List.of(goals(table));
    }

    private static List<Figure> envelopes(int rounds) {
        Correspondence letters = new Correspondence();
        byte[] envelope = letters.seal(new byte[Envelope.STRUCTURED_BYTES]).envelope();
        byte[] bundle = letters.compose();
        return List.of(
                Figure.ours(SEAL, ThreadTime.micros(rounds, 500, new byte[Envelope.STRUCTURED_BYTES], in -> {
                    return Arrays.copyOf(letters.seal(in).toByteArray(), Envelope.STRUCTURED_BYTES);
                })),
                Figure.ours(OPEN, ThreadTime.micros(rounds, 500, envelope, kept(letters::open))),
                Figure.ours("compose a bundle of 4", ThreadTime.micros(rounds, 100, bundle, in -> letters.compose())),
                Figure.ours(
                        "take in a bundle of 4",
                        ThreadTime.micros(rounds, 1_000, bundle, kept(Correspondence::takeIn))));
    }

    private static List<Figure> turnAndScan(int rounds) {
        FullMailbox mailbox = new FullMailbox();
        byte[] uniform = new byte[RistrettoElement.UNIFORM_BYTES];
        Arrays.fill(uniform, (byte) 7);
        byte[] point = RistrettoElement.fromUniformBytes(uniform).encode();
        Scalar scalar = Scalar.fromWideBytes(uniform);
        UnaryOperator<byte[]> once =
                in -> RistrettoBench.decoded(in).multiply(scalar).encode();
        int calls = 8;
        return List.of(
                Figure.ours(TURN_GROUP, ThreadTime.micros(rounds, 1_000, point, in -> once.apply(once.apply(in)))),
                Figure.ours(
                        TURN,
                        times(
                                ThreadTime.micros(rounds, calls, mailbox, kept(FullMailbox::turn)),
                                1.0 / FullMailbox.SLOTS)),
                Figure.ours(
                        SCAN,
                        times(
                                ThreadTime.micros(rounds, calls, mailbox, kept(FullMailbox::scan)),
                                1.0 / FullMailbox.SLOTS)));
    }

    private static Table goals(Table table) {
        Table out = table.goal(Goal.atMost(
                        "µs to seal an envelope, as the proof of concept without padding", ours(table, SEAL), POC_SEAL))
                .goal(Goal.atMost(
                        "µs to open an envelope, as the proof of concept without padding", ours(table, OPEN), POC_OPEN))
                .goal(Goal.atMost(
                        "times the 76 µs of the proof of concept, a slot with its body",
                        ours(table, TURN) / POC_SLOT,
                        2));
        if (!table.has(SCAN, DALEK)) {
            return out;
        }
        return out.goal(Goal.atMost(
                        "times dalek, both points of a slot",
                        ours(table, TURN_GROUP) / table.median(TURN_GROUP, DALEK),
                        2))
                .goal(Goal.atMost(
                        "times dalek, a scanned hint with its key derivation",
                        ours(table, SCAN) / table.median(SCAN, DALEK),
                        2));
    }

    private static double ours(Table table, String operation) {
        return table.median(operation, Figure.OURS);
    }

    private static Spread times(Spread spread, double factor) {
        return new Spread(spread.median() * factor, spread.best() * factor, spread.worst() * factor);
    }

    /** The operation with its input as the result, for what cannot be fed with its own outcome. */
    private static <T> UnaryOperator<T> kept(Function<T, ?> operation) {
        return in -> {
            if (operation.apply(in) == null) {
                throw new AssertionError("nothing came out");
            }
            return in;
        };
    }
}
