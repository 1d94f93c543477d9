package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.lamplighter.testkit.LoopbackServer.Received;

/**
 * The shape of a journalist's session says nothing of what was found (docs/spec 4.11): requests, their order, their headers, the
 * sizes of their bodies and the connections they come on are the same for nothing, a message, and many.
 */
class SessionShapeTest {
    private static final String ADA = "Ada Example";

    @TempDir
    private Path base;

    private World world;

    /** A request as somebody at the station sees it, without what is the same for everybody in this epoch. */
    record Seen(String head, int bodyLength, int connection) {}

    /** A visit of the journalist to the station. */
    @FunctionalInterface
    private interface Visit {
        void make() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void session_hasOneShape_whateverIsFound() throws Exception {
        List<Seen> seen = checkOneShape(this::session);
        assertThat(seen)
                .hasSize(70)
                .filteredOn(request -> request.connection() == 1)
                .hasSize(69);
        assertThat(seen.getLast().head()).startsWith("POST /v1/collect ");
        assertThat(seen.getLast().bodyLength()).isEqualTo(145);
    }

    /** Shows that the check notices a desk that fetches once more when it has a message. */
    @Test
    void plantedFault_fetchesMoreWhenItHasAMessage_isNoticed() {
        assertThatThrownBy(() -> checkOneShape(() -> {
                    try (JournalistDesk desk = world.desk(ADA)) {
                        if (desk.session(Progress.none()).received() > 0) {
                            try (StationSession session = world.client().session()) {
                                session.fetch(Optional.empty(), Progress.none());
                            }
                        }
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatFollowsASession_comesAtTheSameMoment_howeverLongTheSearchTook() throws Exception {
        assertThat(List.of(collectedAfter(0), collectedAfter(1))).containsOnly(2L);
        assertThat(collectedAfter(3)).as("the step after").isEqualTo(4L);
    }

    /** Shows that the check above sees a desk that does not wait. */
    @Test
    void plantedFault_goesOnWhenItHasRead_isNoticed() throws Exception {
        world.leaveOutPauses();
        assertThat(List.of(collectedAfter(0), collectedAfter(1))).doesNotHaveDuplicates();
    }

    /** Seconds from the last file of a session to the collector's first request; the search takes {@code seconds} of them. */
    private long collectedAfter(int seconds) throws Exception {
        List<Long> at = new ArrayList<>();
        world.breakRequests(line -> {
            if (line.endsWith("/bodies/63") || line.equals("POST /v1/collect")) {
                at.add(world.clock().second());
            }
            return false;
        });
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session((what, done, total) -> {
                if (what.equals("search") && done == total) {
                    world.clock().set(world.clock().second() + seconds);
                }
            });
        }
        assertThat(at).hasSize(2);
        return at.getLast() - at.getFirst();
    }

    private List<Seen> checkOneShape(Visit visit) throws Exception {
        List<Seen> nothing = shape(visit);
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        assertThat(shape(visit)).as("one message").isEqualTo(nothing);
        assertThat(shape(visit)).as("the same once more").isEqualTo(nothing);
        for (int i = 0; i < 3; i++) {
            new TestSource(world).send("another matter ".repeat(1 + 100 * i), ADA);
        }
        world.settle();
        assertThat(shape(visit)).as("many messages").isEqualTo(nothing);
        return nothing;
    }

    private List<Seen> shape(Visit visit) throws Exception {
        world.forgetRequests();
        visit.make();
        List<Received> requests = world.received();
        List<Integer> connections =
                requests.stream().map(Received::connection).distinct().toList();
        List<Seen> seen = new ArrayList<>();
        for (Received request : requests) {
            String head = request.head().replaceFirst("/epochs/[0-9]+/", "/epochs/E/");
            seen.add(new Seen(head, request.body().length, 1 + connections.indexOf(request.connection())));
        }
        return seen;
    }

    private void session() throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
        }
    }
}
