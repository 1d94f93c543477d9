package org.lamplighter.desk.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.FolderLock;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.vault.VaultException.Reason;

/**
 * One encrypted folder: entries with a name and content, each in a file of its own (docs/spec/08-vault.md).
 *
 * <p>From outside the folder tells how many entries there are, when each was written, and their sizes in steps of 4096
 * bytes; no name and no content. Who can write to the folder can remove an entry or put back an older version of it;
 * anything else is noticed.
 *
 * <p>A change is on the disk when the method returns, and is made whole or not at all, whenever the program or the machine
 * stops. Only one program at a time has the vault open.
 *
 * <p>{@link #erase} overwrites the file and its salt, without which the entry's key cannot be derived again even with the
 * passphrase. That is as far as a program can go: a journalling or copying file system, a snapshot, a backup, and the spare
 * blocks of a solid-state disk may keep the old bytes out of its reach. Encrypt the disk as well, and keep no copy of the folder
 * for longer than the secrets in it should live; a backup (docs/spec 9.8) holds no prekeys.
 *
 * <p>One thread at a time.
 */
public final class Vault implements AutoCloseable {
    /** Length of an entry's name: 1 to this many characters of {@code a-z 0-9 . - /}. */
    public static final int MAX_NAME = EntryCodec.MAX_NAME;
    /** Bytes of an entry's content at most. */
    public static final int MAX_CONTENT = EntryCodec.MAX_CONTENT;

    private static final String KEY_FILE = "vault.key";
    private static final String LOCK_FILE = "lock";
    private static final String ENTRIES = "entries";
    private static final int KEY_LENGTH = 32;
    private static final int MAX_KEY_FILE = 4096;
    private static final Pattern NAME = Pattern.compile("[a-z0-9./-]{1," + MAX_NAME + "}");
    private static final Pattern FILE_NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final FolderLock lock;
    private final VaultFiles files;
    private final SecureRandom random;
    private final SecretBytes key;
    private final EntryCodec codec;
    private final NavigableMap<String, Path> index = new TreeMap<>();
    private final List<String> unreadable = new ArrayList<>();

    private Vault(Path folder, FolderLock lock, VaultFiles files, SecureRandom random, SecretBytes key) {
        this.folder = folder;
        this.lock = lock;
        this.files = files;
        this.random = random;
        this.key = key;
        this.codec = new EntryCodec(key);
    }

    /**
     * Makes a vault in a folder that does not exist or is empty, with its first entries. The wrapped key is written last:
     * a folder is a complete vault or none.
     */
    public static Vault create(
            Path folder,
            SecretBytes passphrase,
            PassphraseBox.Cost cost,
            Map<String, byte[]> first,
            SecureRandom random)
            throws VaultException {
        return create(folder, passphrase, cost, first, random, FileCalls.system());
    }

    static Vault create(
            Path folder,
            SecretBytes passphrase,
            PassphraseBox.Cost cost,
            Map<String, byte[]> first,
            SecureRandom random,
            FileCalls calls)
            throws VaultException {
        try {
            AtomicFile.createPrivateFolder(folder);
            refuseForeignFolder(folder);
            AtomicFile.createPrivateFolder(folder.resolve(ENTRIES));
        } catch (IOException e) {
            throw VaultException.of("cannot make the folder " + folder, e);
        }
        SecretBytes key = SecretBytes.generate(KEY_LENGTH, random);
        Vault vault = new Vault(folder, lock(folder), new VaultFiles(calls), random, key);
        boolean complete = false;
        try {
            vault.removeAll();
            for (Map.Entry<String, byte[]> entry : first.entrySet()) {
                vault.put(entry.getKey(), entry.getValue());
            }
            vault.writeKey(passphrase, cost);
            complete = true;
            return vault;
        } finally {
            if (!complete) {
                vault.close();
            }
        }
    }

    /** Opens a vault: finishes what a crash left, and reads the names of all entries. */
    public static Vault open(Path folder, SecretBytes passphrase, SecureRandom random) throws VaultException {
        return open(folder, passphrase, random, FileCalls.system());
    }

