package org.lamplighter.desk.app;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.ChunkCollector;
import org.lamplighter.client.ChunkSink;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.app.SessionReport.Trouble;
import org.lamplighter.desk.evidence.Collected;
import org.lamplighter.desk.vault.VaultException;

/**
 * Collects every new chunk, for whomever it is: so the station does not learn who reads what. What came damaged before is
 * fetched first; that too is the same for every desk, as it depends on nothing but the station's own list. One use.
 */
final class Collecting {
    private final DeskParts desk;
    private final Progress progress;
    private int chunks;
    private int givenUp;

    Collecting(DeskParts desk, Progress progress) {
        this.desk = desk;
        this.progress = progress;
    }

    /** What could not be collected now, if anything. */
    Optional<Trouble> run() throws VaultException {
        try (ChunkCollector collector = desk.station().collector()) {
            List<CollectResponse.Entry> owed = desk.chunks().collected().owed().stream()
                    .map(Collected.Owed::entry)
                    .toList();
            collector.again(owed, new Keeper(false), progress);
            long after = desk.chunks().collected().through();
            long reached = collector.collect(after, this::request, new Keeper(true), progress);
            if (reached != after) {
                desk.chunks().reached(reached);
            }
            return damage();
        } catch (StationFailure e) {
            return Optional.of(Trouble.of(Step.COLLECT, e));
        } catch (IOException e) {
            throw e.getCause() instanceof VaultException failure
                    ? failure
                    : VaultException.of("cannot keep the evidence", e);
        }
    }

    /** New pieces of evidence. */
    int chunks() {
        return chunks;
    }

    private Optional<Trouble> damage() throws VaultException {
        int owed = desk.chunks().collected().owed().size();
        if (givenUp > 0) {
            return Optional.of(new Trouble(
                    Step.COLLECT,
                    "given up: " + pieces(givenUp)
                            + " that came damaged from the station, or not at all, again and again",
                    "tell whoever runs the station to run its check; the source must send the evidence again"));
        }
        return owed == 0
                ? Optional.empty()
                : Optional.of(
                        new Trouble(
                                Step.COLLECT,
                                pieces(owed) + " came damaged from the station, or not at all",
                                "read again later, then it is fetched once more; if it stays so, the station must run its check"));
    }

    private static String pieces(int count) {
        return count == 1 ? "1 piece of evidence" : count + " pieces of evidence";
    }

    private byte[] request(long after) {
        return CollectRequest.sign(
                desk.profile().newsroom().id(), desk.profile().keys().signing(), desk.now(), after);
    }

    /** Something to do with the vault. */
    @FunctionalInterface
    private interface VaultWork {
        void run() throws VaultException;
    }

    /** The interface knows I/O errors only; those of the vault travel inside one. */
    private final class Keeper implements ChunkSink {
        /** Whether the sequence numbers are new ones, and not those of chunks that are fetched again. */
        private final boolean advances;

        Keeper(boolean advances) {
            this.advances = advances;
        }

        @Override
        public void keep(long sequence, SealedChunk chunk) throws IOException {
            inVault(() -> {
                desk.chunks().keep(chunk);
                settle(sequence, chunk.id());
                chunks++;
            });
        }

        @Override
        public void gone(long sequence, ChunkId id) throws IOException {
            // Its days are over, or it was lost; whoever exports the file is told what is missing.
            inVault(() -> settle(sequence, id));
        }

        @Override
        public void damaged(CollectResponse.Entry entry) throws IOException {
            inVault(() -> {
                givenUp += desk.chunks().damaged(entry) ? 0 : 1;
                if (advances) {
                    desk.chunks().reached(entry.sequence());
                }
            });
        }

        private void settle(long sequence, ChunkId id) throws VaultException {
            if (advances) {
                desk.chunks().reached(sequence);
            } else {
                desk.chunks().settled(id);
            }
        }

        private void inVault(VaultWork work) throws IOException {
            try {
                work.run();
            } catch (VaultException e) {
                throw new IOException(e);
            }
        }
    }
}
