package org.lamplighter.station.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Carries a request of Jetty's to the {@link Router} and the answer back, on the virtual thread of the request. All that is
 * looked at is method, target, length and body. Thread-safe.
 */
final class JettyHandler extends Handler.Abstract {
    private static final int FILE_BUFFER = 65_536;

    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");
    private static final HttpField BYTES = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

    private final Router router;
    private final HttpLimits limits;
    private final ConnectionWatch watch;
    private final CircuitLines circuits;

    JettyHandler(Router router, HttpLimits limits, ConnectionWatch watch, CircuitLines circuits) {
        this.router = router;
        this.limits = limits;
        this.watch = watch;
        this.circuits = circuits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Connection connection = request.getConnectionMetaData().getConnection();
        Exchange exchange = exchange(request);
        watch.busy(connection, exchange.length().orElse(0));
        Callback last = Callback.from(() -> watch.idle(connection), callback);
        try {
            Answer answer = router.answer(exchange);
            watch.busy(connection, answer.length());
            send(answer, response, last, request.getComponents().getByteBufferPool());
        } catch (RequestBody.ClientGoneException e) {
            cutOff(connection, last, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the station stops
            cutOff(connection, last, e);
        }
        return true;
    }

    /** Without an answer: there is nobody to hear it, or it would be one that the interface does not have. */
    private static void cutOff(Connection connection, Callback callback, Exception reason) {
        connection.getEndPoint().close();
        callback.failed(reason);
    }

    private Exchange exchange(Request request) {
        long length = request.getLength();
        return new Exchange(
                request.getMethod(),
                target(request.getHttpURI()),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                RequestBody.of(Content.Source.asInputStream(request), limits, line(request)),
                circuits.circuit(request.getConnectionMetaData().getConnection()));
    }

    /** What was asked for, whole: a fragment has no place in a request, and what has one is not in the interface (6.9). */
    private static String target(HttpURI uri) {
        String fragment = uri.getFragment();
        return fragment == null ? uri.getPathQuery() : uri.getPathQuery() + "#" + fragment;
    }

    private RequestBody.Line line(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        return new RequestBody.Line() {
            @Override
            public void ours() {
                watch.working(connection);
            }

            @Override
            public void theirs() {
                watch.busy(connection, Math.max(0, request.getLength()));
            }

            @Override
            public void cutOff() {
                connection.getEndPoint().close();
            }
        };
    }

    private static void send(Answer answer, Response response, Callback callback, ByteBufferPool pool) {
        setHeaders(answer, response);
        switch (answer) {
            case Answer.Empty empty -> response.write(true, null, callback);
            case Answer.Content content ->
                response.write(true, content.content().slice(), callback);
            case Answer.FileContent file ->
                Content.copy(
                        Content.Source.from(new ByteBufferPool.Sized(pool, true, FILE_BUFFER), file.file()),
                        response,
                        callback);
        }
    }

    /** The headers of every answer, of the router's and of Jetty's own refusals (6.1). */
    static void setHeaders(Answer answer, Response response) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(NO_STORE);
        headers.put(HttpHeader.CONTENT_LENGTH, answer.length());
        headers.put(answer.isText() ? TEXT : BYTES);
        headers.put(NO_SNIFF);
        headers.put(NO_REFERRER);
    }

    /** What Jetty refuses by itself, such as headers that are too long: the same headers, no body, no explanation. */
    static boolean refuse(Request request, Response response, Callback callback) {
        setHeaders(new Answer.Empty(Route.ofTheListener(response.getStatus())), response);
        response.write(true, ByteBuffer.allocate(0), callback);
        return true;
    }
}
