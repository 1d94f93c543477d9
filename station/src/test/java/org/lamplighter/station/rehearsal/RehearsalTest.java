package org.lamplighter.station.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
    @TempDir
    private Path folder;

    @Test
    void run_makesAStationAndGetsItsAnswers() throws Exception {
        Rehearsal.run(folder);

        assertThat(folder.resolve("station/epochs/2")).isDirectory();
        assertThat(folder.resolve("station/station.sqlite")).isNotEmptyFile();
    }

    @Test
    void run_inAFolderThatIsTaken_fails() throws Exception {
        Files.createDirectory(folder.resolve("station"));
        Files.createFile(folder.resolve("station/file"));

        assertThatThrownBy(() -> Rehearsal.run(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void caller_takesNoOtherAnswerThanTheOneItWasToldOf() throws Exception {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> {
                try (SocketChannel channel = server.accept()) {
                    byte[] answer = "HTTP/1.1 503 x\r\nContent-Length: 3\r\n\r\nabc".getBytes(US_ASCII);
                    ByteBuffer request = ByteBuffer.allocate(4096);
                    while (channel.read(request.clear()) > 0) {
                        channel.write(ByteBuffer.wrap(answer));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (Caller caller = Caller.connect(socket)) {
                assertThat(caller.ask("GET", "/v1/head", new byte[0], 503))
                        .asString()
                        .isEqualTo("abc");
                assertThatThrownBy(() -> caller.ask("GET", "/v1/head", new byte[0], 200))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("503");
            }
        }
    }
}
