package org.lamplighter.client;

import java.util.EnumSet;
import java.util.Set;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.core.prekey.PrekeyUpload;

/**
 * Brings a journalist's prekeys to the station (docs/spec 1.6, 6.5). Their secrets must be on disk before. The answer is the
 * same whether the slots were new or known, so a second try does no harm. One thread at a time.
 */
public final class PrekeyPoster implements AutoCloseable {
    private static final String PATH = "/v1/prekeys";
    private static final int AGAIN = 3;
    private static final Set<Kind> PASSING = EnumSet.of(Kind.UNREACHABLE);

    private final Transport transport;

    /** Closes {@code transport} in the end. */
    PrekeyPoster(Transport transport) {
        this.transport = transport;
    }

    /** Uploads; returns when the station has them. */
    public void post(PrekeyUpload upload) throws StationFailure {
        byte[] body = upload.toByteArray();
        Answer answer =
                Retry.of(transport, AGAIN, PASSING, () -> transport.post(PATH, body, StationSession.RECEIVED_BYTES));
        if (answer.status() == 400) {
            throw new StationFailure(
                    Kind.REFUSED,
                    "the station refuses the prekeys",
                    "the newsroom must have enrolled you, and its new roster must be installed at the station");
        }
        if (answer.status() != 200) {
            throw StationFailure.refused("the prekeys", answer.status());
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
