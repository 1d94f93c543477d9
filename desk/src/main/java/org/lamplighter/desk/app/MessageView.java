package org.lamplighter.desk.app;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.share.EvidenceWords;
import org.lamplighter.desk.reply.Delivery;

/**
 * A message as it is shown. Text and names are as the sender wrote them: whoever prints them makes them harmless.
 *
 * @param handle by which commands name it: {@code amber-otter/3}
 * @param from whose it is
 * @param answers handle of the message that it answers, if that is here
 * @param storedDay day since 1970 on which it came or was written, of this machine's clock
 * @param statedDay day that the sender's clock showed
 * @param text empty while it is in evidence that has not arrived; in a list of messages the beginning, whole in a single one
 * @param textLength characters of the whole text
 * @param textState where the text is
 * @param files that belong to it
 * @param sealed the rule under which sealed files open; empty when they are not sealed, or were opened
 * @param delivery how far a reply of this journalist has come
 */
public record MessageView(
        String handle,
        From from,
        Optional<String> answers,
        long storedDay,
        Optional<Long> statedDay,
        Optional<String> text,
        int textLength,
        TextState textState,
        List<FileView> files,
        Optional<SealedView> sealed,
        Optional<Delivery> delivery) {

    /** Most characters of a text in a list of messages: a source may send many of some megabytes. */
    public static final int BEGINNING = 16_000;

    public MessageView {
        files = List.copyOf(files);
    }

    /** The same with the beginning of its text. */
    MessageView beginning() {
        return new MessageView(
                handle,
                from,
                answers,
                storedDay,
                statedDay,
                text.map(MessageView::beginning),
                textLength,
                textState,
                files,
                sealed,
                delivery);
    }

    private static String beginning(String text) {
        int end = Math.min(text.length(), BEGINNING);
        boolean splitsPair = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end);
    }

    /** Who wrote a message. */
    public sealed interface From {
        record Source() implements From {}

        record Me() implements From {}

        /** A colleague, with what the newest roster says. */
        record Colleague(String name, Standing standing) implements From {}
    }

    /** What the newest roster says of a colleague. */
    public enum Standing {
        ACTIVE,
        LEFT,
        COMPROMISED,
        /** No roster was seen, or it does not list the colleague any more. */
        UNKNOWN
    }

    /** Where the text is. */
    public enum TextState {
        HERE,
        /** It comes as evidence, of which not all has arrived. */
        MISSING,
        /** It came as evidence that is not what was announced. */
        DAMAGED
    }

    /** A file, and how many of its chunks are here; -1 of {@code missing} while its keys are sealed. */
    public record FileView(String name, String mediaType, long size, long missing) {
        public boolean isComplete() {
            return missing == 0;
        }
    }

    /**
     * Sealed files: {@code threshold} of {@code holders} shares open them.
     *
     * @param ownShare whether this journalist's share is in the vault
     * @param evidence words that stand on every share of these files
     * @param copied whether the same set came before with other files: nothing is opened then
     */
    public record SealedView(int threshold, int holders, boolean ownShare, EvidenceWords evidence, boolean copied) {}
}
