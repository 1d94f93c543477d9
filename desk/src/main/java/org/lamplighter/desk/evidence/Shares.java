package org.lamplighter.desk.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.HolderId;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.share.SealBinding;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * This journalist's shares of sealed evidence (docs/spec 7.4). A share is sealed to a prekey, so it is opened when the message
 * is read and kept in the vault: later the prekey is erased. One thread at a time.
 */
public final class Shares {
    private static final String PREFIX = "share/";
    /** The binding under which a set was first seen. */
    private static final String SETS = "seal/";

    private final Vault vault;
    private final JournalistId me;

    private Shares(Vault vault, JournalistId me) {
        this.vault = vault;
        this.me = me;
    }

    public static Shares of(Vault vault, JournalistId me) {
        return new Shares(vault, me);
    }

    /**
     * Opens and keeps the share that {@code submission} has for this journalist, if it has one that opens. Remembers the set;
     * what comes later under the same set and is for other files {@link #isCopied}, and no share of it is opened.
     */
    public void keepOwn(Message message, Submission submission, List<PrekeySecret> prekeys) throws VaultException {
        if (!(submission.sealing() instanceof Sealing.KOfN sealed)) {
            return;
        }
        SealBinding binding = SealBinding.of(sealed.keys(), submission.files());
        remember(sealed.keys(), binding);
        if (isCopied(sealed.keys(), binding) || own(message).isPresent()) {
            return;
        }
        for (SealedShare candidate : sealed(sealed.keys(), binding, Holder.Kind.JOURNALIST, HolderId.of(me))) {
            for (PrekeySecret prekey : prekeys) {
                Optional<Share> opened = candidate.open(prekey.pke());
                if (opened.isPresent()) {
                    keep(message, opened.get());
                    return;
                }
            }
        }
    }

    /** The share that was kept. The caller closes it. */
    public Optional<Share> own(Message message) throws VaultException {
        Optional<byte[]> text = vault.getIntact(entryName(message));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        char[] characters = new char[text.get().length];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) text.get()[i];
        }
        try {
            return Optional.of(Share.parse(characters));
        } catch (MalformedException | MnemonicException e) {
            return Optional.empty();
        } finally {
            SecretBytes.wipe(characters);
            SecretBytes.wipe(text.get());
        }
    }

    /**
     * Whether the set of these keys was seen before, in a submission of other files or another rule: then one of the two was
     * copied out of the other, and nobody should be asked for a share of it (docs/spec 7.8).
     */
    public boolean isCopied(SealedKeys keys, SealBinding binding) throws VaultException {
        return vault.getIntact(setName(keys))
                .filter(known -> !Arrays.equals(known, binding.toByteArray()))
                .isPresent();
    }

    /** The sealed share of the trustee with this key, to be carried there (docs/spec 7.7). */
    public static Optional<SealedShare> forTrustee(SealedKeys keys, SealBinding binding, byte[] trusteeKey) {
        return sealed(keys, binding, Holder.Kind.TRUSTEE, HolderId.ofTrusteeKey(trusteeKey)).stream()
                .findFirst();
    }

    /** The submission with the keys of its files in place. */
    public static Submission unlocked(Submission submission, List<PartKey> keys) {
        List<FileEntry> files = new ArrayList<>();
        int next = 0;
        for (FileEntry file : submission.files()) {
            int parts = file.parts().size();
            files.add(file.unlock(keys.subList(next, next + parts)));
            next += parts;
        }
        return new Submission(
                submission.salt(),
                submission.acknowledgementKey(),
                submission.day(),
                submission.text(),
                files,
                new Sealing.None());
    }

    private void remember(SealedKeys keys, SealBinding binding) throws VaultException {
        if (vault.getIntact(setName(keys)).isEmpty()) {
            vault.put(setName(keys), binding.toByteArray());
        }
    }

    private static String setName(SealedKeys keys) {
        return SETS + keys.setId().hex();
    }

    private static List<SealedShare> sealed(SealedKeys keys, SealBinding binding, Holder.Kind kind, HolderId id) {
        List<SealedShare> found = new ArrayList<>();
        for (int index = 1; index <= keys.holders().size(); index++) {
            Holder holder = keys.holders().get(index - 1);
            if (holder.kind() == kind && holder.id().equals(id)) {
                found.add(SealedShare.of(keys, binding, index));
            }
        }
        return found;
    }

    private void keep(Message message, Share share) throws VaultException {
        byte[] text = share.text().getBytes(StandardCharsets.US_ASCII);
        try (share) {
            vault.put(entryName(message), text);
        } finally {
            SecretBytes.wipe(text);
        }
    }

    private static String entryName(Message message) {
        return message.key().entryName(PREFIX);
    }
}
