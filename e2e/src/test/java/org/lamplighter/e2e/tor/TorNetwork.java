package org.lamplighter.e2e.tor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Three directory authorities, four relays, an onion service and a client, each a tor process of its own, all on loopback and
 * in touch with nobody else. One thread at a time.
 */
final class TorNetwork implements AutoCloseable {
    private static final int AUTHORITIES = 3;
    private static final int RELAYS = 4;
    private static final Pattern V3_FINGERPRINT = Pattern.compile("(?m)^fingerprint ([0-9A-F]{40})$");
    private static final Pattern FINGERPRINT = Pattern.compile("(?m)^\\S+ ([0-9A-F ]{40,60})$");
    /** Every minute of the real network is a second here. */
    private static final String COMMON = """
            TestingTorNetwork 1
            Address 127.0.0.1
            AssumeReachable 1
            ExitRelay 0
            ConnLimit 60
            ShutdownWaitLength 0
            PathsNeededToBuildCircuits 0.67
            TestingV3AuthInitialVotingInterval 10
            TestingV3AuthInitialVoteDelay 2
            TestingV3AuthInitialDistDelay 2
            V3AuthVotingInterval 60
            V3AuthVoteDelay 2
            V3AuthDistDelay 2
            TestingDirAuthVoteGuard *
            TestingDirAuthVoteHSDir *
            TestingDirAuthVoteExit *
            TestingMinExitFlagThreshold 0
            AuthDirMaxServersPerAddr 0
            """;

    private final Path folder;
    private final Deque<Integer> ports;
    private final List<Process> running = new ArrayList<>();
    private final StringBuilder authorities = new StringBuilder();
    private final int socks;

    private TorNetwork(Path folder) throws IOException {
        this.folder = folder;
        this.ports = freePorts(2 * AUTHORITIES + RELAYS + 1);
        this.socks = ports.remove();
    }

    /**
     * Starts a network whose onion service leads to the port {@code station} of this machine and tells it the circuit of each
     * connection, with proofs of work enabled, and whose client reaches its guard through {@code wire}.
     */
    static TorNetwork start(Path folder, int station, GuardWire wire) throws IOException, InterruptedException {
        requireTor();
        TorNetwork network = new TorNetwork(folder);
        boolean started = false;
        try {
            network.startRelays();
            network.startTor("onion", """
                    SocksPort 0
                    HiddenServiceDir %s
                    HiddenServicePort 80 127.0.0.1:%d
                    HiddenServicePoWDefensesEnabled 1
                    HiddenServiceMaxStreams 16
                    HiddenServiceMaxStreamsCloseCircuit 1
                    HiddenServiceExportCircuitID haproxy
                    """.formatted(folder.resolve("onion/service"), station));
            network.startTor(
                    "client",
                    "ClientOnly 1\nSocksPort 127.0.0.1:%d\nHTTPSProxy 127.0.0.1:%d\n"
                            .formatted(network.socks, wire.port()));
            started = true;
            return network;
        } finally {
            if (!started) {
                network.close();
            }
        }
    }

    /** {@code socks5://127.0.0.1:PORT}, the client's. */
    String proxy() {
        return "socks5://127.0.0.1:" + socks;
    }

    /** {@code http://….onion}; waits until the service has made its key. */
    String onion() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            try {
                return "http://"
                        + Files.readString(folder.resolve("onion/service/hostname"))
                                .strip();
            } catch (NoSuchFileException e) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("tor has made no onion address:\n" + log("onion"));
    }

    /** What a process of the network has written. */
    String log(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("log"));
    }

    @Override
    public void close() {
        running.forEach(Process::destroy);
        for (Process process : running) {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private void startRelays() throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < AUTHORITIES; i++) {
            String name = "authority" + i;
            int onionPort = ports.remove();
            int directoryPort = ports.remove();
            authorities.append(authority(name, onionPort, directoryPort));
            rest.add("""
                    SocksPort 0
                    ORPort 127.0.0.1:%d
                    DirPort 127.0.0.1:%d
                    AuthoritativeDirectory 1
                    V3AuthoritativeDirectory 1
                    ContactInfo nobody@example.invalid
                    """.formatted(onionPort, directoryPort));
        }
        for (int i = 0; i < AUTHORITIES; i++) {
            startTor("authority" + i, rest.get(i));
        }
        for (int i = 0; i < RELAYS; i++) {
            startTor("relay" + i, "SocksPort 0\nORPort 127.0.0.1:%d\n".formatted(ports.remove()));
        }
    }

    /** Makes the keys of an authority; yields the line by which the others know it. */
    private String authority(String name, int onionPort, int directoryPort) throws IOException, InterruptedException {
        Path data = make(name);
        Path keys = Files.createDirectories(data.resolve("keys"));
        run(
                "x\n",
                "tor-gencert",
                "--create-identity-key",
                "--passphrase-fd",
                "0",
                "-i",
                keys.resolve("authority_identity_key").toString(),
                "-s",
                keys.resolve("authority_signing_key").toString(),
                "-c",
                keys.resolve("authority_certificate").toString(),
                "-a",
                "127.0.0.1:" + directoryPort,
                "-m",
                "12");
        String v3 = find(V3_FINGERPRINT, Files.readString(keys.resolve("authority_certificate")));
        String printed = run(
                "",
                "tor",
                "-f",
                "/dev/null",
                "--ignore-missing-torrc",
                "--quiet",
                "--DataDirectory",
                data.toString(),
                "--ORPort",
                String.valueOf(onionPort),
                "--Nickname",
                name,
                "--list-fingerprint");
        return "DirAuthority %s orport=%d no-v2 v3ident=%s 127.0.0.1:%d %s\n"
                .formatted(
                        name,
                        onionPort,
                        v3,
                        directoryPort,
                        find(FINGERPRINT, printed).replace(" ", ""));
    }

    private void startTor(String name, String configuration) throws IOException {
        Path data = make(name);
        Path file = data.resolve("torrc");
        Files.writeString(
                file,
                COMMON + authorities + "Nickname " + name + "\nDataDirectory " + data + "\nLog notice file "
                        + data.resolve("log") + "\n__OwningControllerProcess "
                        + ProcessHandle.current().pid() + "\n" + configuration);
        running.add(new ProcessBuilder("tor", "-f", file.toString(), "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("output").toFile())
                .start());
    }

    private Path make(String name) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.setPosixFilePermissions(data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        return data;
    }

    /** Fails, and does not skip, where tor is not as it must be: who asks for this test wants it to run. */
    private static void requireTor() throws InterruptedException {
        String modules;
        try {
            modules = run("", "tor", "--list-modules");
            run("", "tor-gencert", "--help");
        } catch (IOException e) {
            throw new AssertionError("tor or tor-gencert is missing: install it (Debian: apt-get install tor)", e);
        }
        if (!modules.contains("pow: yes") || !modules.contains("dirauth: yes")) {
            throw new AssertionError("this tor was built without proofs of work or without authorities:\n" + modules);
        }
    }

    private static String run(String input, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("not what tor used to say:\n" + text);
        }
        return matcher.group(1);
    }

    private static Deque<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        Deque<Integer> ports = new ArrayDeque<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports.add(sockets.getLast().getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }
}
