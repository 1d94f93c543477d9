package org.lamplighter.station.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochClock;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.epoch.EpochFolders;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;

/** Heads, their chain, and the files of the epochs that are served (docs/spec 4.5 to 4.8). */
final class EpochCheck {
    private static final int WORD = 32;

    private final MailboxStore store;
    private final EpochFolders folders;
    private final NewsroomKey newsroom;
    private final StationCertificate certificate;
    private final EpochLayout layout;
    private final Map<Long, Epoch> entered = new TreeMap<>();

    private EpochCheck(MailboxStore store, EpochFolders folders, NewsroomKey newsroom, StationCertificate certificate) {
        this.store = store;
        this.folders = folders;
        this.newsroom = newsroom;
        this.certificate = certificate;
        this.layout = new EpochLayout(certificate.parameters().slots());
    }

    static List<Finding> run(
            MailboxStore store, EpochFolders folders, NewsroomKey newsroom, StationCertificate certificate)
            throws IOException {
        EpochCheck check = new EpochCheck(store, folders, newsroom, certificate);
        store.epochs(0).forEach(epoch -> check.entered.put(epoch.number(), epoch));
        return List.of(check.heads(), check.files(), check.current(), check.words(), check.leftovers());
    }

    /** Every head that is remembered: signed, consecutive, on a boundary, and chained to the one before. */
    private Finding heads() {
        Faults faults = new Faults();
        Optional<Epoch> before = Optional.empty();
        for (Epoch epoch : entered.values()) {
            String name = "head " + epoch.number() + ": ";
            try {
                Head head = Head.verify(epoch.head().toByteArray(), certificate.stationNoteKey());
                faults.addIf(
                        head.epoch() != epoch.number()
                                || head.time() != epoch.time()
                                || !head.core().equals(epoch.core())
                                || !head.chain().equals(epoch.chain()),
                        name + "not what was entered with it");
            } catch (MalformedException e) {
                faults.add(name + e.getMessage());
            }
            if (before.isPresent()) {
                faults.addIf(before.get().number() + 1 != epoch.number(), name + "a number is left out before it");
                faults.addIf(before.get().time() >= epoch.time(), name + "not later than the one before");
            }
            if (before.isPresent() || epoch.number() == 1) {
                Digest previous =
                        before.map(Epoch::chain).orElse(Chain.beginning().value());
                faults.addIf(!Chain.link(previous, epoch.core()).equals(epoch.chain()), name + "not chained");
            }
            before = Optional.of(epoch);
        }
        return faults.finding("every head is signed and chained to the one before", entered.size() + " heads");
    }

    /** All 68 files of every published epoch against its signed head. */
    private Finding files() throws IOException {
        Faults faults = new Faults();
        List<Long> published = folders.published();
        for (Long number : published) {
            Epoch epoch = entered.get(number);
            if (epoch == null) {
                continue; // told by leftovers()
            }
            try {
                verify(epoch, folders.published(number));
            } catch (MalformedException e) {
                faults.add("epoch " + number + ": " + e.getMessage());
            } catch (NoSuchFileException e) {
                faults.add("epoch " + number + ": a file is missing");
            }
        }
        return faults.finding(
                "the files of every published epoch are those its head names", published.size() + " epochs");
    }

    private void verify(Epoch epoch, Path folder) throws IOException, MalformedException {
        byte[] note = Files.readAllBytes(folder.resolve(EpochLayout.HEAD));
        if (!Blob.takeOver(note).equals(epoch.head())) {
            throw new MalformedException(MalformedException.Reason.WRONG_HASH, "head is not the one entered");
        }
        Head head = Head.verify(note, certificate.stationNoteKey());
        for (String name : EpochLayout.filesAfterHead()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            switch (name) {
                case EpochLayout.CHAIN -> head.parseChain(bytes);
                case EpochLayout.KEYS -> {
                    head.checkFile(name, bytes);
                    KeysFile.verify(bytes, newsroom);
                }
                case EpochLayout.PARAMETERS -> {
                    head.checkFile(name, bytes);
                    StationCertificate.verify(bytes, newsroom);
                }
                default -> head.checkFile(name, bytes);
            }
            if (name.equals(EpochLayout.HINTS) && bytes.length != layout.hintsLength()) {
                throw new MalformedException(MalformedException.Reason.BAD_FIELD, "hints of another length");
            }
        }
    }

    /** The newest entered epoch is published, or it is built and its time has not come. */
    private Finding current() throws IOException {
        Faults faults = new Faults();
        Optional<Epoch> last = store.lastEpoch();
        if (last.isEmpty()) {
            return faults.finding("the newest epoch is the one entered last", "none yet");
        }
        Epoch epoch = last.get();
        boolean published = Files.exists(folders.published(epoch.number()));
        boolean built = Files.exists(folders.building(epoch.number()));
        faults.addIf(!published && !built, "the files of epoch " + epoch.number() + " are gone");
        faults.addIf(
                !new EpochClock(certificate.parameters().epochSeconds()).isBoundary(epoch.time()),
                "epoch " + epoch.number() + " is not on a boundary");
        return faults.finding(
                "the newest epoch is the one entered last",
                "epoch " + epoch.number() + (published ? "" : ", entered and not published yet"));
    }

    /** No 32 bytes of the hints of one epoch stand in those of the next: nothing links their rows (4.5). */
    private Finding words() throws IOException {
        Faults faults = new Faults();
        List<Long> published = folders.published();
        for (int i = 1; i < published.size(); i++) {
            long number = published.get(i);
            if (published.get(i - 1) == number - 1) {
                Set<ByteBuffer> before = words(number - 1);
                before.retainAll(words(number));
                faults.addIf(!before.isEmpty(), "epochs " + (number - 1) + " and " + number + " have a word in common");
            }
        }
        return faults.finding("no two adjacent epochs share a word of their hints", "");
    }

    private Set<ByteBuffer> words(long number) throws IOException {
        Set<ByteBuffer> words = new HashSet<>();
        Path file = folders.published(number).resolve(EpochLayout.HINTS);
        if (Files.exists(file)) {
            ByteBuffer hints = ByteBuffer.wrap(Files.readAllBytes(file));
            for (int at = 0; at + WORD <= hints.limit(); at += EpochLayout.HINT_LENGTH) {
                words.add(hints.slice(at, WORD));
            }
        }
        return words;
    }

    private Finding leftovers() throws IOException {
        Faults faults = new Faults();
        long last = store.lastEpoch().map(Epoch::number).orElse(0L);
        for (Long number : folders.published()) {
            faults.addIf(!entered.containsKey(number), "epoch " + number + " has a folder and was never entered");
        }
        StringBuilder remark = new StringBuilder();
        for (Path other : folders.others()) {
            boolean build = other.equals(folders.building(last)) || other.equals(folders.building(last + 1));
            boolean retired = folders.isRetired(other);
            faults.addIf(!build && !retired, "something that is no epoch: " + other.getFileName());
            if (retired) {
                remark.append("an old epoch is being deleted, or was left by a crash; the next start clears up");
            }
            if (build) {
                remark.append("an epoch is being built, or was left by a crash; the next start clears up");
            }
        }
        return faults.finding("nothing lies around among the epochs", remark.toString());
    }
}
