package org.lamplighter.station.http;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request. Errors of the connection are told apart from errors of the disk. One thread at a time. */
final class RequestBody extends InputStream {
    private final InputStream in;

    private RequestBody(InputStream in) {
        this.in = in;
    }

    static RequestBody of(InputStream in) {
        return new RequestBody(in);
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
            return in.read();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
