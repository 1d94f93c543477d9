package org.lamplighter.station.rehearsal;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a station over one connection to its Unix socket. One thread at a time. */
final class Caller implements AutoCloseable {
    private static final int LARGEST_HEAD = 4096;
    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 ([0-9]{3}) .*?Content-Length: ([0-9]+)\r\n", Pattern.DOTALL);
    private static final String END = "\r\n\r\n";

    private final SocketChannel channel;

    private Caller(SocketChannel channel) {
        this.channel = channel;
    }

    static Caller connect(Path socket) throws IOException {
        return new Caller(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends a request and yields the body of the answer, which must have {@code status}. */
    byte[] ask(String method, String target, byte[] body, int status) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: station\r\nContent-Length: " + body.length + END;
        ByteBuffer[] request = {ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), ByteBuffer.wrap(body)};
        while (request[1].hasRemaining() || request[0].hasRemaining()) {
            channel.write(request);
        }
        String answer = head();
        Matcher matcher = HEAD.matcher(answer);
        if (!matcher.lookingAt() || Integer.parseInt(matcher.group(1)) != status) {
            throw new IOException(method + " " + target + " was answered "
                    + answer.lines().findFirst().orElse(""));
        }
        return read(Integer.parseInt(matcher.group(2)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Byte by byte: nothing of the body is taken with it. */
    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END, head.length() - END.length()) < 0) {
            if (head.length() >= LARGEST_HEAD) {
                throw new IOException("the head of an answer does not end");
            }
            head.append((char) read(1)[0]);
        }
        return head.toString();
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("an answer ended early");
            }
        }
        return buffer.array();
    }
}
