package org.lamplighter.e2e.journey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.cli.source.Delivery;
import org.lamplighter.cli.source.Draft;
import org.lamplighter.cli.source.Findings;
import org.lamplighter.cli.source.OutgoingFile;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.cli.source.SourceFlow;
import org.lamplighter.client.Progress;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;

/** Somebody who keeps twelve words and nothing else: each visit begins with them and ends with forgetting everything. */
final class Source {
    private final World world;
    private final long ahead;
    private final char[] words;

    Source(World world) {
        this(world, 0);
    }

    /** At a machine whose clock is so many seconds ahead. */
    Source(World world, long ahead) {
        this.world = world;
        this.ahead = ahead;
        try (Passphrase passphrase = Passphrase.generate(world.random())) {
            this.words = String.join(" ", passphrase.words()).toCharArray();
        }
    }

    /** The same source in another program. */
    String words() {
        return String.valueOf(words);
    }

    /** Hands over a text and files to these journalists, or to all. */
    Delivery send(String text, List<Path> files, String... to) throws Exception {
        List<OutgoingFile> outgoing = new ArrayList<>();
        for (Path file : files) {
            outgoing.add(OutgoingFile.of(file));
        }
        try (SourceKeys keys = keys()) {
            return flow().send(keys, new Draft(text, outgoing, List.of(to), false), Progress.none());
        }
    }

    Findings read() throws Exception {
        try (SourceKeys keys = keys()) {
            return flow().read(keys, Progress.none());
        }
    }

    /** Stays until the delivery is inside, while the time passes. */
    Optional<Findings> await(Delivery delivery, Duration limit) throws Exception {
        try (SourceKeys keys = keys()) {
            return flow().await(keys, delivery, limit, Progress.none());
        }
    }

    /** The texts of all replies that a visit now shows, oldest first. */
    List<String> replies() throws Exception {
        return read().replies().stream().map(ReceivedReply::text).toList();
    }

    SourceKeys keys() throws Exception {
        try (Passphrase passphrase = Passphrase.parse(words.clone())) {
            return SourceKeys.derive(passphrase);
        }
    }

    private SourceFlow flow() throws Exception {
        return SourceFlow.of(
                world.client(ahead),
                world.random(),
                world.clock(ahead),
                moment -> world.await(moment.minusSeconds(ahead)));
    }
}