    static Vault open(Path folder, SecretBytes passphrase, SecureRandom random, FileCalls calls) throws VaultException {
        if (!Files.isRegularFile(folder.resolve(KEY_FILE))) {
            throw new VaultException(Reason.NOT_A_VAULT, "no vault in " + folder);
        }
        FolderLock lock = lock(folder);
        boolean open = false;
        try {
            Vault vault = new Vault(folder, lock, new VaultFiles(calls), random, unwrap(folder, passphrase));
            vault.files.recover(folder);
            vault.files.recover(folder.resolve(ENTRIES));
            vault.readNames();
            open = true;
            return vault;
        } catch (IOException e) {
            throw VaultException.of("cannot read the vault in " + folder, e);
        } finally {
            if (!open) {
                release(lock);
            }
        }
    }

    /** Whether {@code folder} holds a vault; says nothing about whether it opens. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(KEY_FILE));
    }

    /** Refuses a folder in which {@link #create} would not make a vault, for what is in it; makes nothing. */
    public static void requireFree(Path folder) throws VaultException {
        try {
            if (Files.isDirectory(folder)) {
                refuseForeignFolder(folder);
            }
        } catch (IOException e) {
            throw VaultException.of("cannot use the folder " + folder, e);
        }
    }

    /** Where the vault is. */
    public Path folder() {
        return folder;
    }

