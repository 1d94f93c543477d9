package org.lamplighter.desk.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.share.KeyOpener;
import org.lamplighter.core.evidence.share.KeyOpening;
import org.lamplighter.core.evidence.share.SealBinding;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterTrustee;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.DeskFailure.Kind;
import org.lamplighter.desk.evidence.Export;
import org.lamplighter.desk.evidence.Shares;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.vault.VaultException;

/** Takes evidence out of a vault, and opens what is sealed. */
final class EvidenceDesk {
    private final DeskParts desk;

    EvidenceDesk(DeskParts desk) {
        this.desk = desk;
    }

    List<Export.Exported> export(Message message, String handle, Path folder) throws VaultException, DeskFailure {
        Submission submission = submission(message, handle);
        if (submission.files().isEmpty()) {
            throw new DeskFailure(
                    Kind.NO_EVIDENCE, handle + " has no files", "messages with files say so when they are read");
        }
        if (submission.sealing() instanceof Sealing.KOfN kOfN) {
            throw new DeskFailure(
                    Kind.SEALED,
                    "the files of " + handle + " are sealed: " + rule(kOfN.keys()),
                    "open them first: lamplighter journalist unseal "
                            + desk.vault().folder() + " " + handle + " --share FILE");
        }
        return Export.from(desk.chunks()).write(submission.files(), folder);
    }

    void unseal(Message message, String handle, List<Share> others) throws VaultException, DeskFailure {
        Submission submission = submission(message, handle);
        Bound bound = sealed(submission, handle);
        List<Share> shares = new ArrayList<>(others);
        Optional<Share> own = desk.shares().own(message);
        own.ifPresent(shares::add);
        try {
            switch (KeyOpener.open(bound.keys, bound.binding, shares)) {
                case KeyOpening.Opened opened -> desk.inbox().keep(message, Shares.unlocked(submission, opened.keys()));
                case KeyOpening.TooFew few ->
                    throw new DeskFailure(
                            Kind.SHARES,
                            few.given() + " shares are at hand, " + few.needed() + " are needed"
                                    + (own.isPresent() ? "" : "; none of them is yours"),
                            "ask other holders for theirs: a trustee needs the file that is written by: lamplighter journalist share-for "
                                    + desk.vault().folder() + " " + handle + " --trustee NAME --out FILE");
                case KeyOpening.BadShare bad ->
                    throw new DeskFailure(
                            Kind.SHARES,
                            "share " + bad.index() + " " + what(bad.fault()),
                            "ask its holder for the right one, and leave it out meanwhile");
                case KeyOpening.Damaged damaged ->
                    throw new DeskFailure(
                            Kind.SHARES,
                            "all shares are good, and yet they do not open the files of " + handle,
                            "the source sealed them wrongly; ask it to send them again");
            }
        } finally {
            own.ifPresent(Share::close);
        }
    }

    byte[] shareFor(Message message, String handle, String trustee, Optional<StationMemory> memory)
            throws VaultException, DeskFailure {
        Bound bound = sealed(submission(message, handle), handle);
        List<RosterTrustee> trustees =
                memory.map(StationMemory::roster).map(Roster::trustees).orElse(List.of());
        RosterTrustee holder = trustees.stream()
                .filter(candidate -> candidate.name().text().equals(trustee.strip()))
                .findFirst()
                .orElseThrow(() -> new DeskFailure(
                        Kind.NOT_SEALED,
                        "the newsroom's roster has no trustee of this name",
                        trustees.isEmpty()
                                ? "it has no trustees"
                                : "its trustees are "
                                        + trustees.stream()
                                                .map(candidate ->
                                                        candidate.name().text())
                                                .collect(Collectors.joining(", "))));
        return Shares.forTrustee(bound.keys, bound.binding, holder.key().toByteArray())
                .map(SealedShare::toByteArray)
                .orElseThrow(() -> new DeskFailure(
                        Kind.NOT_SEALED,
                        holder.name().text() + " holds no share of " + handle,
                        "the source chose other holders"));
    }

    SecretBytes ownShare(Message message, String handle) throws VaultException, DeskFailure {
        sealed(submission(message, handle), handle);
        try (Share own = desk.shares().own(message).orElseThrow(() -> noOwnShare(handle))) {
            return SecretBytes.takeOver(own.text().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static DeskFailure noOwnShare(String handle) {
        return new DeskFailure(
                Kind.NOT_SEALED,
                "you hold no share of " + handle,
                "the source chose other holders, or your share did not open");
    }

    private Submission submission(Message message, String handle) throws VaultException, DeskFailure {
        if (!(message.body() instanceof Message.Body.Submitted)) {
            throw new DeskFailure(Kind.NO_EVIDENCE, handle + " is a reply", "files come with messages of the source");
        }
        return desk.inbox()
                .submission(message)
                .orElseThrow(() -> new DeskFailure(
                        Kind.NO_EVIDENCE,
                        "the text of " + handle + " and the list of its files have not arrived, or are damaged",
                        "read again later"));
    }

    /** Sealed keys, and the files that they are for. */
    private record Bound(SealedKeys keys, SealBinding binding) {}

    private Bound sealed(Submission submission, String handle) throws VaultException, DeskFailure {
        if (submission.sealing() instanceof Sealing.KOfN kOfN) {
            SealBinding binding = SealBinding.of(kOfN.keys(), submission.files());
            if (desk.shares().isCopied(kOfN.keys(), binding)) {
                throw new DeskFailure(
                        Kind.COPIED,
                        "the sealed keys of " + handle + " came before, in another message with other files",
                        "ask no holder for a share: it would open the files of that other message; the text can be"
                                + " believed as far as its sender");
            }
            return new Bound(kOfN.keys(), binding);
        }
        throw new DeskFailure(
                Kind.NOT_SEALED,
                "the files of " + handle + " are not sealed, or were opened before",
                "take them out by: lamplighter journalist export");
    }

    private static String what(KeyOpening.Fault fault) {
        return switch (fault) {
            case OTHER_SET -> "belongs to other evidence";
            case OTHER_EVIDENCE -> "is for other files, although it names the same set";
            case WRONG_BYTES -> "is not what it was when the evidence was sealed";
        };
    }

    private static String rule(SealedKeys keys) {
        return keys.threshold() + " of " + keys.holders().size() + " holders open them together";
    }
}
