package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.bench.report.Peer;

/** {@code age}, encrypting to a key that it made itself. */
final class Age {
    private static final Pattern RECIPIENT = Pattern.compile("age1[0-9a-z]+");

    private Age() {}

    /** Nothing where the machine lacks it. */
    static Optional<Peer> find() throws IOException, InterruptedException {
        if (!Peer.isInstalled("age") || !Peer.isInstalled("age-keygen")) {
            return Optional.empty();
        }
        Process process =
                new ProcessBuilder("age-keygen").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher matcher = RECIPIENT.matcher(output);
        return matcher.find() ? Optional.of(new Peer("age", List.of("age", "-r", matcher.group()))) : Optional.empty();
    }
}
