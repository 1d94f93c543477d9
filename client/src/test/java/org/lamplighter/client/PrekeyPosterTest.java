package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;

final class PrekeyPosterTest {
    private final Newsrooms newsroom = new Newsrooms();
    private final PrekeyUpload upload;

    PrekeyPosterTest() throws MalformedException {
        try (JournalistKeys journalist = JournalistKeys.generate(newsroom.random)) {
            upload =
                    journalist.upload(newsroom.root.newsroomKey().id(), PrekeySecret.generate(41_550, newsroom.random));
        }
    }

    @Test
    void post_whoseAnswerIsLost_isRepeatedWithTheSameBytes() throws Exception {
        List<Reply> script =
                new ArrayList<>(List.of(Reply.cut(new byte[32], 1), Reply.close(), Reply.of(200, new byte[32])));
        try (LoopbackServer server = LoopbackServer.start(request -> script.removeFirst());
                PrekeyPoster poster = poster(server)) {
            poster.post(upload);
            assertThat(server.received()).hasSize(3).allSatisfy(request -> {
                assertThat(request.line()).isEqualTo("POST /v1/prekeys");
                assertThat(request.body()).hasSize(155_815).isEqualTo(upload.toByteArray());
            });
        }
    }

    @Test
    void post_thatIsRefused_isTold() throws Exception {
        assertThat(failureAt(400)).isEqualTo(Kind.REFUSED);
        assertThat(failureAt(404)).isEqualTo(Kind.REFUSED);
        assertThat(failureAt(503)).isEqualTo(Kind.NOT_READY);
    }

    private Kind failureAt(int status) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(status, new byte[0]));
                PrekeyPoster poster = poster(server)) {
            return catchThrowableOfType(StationFailure.class, () -> poster.post(upload))
                    .kind();
        }
    }

    private PrekeyPoster poster(LoopbackServer server) throws MalformedException {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return new PrekeyPoster(Transport.open(route, Purpose.PREKEYS, newsroom.random, Backoff.none()));
    }
}
