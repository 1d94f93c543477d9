package org.lamplighter.cli.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.SafeText;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.core.prekey.VerifiedKeys;
import org.lamplighter.core.wire.JournalistId;

/**
 * The journalists to whom a source sends: those it named, or all who can be written to. Each has a prekey.
 *
 * @param leftOut names of those who would have been written to, and have no prekey now
 */
record Recipients(List<Addressee> journalists, List<String> leftOut) {
    Recipients {
        journalists = List.copyOf(journalists);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Finds the journalists named in {@code to}, by name or id, or all when it is empty.
     *
     * @param most how many fit into one sending: M - 1
     */
    static Recipients choose(VerifiedKeys keys, List<String> to, int most) throws CommandFailure {
        List<Addressee> reachable = keys.addressees().stream()
                .filter(addressee -> addressee.prekey().isPresent())
                .toList();
        if (reachable.isEmpty()) {
            throw CommandFailure.of(
                    "no journalist of this newsroom can be written to now",
                    "try again tomorrow; the journalists must upload new keys first");
        }
        List<Addressee> chosen = new ArrayList<>();
        for (String name : to) {
            Addressee found = find(keys, reachable, name);
            if (!chosen.contains(found)) {
                chosen.add(found);
            }
        }
        if (to.isEmpty()) {
            chosen.addAll(reachable);
        }
        if (chosen.size() > most) {
            throw CommandFailure.of(
                    "one message reaches at most " + most + " journalists",
                    "name " + (most == 1 ? "one" : "up to " + most) + " with --to: " + names(reachable));
        }
        List<String> leftOut = keys.addressees().stream()
                .filter(addressee -> to.isEmpty() && addressee.prekey().isEmpty())
                .map(Addressee::name)
                .toList();
        return new Recipients(chosen, leftOut);
    }

    List<JournalistId> ids() {
        return journalists.stream().map(Addressee::id).toList();
    }

    List<RecipientKeys> keys() {
        return journalists.stream()
                .map(addressee -> addressee.recipientKeys().orElseThrow())
                .toList();
    }

    List<String> names() {
        return journalists.stream().map(Addressee::name).toList();
    }

    private static Addressee find(VerifiedKeys keys, List<Addressee> reachable, String name) throws CommandFailure {
        Optional<Addressee> found = keys.addressees().stream()
                .filter(addressee -> isCalled(addressee, name))
                .findFirst();
        if (found.isEmpty()) {
            throw CommandFailure.of(
                    "this newsroom has no journalist called " + SafeText.line(name),
                    "you can write to: " + names(reachable));
        }
        if (found.get().prekey().isEmpty()) {
            throw CommandFailure.of(
                    found.get().name() + " cannot be written to now, for want of a fresh key",
                    "try again tomorrow, or write to: " + names(reachable));
        }
        return found.get();
    }

    private static boolean isCalled(Addressee addressee, String name) {
        return addressee.name().equalsIgnoreCase(name) || addressee.id().hex().equals(name);
    }

    private static String names(List<Addressee> addressees) {
        return addressees.stream().map(Addressee::name).collect(Collectors.joining(", "));
    }
}
