package org.lamplighter.station.http;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request. Errors of the connection are told apart from errors of the disk. One thread at a time. */
final class RequestBody extends InputStream {
    private final InputStream in;
    private final HttpLimits limits;
    private final long begun = System.nanoTime();
    private long received;

    private RequestBody(InputStream in, HttpLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** A body that ends for good when it comes slower than {@code limits} allow, however long it says that it is. */
    static RequestBody of(InputStream in, HttpLimits limits) {
        return new RequestBody(in, limits);
    }

    /** The client went away, was too slow, or broke HTTP: there is nobody to answer. */
    static final class ClientGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ClientGoneException(IOException cause) {
            super("the client went away", cause);
        }
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
        received += bytes;
        if (answer >= 0
                && System.nanoTime() - begun > limits.allowedSoFar(received).toNanos()) {
            throw new IOException("too slow");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
