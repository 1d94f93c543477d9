package org.lamplighter.desk.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.vault.VaultException;

/** Opens submissions that did not fit into a message and came as evidence (docs/spec 3.3, mode 1). Stateless. */
public final class Documents {
    private Documents() {}

    /** Where the text of a submission is. */
    public enum State {
        /** At hand. */
        READ,
        /** Chunks of it have not arrived. */
        MISSING,
        /** It arrived, and is not what was announced. */
        DAMAGED
    }

    /** Opens the submission of {@code message} into the vault, if it is not there yet and its chunks are. */
    public static State open(Message message, Inbox inbox, ChunkFolder chunks) throws VaultException {
        Optional<SubmissionDocument.Elsewhere> named = elsewhere(message);
        if (named.isEmpty() || inbox.submission(message).isPresent()) {
            return State.READ;
        }
        SubmissionDocument.Elsewhere elsewhere = named.get();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            OpenResult result = Opener.of(chunks).openDocument(elsewhere.part(), elsewhere.length(), out);
            return switch (result) {
                case OpenResult.Missing missing -> State.MISSING;
                case OpenResult.Damaged damaged -> State.DAMAGED;
                case OpenResult.Opened opened -> keep(message, inbox, out.toByteArray());
            };
        } catch (IOException e) {
            throw VaultException.of("cannot read the evidence", e);
        }
    }

    /** Whether the text of {@code message} comes as evidence. */
    public static boolean isElsewhere(Message message) {
        return elsewhere(message).isPresent();
    }

    private static Optional<SubmissionDocument.Elsewhere> elsewhere(Message message) {
        return message.body() instanceof Message.Body.Submitted submitted
                        && submitted.document() instanceof SubmissionDocument.Elsewhere elsewhere
                ? Optional.of(elsewhere)
                : Optional.empty();
    }

    private static State keep(Message message, Inbox inbox, byte[] document) throws VaultException {
        try {
            inbox.keep(message, Submission.parse(document));
            return State.READ;
        } catch (MalformedException e) {
            return State.DAMAGED;
        } finally {
            SecretBytes.wipe(document);
        }
    }
}
