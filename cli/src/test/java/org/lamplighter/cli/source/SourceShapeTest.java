package org.lamplighter.cli.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.testkit.LoopbackServer.Received;

/**
 * The shape of a session says nothing of what was found (docs/spec 4.11): whoever sees the requests of a source, their order,
 * their headers, the sizes of their bodies and the connections they come on, sees the same whether the mailbox holds nothing
 * for it, a reply, or many.
 */
final class SourceShapeTest {
    private static final int GETS = 69;

    @TempDir
    Path temp;

    private SourceRig rig;

    /** A request as somebody at the station sees it, without what is the same for everybody in this epoch. */
    record Seen(String head, int bodyLength, int connection) {}

    /** A visit of the source to its station. */
    @FunctionalInterface
    private interface Visit {
        void make() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        rig = new SourceRig(temp);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void read_hasOneShape_whateverIsFound() throws Exception {
        List<Seen> seen = checkOneShape(this::read);
        assertThat(seen).hasSize(GETS).allMatch(request -> request.bodyLength() == 0 && request.connection() == 1);
    }

    @Test
    void send_hasOneShape_whateverIsFoundAndHoweverLongTheText() throws Exception {
        List<Seen> seen = checkOneShape(() -> send("x"));
        assertThat(shape(() -> send("a longer text. ".repeat(200)))).isEqualTo(seen);
        assertThat(seen).hasSize(GETS + 1).allMatch(request -> request.connection() == 1);
        assertThat(seen.getLast().bodyLength()).isEqualTo(33_088);
        assertThat(seen.subList(0, GETS)).isEqualTo(shape(this::read));
    }

    /** Shows that the check notices a source that fetches more when it has a reply. */
    @Test
    void plantedFault_fetchesMoreWhenItHasAReply_isNoticed() {
        assertThatThrownBy(() -> checkOneShape(() -> {
                    try (StationSession session = rig.mailbox.client(rig.server).session()) {
                        if (!found(session).replies().isEmpty()) {
                            read();
                        }
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    /** Shows that the check notices a source that takes another connection when it has a reply, and differs in nothing else. */
    @Test
    void plantedFault_newConnectionWhenItHasAReply_isNoticed() {
        assertThatThrownBy(() -> checkOneShape(() -> {
                    boolean answered;
                    try (StationSession session = rig.mailbox.client(rig.server).session()) {
                        answered = !found(session).replies().isEmpty();
                    }
                    try (Socket first = connect();
                            Socket second = connect()) {
                        getHead(first);
                        getHead(answered ? second : first);
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    /** The shape that {@code visit} has in every state of the mailbox. */
    private List<Seen> checkOneShape(Visit visit) throws Exception {
        rig.mailbox.turn();
        List<Seen> nothing = shape(visit);

        rig.reply("Which scales?");
        rig.mailbox.turn();
        assertThat(shape(visit)).as("one reply").isEqualTo(nothing);

        long today = Validity.day(rig.mailbox.now);
        for (int i = 0; i < 3; i++) {
            rig.reply(rig.mailbox.people.get(i % 2), "And where? ".repeat(1 + 400 * i), today - i);
        }
        rig.mailbox.turn();
        assertThat(shape(visit)).as("many replies, in many parts").isEqualTo(nothing);
        return nothing;
    }

    private List<Seen> shape(Visit visit) throws Exception {
        rig.server.forget();
        visit.make();
        List<Received> requests = rig.server.received();
        List<Integer> connections =
                requests.stream().map(Received::connection).distinct().toList();
        List<Seen> seen = new ArrayList<>();
        for (Received request : requests) {
            String head = request.head().replaceFirst("/epochs/[0-9]+/", "/epochs/E/");
            seen.add(new Seen(head, request.body().length, 1 + connections.indexOf(request.connection())));
        }
        rig.mailbox.waiting.clear();
        return seen;
    }

    private void read() {
        rig.source("", "read").done();
    }

    private void send(String text) {
        rig.source(text, "send", "--text", "-").done();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), rig.server.port());
    }

    private static void getHead(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /v1/head HTTP/1.1\r\nHost: station\r\n\r\n".getBytes(US_ASCII));
        String answer = "";
        int end = -1;
        while (end < 0) { // our own server, which begins with the length
            answer += new String(socket.getInputStream().readNBytes(1), US_ASCII);
            end = answer.indexOf("\r\n\r\n");
        }
        int length = Integer.parseInt(answer.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
        assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
    }

    private Findings found(StationSession session) throws Exception {
        return Inbox.read(session.fetch(Optional.empty(), Progress.none()), rig.keys, Progress.none());
    }
}
