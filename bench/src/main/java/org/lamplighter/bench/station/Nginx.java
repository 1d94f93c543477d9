package org.lamplighter.bench.station;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** nginx with one file, sent by the kernel: what this machine can do at all. */
final class Nginx implements AutoCloseable {
    static final String NAME = "nginx, a file of the same length";

    private final Program program;
    private final String url;

    private Nginx(Program program, String url) {
        this.program = program;
        this.url = url;
    }

    /** Serves {@code bytes} random bytes out of {@code folder}. */
    static Nginx start(Path folder, int bytes) throws IOException, InterruptedException {
        byte[] content = new byte[bytes];
        new SplittableRandom(1).nextBytes(content);
        Files.createDirectories(folder);
        Files.write(folder.resolve("file"), content);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // Its workers keep the user that has started it: as root nobody else could look into the folder.
        String configuration = String.join(
                "\n",
                Files.getOwner(folder).getName().equals("root") ? "user root;" : "",
                "worker_processes auto; daemon off; pid " + folder + "/pid; error_log " + folder + "/errors;",
                "events { worker_connections 1024; }",
                "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;",
                "  client_body_temp_path " + folder + "/1; proxy_temp_path " + folder + "/2;",
                "  fastcgi_temp_path " + folder + "/3; uwsgi_temp_path " + folder + "/4; scgi_temp_path " + folder
                        + "/5;",
                "  server { listen 127.0.0.1:" + port + "; root " + folder + "; } }");
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Program program = Program.start(
                folder.resolve("errors"), Map.of(), List.of("nginx", "-p", folder.toString(), "-c", file.toString()));
        Nginx nginx = new Nginx(program, "http://127.0.0.1:" + port + "/file");
        if (!Asking.answers(port, "/file", program)) {
            program.close();
            throw new IOException("nginx did not start: " + Files.readString(folder.resolve("errors")));
        }
        return nginx;
    }

    String url() {
        return url;
    }

    Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
