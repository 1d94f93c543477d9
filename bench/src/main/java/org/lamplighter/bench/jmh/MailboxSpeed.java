package org.lamplighter.bench.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lamplighter.bench.crypto.FullMailbox;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.scan.Match;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One slot of a turn, and one hint of a scan. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MailboxSpeed {
    private FullMailbox mailbox = new FullMailbox();

    @Benchmark
    @OperationsPerInvocation(FullMailbox.SLOTS)
    public BuiltEpoch turnOneSlot() {
        return mailbox.turn();
    }

    @Benchmark
    @OperationsPerInvocation(FullMailbox.SLOTS)
    public List<Match> scanOneHint() {
        return mailbox.scan();
    }
}
