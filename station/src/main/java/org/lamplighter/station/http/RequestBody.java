package org.lamplighter.station.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of a request. Errors of the connection are told apart from errors of the disk. One thread at a time reads; how far
 * it is may be asked by any.
 */
final class RequestBody extends InputStream {
    private final InputStream in;
    private final HttpLimits limits;
    private final Line line;
    private volatile long begun = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean complete;

    private RequestBody(InputStream in, HttpLimits limits, Line line) {
        this.in = in;
        this.limits = limits;
        this.line = line;
    }

    /** The connection that a body comes on. */
    interface Line {
        /** What the request waits for from now on is the station. */
        void ours();

        /** What the request waits for from now on is its client. */
        void theirs();

        /** Ends the connection, and with it whoever waits for a byte of it. */
        void cutOff();
    }

    /** A body that ends for good when it comes slower than {@code limits} allow, however long it says that it is. */
    static RequestBody of(InputStream in, HttpLimits limits, Line line) {
        return new RequestBody(in, limits, line);
    }

    /** The client went away, was too slow, or broke HTTP: there is nobody to answer. */
    static final class ClientGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ClientGoneException(IOException cause) {
            super("the client went away", cause);
        }
    }

    /** The station is not ready for it. */
    void hold() {
        line.ours();
    }

    /** Its time counts from now: the station is ready for it. */
    void begin() {
        begun = System.nanoTime();
        line.theirs();
    }

    /** Nanoseconds by which it is behind the pace of an upload at {@code now}; 0 when all of it is here. */
    long behind(long now) {
        return complete ? 0 : limits.behindAsUpload(now - begun, received.get());
    }

    /** Ends the connection, from any thread. */
    void cutOff() {
        line.cutOff();
    }

    @Override
    public int read() throws IOException {
        try {
            int next = in.read();
            return count(next, next < 0 ? 0 : 1);
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = in.read(into, offset, length);
            return count(read, Math.max(0, read));
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private int count(int answer, int bytes) throws IOException {
        long all = received.addAndGet(bytes);
        if (answer < 0) {
            complete = true;
            line.ours();
        } else if (System.nanoTime() - begun > limits.allowedSoFar(all).toNanos()) {
            throw new IOException("too slow");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
