package org.lamplighter.station.epoch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.log.LogValue;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.StoreException;

/**
 * The folders of epochs: brings an entered epoch to its name and into service, takes old ones out, and puts right what a
 * crash has left. What is entered in the store decides; a folder that is not entered was never served and is discarded.
 * Used under the lock of {@link EpochTurn}.
 */
public final class EpochShelf {

    private final EpochFolders folders;
    private final MailboxStore store;
    private final DurableFiles files;
    private final PublishedEpochs published;
    private final StationLog log;

    private EpochShelf(
            EpochFolders folders, MailboxStore store, DurableFiles files, PublishedEpochs published, StationLog log) {
        this.folders = folders;
        this.store = store;
        this.files = files;
        this.published = published;
        this.log = log;
    }

    /** Serves again what was served before the station stopped, and puts right what a crash has left. */
    public static EpochShelf open(
            EpochFolders folders,
            MailboxStore store,
            DurableFiles files,
            PublishedEpochs published,
            StationLog log,
            StationParameters parameters,
            long now)
            throws IOException {
        EpochShelf shelf = new EpochShelf(folders, store, files, published, log);
        shelf.recover(parameters, now);
        return shelf;
    }

    /** Publishes the last entered epoch when its time has come and it is not published yet; retires old ones. */
    Optional<Long> publishDue(StationParameters parameters, long now) throws IOException {
        Optional<Epoch> last = store.lastEpoch();
        long current = published.current().map(ServedEpoch::number).orElse(0L);
        if (last.isEmpty() || last.get().number() <= current || last.get().time() > now) {
            return Optional.empty();
        }
        Epoch epoch = last.get();
        Path folder = folders.published(epoch.number());
        if (!Files.exists(folder)) {
            if (!Files.exists(folders.building(epoch.number()))) {
                return Optional.empty(); // lost, and said so at the start; the next epoch does not need it
            }
            files.rename(folders.building(epoch.number()), folder);
            files.forceFolder(folders.folder());
        }
        published.publish(load(epoch, parameters));
        return Optional.of(epoch.number());
    }

    /** Deletes the epochs that are served no longer. Before a new one is built: on a full disk it needs their space. */
    void retire(StationParameters parameters, long now) throws IOException {
        long linger = PublishedEpochs.lingerSeconds(parameters.epochSeconds());
        for (Long number : published.retire(now, linger, PublishedEpochs.SLACK_SECONDS)) {
            delete(number);
        }
    }

    /** Under another name first, so that a crash never leaves half an epoch where a whole one is looked for. */
    private void delete(long number) throws IOException {
        Path retired = folders.retired(number);
        files.rename(folders.published(number), retired);
        files.forceFolder(folders.folder());
        files.deleteTree(retired);
    }

    private void recover(StationParameters parameters, long now) throws IOException {
        Map<Long, Epoch> entered = new TreeMap<>();
        store.epochs(0).forEach(epoch -> entered.put(epoch.number(), epoch));
        long last = store.lastEpoch().map(Epoch::number).orElse(0L);
        for (Path other : folders.others()) {
            if (!other.equals(folders.building(last))) {
                discard(other);
            }
        }
        Optional<Epoch> lastEntered = store.lastEpoch();
        if (lastEntered.isPresent()) {
            completeLast(lastEntered.get(), now);
        }
        long linger = PublishedEpochs.lingerSeconds(parameters.epochSeconds());
        for (Long number : folders.published()) {
            Epoch epoch = entered.get(number);
            Epoch next = entered.get(number + 1);
            if (epoch == null) {
                discard(folders.published(number));
            } else if (next == null || next.time() > now || now <= next.time() + linger) {
                serve(epoch, parameters);
            } else {
                delete(number);
            }
        }
    }

    /** An epoch that was entered and not renamed: its files were forced before it was entered. */
    private void completeLast(Epoch last, long now) throws IOException {
        Path building = folders.building(last.number());
        Path folder = folders.published(last.number());
        if (Files.exists(folder) && Files.exists(building)) {
            discard(building);
        } else if (Files.exists(building) && last.time() <= now) {
            files.rename(building, folder);
            files.forceFolder(folders.folder());
            log.log(Event.EPOCH_COMPLETED, new LogValue.Epoch(last.number()));
        } else if (!Files.exists(building) && !Files.exists(folder)) {
            log.log(Event.EPOCH_FILES_LOST, new LogValue.Epoch(last.number()));
        }
    }

    private void serve(Epoch epoch, StationParameters parameters) throws IOException {
        try {
            published.publish(load(epoch, parameters));
        } catch (IOException e) {
            // The next epoch does not need these files; clients get 404 for this one and begin again with a new head.
            log.log(Event.EPOCH_FILES_LOST, new LogValue.Epoch(epoch.number()), LogValue.Fault.of(e));
        }
    }

    private ServedEpoch load(Epoch epoch, StationParameters parameters) throws IOException {
        ServedEpoch served = ServedEpoch.load(
                epoch.number(), epoch.time(), folders.published(epoch.number()), new EpochLayout(parameters.slots()));
        if (!Blob.takeOver(served.bytes(EpochLayout.HEAD)).equals(epoch.head())) {
            throw new StoreException(StoreException.Kind.DAMAGED, "the head on disk is not the one entered");
        }
        return served;
    }

    private void discard(Path leftover) throws IOException {
        files.deleteTree(leftover);
        log.log(Event.LEFTOVERS_DISCARDED);
    }

    /** Makes room for a build of {@code epoch}: what an earlier try has left is discarded. */
    void clear(long epoch) throws IOException {
        Path building = folders.building(epoch);
        if (Files.exists(building)) {
            discard(building);
        }
    }
}
