package org.lamplighter.bench.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.HintPair;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;

/**
 * A mailbox in memory with {@value #SLOTS} rows, one thread at a time. What is in the rows is of no matter to turn and scan, and
 * what a slot costs is not of the number of slots.
 */
public final class FullMailbox {
    /** Rows. */
    public static final int SLOTS = 256;

    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(new byte[32]);
    private static final long EPOCH = 2;

    private final SecureRandom random = new SecureRandom();
    private final List<MailboxRow> rows =
            Stream.generate(() -> Decoys.generate(random)).limit(SLOTS).toList();
    private final List<HintPair> hints = rows.stream().map(MailboxRow::hint).toList();
    private final FetchSecretKey key = FetchSecretKey.generate(random);
    private byte[] published = new byte[0];
    private long bodyBytes;

    /** A mailbox that has turned once. */
    public FullMailbox() {
        turn();
    }

    /** All of a turn but the disk: hints, bodies and their hashes. */
    public BuiltEpoch turn() {
        BuiltEpoch built = EpochBuilder.of(NEWSROOM, EPOCH, 1)
                .build(
                        hints,
                        published,
                        random,
                        slot -> rows.get(slot).envelope(),
                        (file, bytes) -> bodyBytes += bytes.length);
        published = built.hints();
        return built;
    }

    /** A scan of the hints of the last turn, for a key to which none is made. */
    public List<Match> scan() {
        try {
            return Scan.of(published, new EpochLayout(SLOTS), NEWSROOM, EPOCH).run(key, 1, (done, all) -> {});
        } catch (MalformedException e) {
            throw new AssertionError("hints of our own are refused", e);
        }
    }

    /** Bytes of all body files made until now. */
    public long bodyBytes() {
        return bodyBytes;
    }
}
