package org.lamplighter.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Takes in one answer, whose length must be announced and within the ceiling before a byte of it is kept: every answer of a
 * station has a {@code Content-Length} (6.1). Called by one thread of the HTTP client after the other.
 */
final class BodyCollector implements Response.Listener {
    private final int ceiling;
    private final IntConsumer received;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private byte @Nullable [] body;
    private int filled;

    /** {@code received} is told the bytes of the body that have arrived so far. */
    BodyCollector(int ceiling, IntConsumer received) {
        this.ceiling = ceiling;
        this.received = received;
    }

    /** Completes with the answer, or with the reason why there is none. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public void onHeaders(Response response) {
        long length = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (length < 0) {
            refuse(response, "answer of the station has no length");
        } else if (length > ceiling) {
            refuse(response, "answer of the station is too long");
        } else {
            body = new byte[(int) length];
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        byte[] target = body;
        int count = content.remaining();
        if (target == null || count > target.length - filled) {
            refuse(response, "answer of the station is longer than announced");
            return;
        }
        content.get(target, filled, count);
        filled += count;
        received.accept(filled);
    }

    @Override
    public void onComplete(Result result) {
        byte[] whole = body;
        if (result.isFailed()) {
            answer.completeExceptionally(result.getFailure());
        } else if (whole == null || filled != whole.length) {
            answer.completeExceptionally(StationFailure.corrupt("answer of the station is shorter than announced"));
        } else {
            answer.complete(new Answer(result.getResponse().getStatus(), whole));
        }
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // whether the abort came in time changes nothing: the answer is refused
    private void refuse(Response response, String why) {
        StationFailure failure = StationFailure.corrupt(why);
        answer.completeExceptionally(failure);
        response.abort(failure);
    }
}