    /** The names of all entries that begin with {@code prefix}, in ascending order. */
    public List<String> names(String prefix) {
        return index.tailMap(prefix, true).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    /** The file of the wrapped key. */
    public Path keyFile() {
        return folder.resolve(KEY_FILE);
    }

    /**
     * The files of all entries whose name opens, by their names. One whose name does not is left out: nobody knows what it
     * holds.
     */
    public Map<String, Path> files() {
        return Map.copyOf(index);
    }

    /** The content of an entry, or empty when there is none of this name. */
    public Optional<byte[]> get(String name) throws VaultException {
        checkName(name);
        Path file = index.get(name);
        if (file == null) {
            if (unreadable.contains(codec.fileName(name))) {
                throw new VaultException(Reason.DAMAGED, "the entry " + name + " is damaged");
            }
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(codec.content(codec.fileName(name), bytes)
                    .orElseThrow(() -> new VaultException(Reason.DAMAGED, "the entry " + name + " is damaged")));
        } catch (NoSuchFileException e) {
            throw new VaultException(Reason.DAMAGED, "the entry " + name + " is missing");
        } catch (IOException e) {
            throw VaultException.of("cannot read the entry " + name, e);
        }
    }

    /** As {@link #get}, for what can be missed or comes again: a damaged entry counts as none. */
    public Optional<byte[]> getIntact(String name) throws VaultException {
        try {
            return get(name);
        } catch (VaultException e) {
            if (e.reason() == Reason.DAMAGED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Stores an entry, in the stead of one of the same name; on the disk when this returns. */
    public void put(String name, byte[] content) throws VaultException {
        checkName(name);
        if (content.length > MAX_CONTENT) {
            throw new IllegalArgumentException("an entry holds at most " + MAX_CONTENT + " bytes");
        }
        Path file = file(name);
        try {
            files.replace(file, codec.seal(name, content, random));
        } catch (IOException e) {
            throw VaultException.of("cannot write the entry " + name, e);
        }
        index.put(name, file);
        unreadable.remove(codec.fileName(name));
    }

    /** Erases an entry, as far as a program can (see above); nothing happens when there is none. */
    public void erase(String name) throws VaultException {
        checkName(name);
        Path file = index.get(name);
        if (file == null) {
            return;
        }
        try {
            files.erase(file);
        } catch (IOException e) {
            throw VaultException.of("cannot erase the entry " + name, e);
        }
        index.remove(name);
    }

    /** The files of entries whose names do not open: nobody can tell what they were. */
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Reads every entry and names those that do not open; an entry whose name is lost too is named by its file. */
    public List<String> damaged() throws VaultException {
        List<String> damaged = new ArrayList<>(unreadable);
        for (String name : index.keySet()) {
            try {
                Optional<byte[]> content = get(name);
                content.ifPresent(SecretBytes::wipe);
            } catch (VaultException e) {
                if (e.reason() != Reason.DAMAGED) {
                    throw e;
                }
                damaged.add(name);
            }
        }
        return damaged;
    }

    /**
     * Wraps the vault key with another passphrase. The file with the old wrapping is overwritten; whoever copied it before
     * can still open the vault with the old passphrase.
     */
    public void changePassphrase(SecretBytes passphrase, PassphraseBox.Cost cost) throws VaultException {
        try (FileChannel old = FileChannel.open(folder.resolve(KEY_FILE), StandardOpenOption.WRITE)) {
            long size = old.size();
            writeKey(passphrase, cost);
            // The channel still leads to the old file, which has no name any more.
            old.write(ByteBuffer.allocate((int) size), 0);
            old.force(true);
        } catch (IOException e) {
            throw VaultException.of("cannot change the passphrase", e);
        }
    }

    /** Forgets the key and lets others open the vault. */
    @Override
    public void close() {
        key.close();
        index.clear();
        release(lock);
    }

    private static void refuseForeignFolder(Path folder) throws IOException, VaultException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                String name = String.valueOf(file.getFileName());
                // These are what a creation that was interrupted leaves.
                if (!name.equals(LOCK_FILE) && !name.equals(ENTRIES) && !name.startsWith(KEY_FILE + ".")) {
                    throw new VaultException(Reason.NOT_EMPTY, "the folder " + folder + " is not empty");
                }
            }
        }
    }

    private static FolderLock lock(Path folder) throws VaultException {
        try {
            return FolderLock.acquire(folder);
        } catch (CommandFailure e) {
            throw new VaultException(Reason.IN_USE, "the vault in " + folder + " is in use");
        } catch (IOException e) {
            throw VaultException.of("cannot lock the vault in " + folder, e);
        }
    }

    private static void release(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SecretBytes unwrap(Path folder, SecretBytes passphrase) throws VaultException {
        try {
            byte[] wrapped = AtomicFile.read(folder.resolve(KEY_FILE), MAX_KEY_FILE);
            return PassphraseBox.open(wrapped, passphrase)
                    .filter(key -> key.length() == KEY_LENGTH)
                    .orElseThrow(() -> new VaultException(
                            Reason.WRONG_PASSPHRASE, "the passphrase does not open the vault in " + folder));
        } catch (MalformedException e) {
            throw new VaultException(Reason.DAMAGED, "the key of the vault in " + folder + " is damaged");
        } catch (IOException e) {
            throw VaultException.of("cannot read the vault in " + folder, e);
        }
    }

    private void writeKey(SecretBytes passphrase, PassphraseBox.Cost cost) throws VaultException {
        try {
            files.replace(folder.resolve(KEY_FILE), PassphraseBox.seal(passphrase, key, random, cost));
        } catch (IOException e) {
            throw VaultException.of("cannot write the key of the vault", e);
        }
    }

    private void readNames() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve(ENTRIES))) {
            for (Path file : found) {
                String fileName = String.valueOf(file.getFileName());
                if (FILE_NAME.matcher(fileName).matches()) {
                    codec.name(fileName, header(file))
                            .filter(name -> codec.fileName(name).equals(fileName))
                            .ifPresentOrElse(name -> index.put(name, file), () -> unreadable.add(fileName));
                }
            }
        }
    }

    private static byte[] header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(EntryCodec.HEADER);
        }
    }

    /** What an interrupted creation left was sealed under a key that nobody has. */
    private void removeAll() throws VaultException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve(ENTRIES))) {
            files.recover(folder);
            for (Path file : found) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw VaultException.of("cannot clear the folder " + folder, e);
        }
    }

    /** The name of the file that an entry has or would have. */
    String fileName(String name) {
        return codec.fileName(name);
    }

    private Path file(String name) {
        return folder.resolve(ENTRIES).resolve(codec.fileName(name));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of an entry");
        }
    }
}
