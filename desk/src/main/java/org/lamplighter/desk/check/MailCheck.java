package org.lamplighter.desk.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.inbox.Conversation;
import org.lamplighter.desk.inbox.Designation;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.reply.Outbox;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/** Conversations, messages, parts that wait and replies on their way (docs/spec 8.4, 8.5). */
final class MailCheck {
    private static final String MESSAGES = "message/";
    private static final String CONVERSATIONS = "conversation/";
    private static final String PARTS = "part/";

    private final Vault vault;
    private final Inbox inbox;

    MailCheck(Vault vault, Inbox inbox) {
        this.vault = vault;
        this.inbox = inbox;
    }

    Finding conversations() {
        Faults faults = new Faults();
        inbox.damaged().forEach(name -> faults.add("a " + name.substring(0, name.indexOf('/')) + " does not parse"));
        List<String> messages = vault.names(MESSAGES);
        Set<String> right = new HashSet<>(inbox.damaged());
        Set<Designation> designations = new HashSet<>();
        for (Conversation conversation : inbox.conversations()) {
            right.add(CONVERSATIONS + conversation.id().hex());
            faults.addIf(!designations.add(conversation.designation()), "two conversations of one designation");
            thread(conversation, faults);
        }
        for (Message message : inbox.messages()) {
            right.add(message.key().entryName(MESSAGES));
            faults.addIf(
                    inbox.conversation(message.conversation()).isEmpty(),
                    "a message of a conversation that is not here");
        }
        for (String prefix : List.of(CONVERSATIONS, MESSAGES)) {
            vault.names(prefix).stream()
                    .filter(name -> !right.contains(name))
                    .forEach(name -> faults.add("an entry under the name of another"));
        }
        return faults.finding(
                "every conversation and message parses, numbered in order",
                inbox.conversations().size() + " conversations, " + messages.size() + " messages");
    }

    /** Numbers begin at 1, and no two messages have the same; one that is missing was lost. */
    private void thread(Conversation conversation, Faults faults) {
        List<Message> messages = inbox.messages(conversation.id());
        boolean inOrder = true;
        for (int i = 0; i < messages.size(); i++) {
            inOrder &= messages.get(i).number() == i + 1;
        }
        faults.addIf(!inOrder, "a conversation in which a number is missing or there twice");
        faults.addIf(conversation.shown() > messages.size(), "more was shown of a conversation than there is");
    }

    Finding parts() throws VaultException {
        Faults faults = new Faults();
        List<String> names = vault.names(PARTS);
        for (String name : names) {
            Optional<byte[]> part = vault.getIntact(name);
            try {
                if (part.isPresent()) {
                    StructuredMessage message = StructuredMessage.parse(part.get());
                    faults.addIf(
                            !name.endsWith("/" + message.header().id().hex() + "/" + message.part()),
                            "a part under the name of another");
                }
            } catch (MalformedException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return faults.finding("every part that waits for others parses", names.size() + " parts");
    }

    Finding outbox() throws VaultException {
        Faults faults = new Faults();
        Outbox.faults(vault, inbox).forEach(faults::add);
        return faults.finding(
                "the outbox agrees with the messages", vault.names("outbox/").size() + " entries");
    }
}
