package org.lamplighter.station.epoch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.epoch.HeadBuilder;
import org.lamplighter.core.epoch.HeadContents;
import org.lamplighter.core.epoch.SignedHead;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.keys.PrekeyIntake;
import org.lamplighter.station.mailbox.AdmissionPlan;
import org.lamplighter.station.mailbox.AdmissionPlanner;
import org.lamplighter.station.mailbox.Rows;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.MailboxStore.Turn;
import org.lamplighter.station.store.StoreException;

/**
 * Builds the epoch of a boundary and enters it (docs/spec 4.3 to 4.8). The order is what makes it safe to stop at any
 * moment: (1) plan the admission, which changes nothing; (2) write all files into the folder of the build; (3) force them;
 * (4) enter epoch, rows, queue and buckets in one transaction. Before (4) nothing has happened; after it this epoch exists
 * and no other of its number ever will, so that the station can never sign two heads for one. Renaming and serving come
 * later ({@link EpochShelf}).
 */
public final class EpochBuild {
    /** Remembered epochs: the chain file needs 512 cores, and a check recomputes the chain over what is there. */
    private static final int KEEP_EPOCHS = 2 * Chain.WINDOW;

    private final NewsroomKey newsroom;
    private final StationKey key;
    private final MailboxStore store;
    private final PrekeyIntake prekeys;
    private final PublishedEpochs published;
    private final EpochFolders folders;
    private final EpochShelf shelf;
    private final DurableFiles files;
    private final int threads;

    /** A build with {@code threads} threads for the hints. */
    public EpochBuild(
            NewsroomKey newsroom,
            StationKey key,
            MailboxStore store,
            PrekeyIntake prekeys,
            PublishedEpochs published,
            EpochFolders folders,
            EpochShelf shelf,
            DurableFiles files,
            int threads) {
        this.newsroom = newsroom;
        this.key = key;
        this.store = store;
        this.prekeys = prekeys;
        this.published = published;
        this.folders = folders;
        this.shelf = shelf;
        this.files = files;
        this.threads = threads;
    }

    /** Builds and enters the epoch of {@code boundary}, Unix seconds. */
    void build(StationCertificate certificate, Roster roster, long boundary, SecureRandom random) throws IOException {
        StationParameters parameters = certificate.parameters();
        Chain before = chain();
        long number = before.epoch() + 1;
        Rows.fill(store, parameters.slots(), random); // at the first epoch; afterwards every slot has a row
        AdmissionPlan plan = AdmissionPlanner.plan(store, parameters, random, boundary);
        long prekeySlot = parameters.prekeySlot(boundary);
        byte[] keys = prekeys.keysFile(roster, prekeySlot);

        shelf.clear(number);
        Path folder = folders.building(number);
        files.createFolder(folder);
        files.createFolder(folder.resolve("bodies"));
        BuiltEpoch built = buildRows(Rows.after(plan, store, parameters.slots()), number, folder, random);
        HeadContents contents = new HeadContents(
                newsroom.origin(),
                number,
                boundary,
                prekeySlot,
                certificate.digest(),
                FileDigest.of(keys),
                built.hintsDigest(),
                built.bodyDigests());
        SignedHead head = HeadBuilder.sign(contents, before, key);
        write(folder, EpochLayout.PARAMETERS, certificate.toByteArray());
        write(folder, EpochLayout.KEYS, keys);
        write(folder, EpochLayout.CHAIN, head.chain().encode());
        write(folder, EpochLayout.HINTS, built.hints());
        write(folder, EpochLayout.HEAD, head.note());
        force(folder);

        Epoch epoch = new Epoch(
                number, boundary, core(head, certificate), head.chain().value(), Blob.takeOver(head.note()));
        if (!store.enter(new Turn(epoch, plan.changed(), plan.leaving(), plan.buckets(), KEEP_EPOCHS))) {
            throw new StoreException(StoreException.Kind.FAILED, "another process has entered this epoch");
        }
    }

    /** The head is read back as a client reads it: what does not verify must not be entered. */
    private static Digest core(SignedHead head, StationCertificate certificate) throws StoreException {
        try {
            return Head.verify(head.note(), certificate.stationNoteKey()).core();
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "the new head does not verify", e);
        }
    }

    private BuiltEpoch buildRows(Rows rows, long number, Path folder, SecureRandom random) throws IOException {
        byte[] previous =
                published.current().map(epoch -> epoch.bytes(EpochLayout.HINTS)).orElse(new byte[0]);
        return EpochBuilder.of(newsroom.id(), number, threads)
                .<IOException>build(
                        rows.hints(),
                        previous,
                        random,
                        rows::envelope,
                        (index, bytes) -> write(folder, EpochLayout.bodyFile(index), bytes));
    }

    private void write(Path folder, String name, byte[] content) throws IOException {
        files.write(folder.resolve(name), ByteBuffer.wrap(content));
    }

    /** All files first, then the folders that name them, from the inside out. */
    private void force(Path folder) throws IOException {
        files.forceFiles(Stream.concat(Stream.of(EpochLayout.HEAD), EpochLayout.filesAfterHead().stream())
                .map(folder::resolve)
                .toList());
        files.forceFolder(folder.resolve("bodies"));
        files.forceFolder(folder);
        files.forceFolder(folders.folder());
    }

    /** The chain up to the last entered epoch. */
    private Chain chain() throws StoreException {
        Optional<Epoch> last = store.lastEpoch();
        if (last.isEmpty()) {
            return Chain.beginning();
        }
        List<Digest> cores = new ArrayList<>();
        store.epochs(Math.max(1, last.get().number() - Chain.WINDOW + 1)).forEach(epoch -> cores.add(epoch.core()));
        return Chain.resume(last.get().number(), last.get().chain(), cores);
    }
}
