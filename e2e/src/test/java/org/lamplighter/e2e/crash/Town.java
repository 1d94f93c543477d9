package org.lamplighter.e2e.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * A newsroom, a station that never ran and a journalist who never had a session, made by their own commands. Each test gets
 * copies of the two folders, so that none sees what another did.
 */
public final class Town {
    public static final String PASSPHRASE = "six random words of ada";
    public static final int EPOCH_SECONDS = 5;
    /** For vaults that are opened by the hundred; what ships is not touched. */
    public static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private static final String NEWSROOM_PASSPHRASE = "four quiet harbour lamps";

    private final Path base;
    private final int port;
    private final int slots;

    private Town(Path base, int port, int slots) {
        this.base = base;
        this.port = port;
        this.slots = slots;
    }

    /** Runs the commands. In the mailbox nothing expires while a test runs, and a third of {@code slots} bundles are admitted. */
    public static Town build(Path base, int slots) throws IOException, InterruptedException {
        Town town = new Town(base, freePort(), slots);
        Path newsroom = base.resolve("newsroom");
        List<String> root = List.of(NEWSROOM_PASSPHRASE);
        Program.run(
                List.of(NEWSROOM_PASSPHRASE, NEWSROOM_PASSPHRASE),
                "newsroom",
                "init",
                newsroom,
                "--origin",
                "harbour-courier");
        Path station = base.resolve("station");
        Program.run(List.of(), "station", "init", station, "--newsroom", town.newsroomFile());
        town.certify(station.resolve("station-request"), base.resolve("certificate"));
        Path ada = base.resolve("ada");
        Program.run(
                List.of(PASSPHRASE, PASSPHRASE),
                "journalist",
                "init",
                ada,
                "--name",
                "Ada Example",
                "--newsroom",
                town.newsroomFile(),
                "--station",
                town.url());
        Program.runLine(
                root,
                "newsroom enrol " + newsroom + " " + ada.resolve("enrolment-request") + " --yes --out "
                        + base.resolve("roster"));
        cheapen(ada);
        Program.run(List.of(), "station", "install", station, base.resolve("certificate"), base.resolve("roster"));
        return town;
    }

    private static void cheapen(Path journalist) throws IOException {
        try (SecretBytes passphrase = SecretBytes.copyOf(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
                Vault vault = Vault.open(journalist, passphrase, new SecureRandom())) {
            vault.changePassphrase(passphrase, CHEAP);
        } catch (VaultException e) {
            throw new IOException(e);
        }
    }

    /** Has the newsroom certify a station, always for the same mailbox. */
    void certify(Path request, Path out) throws IOException, InterruptedException {
        Program.runLine(
                List.of(NEWSROOM_PASSPHRASE),
                "newsroom certify-station " + base.resolve("newsroom") + " " + request
                        + " --profile demo --epoch-seconds " + EPOCH_SECONDS
                        + " --slots " + slots
                        + " --envelopes 3 --ttl-seconds 3600 --burst-seconds 3600 --waiting-seconds 3600"
                        + " --chunk-ttl-days 30 --answer-millis 20 --yes --out " + out);
    }

    /** A station and a journalist's folder of their own, below {@code folder}. */
    public Scene scene(Path folder) throws IOException {
        copy(base.resolve("station"), folder.resolve("station"));
        copy(base.resolve("ada"), folder.resolve("ada"));
        return new Scene(this, folder);
    }

    public Path newsroomFile() {
        return base.resolve("newsroom").resolve("newsroom.pub");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A client that tries again often enough to find a station that is started again. */
    public StationClient client() throws Exception {
        return StationClient.of(
                Route.of(StationAddress.parse(url()), java.util.Optional.of("none")),
                NewsroomKey.parse(Files.readString(newsroomFile())),
                new SecureRandom(),
                InstantSource.system(),
                retry -> Thread.sleep(300));
    }

    /** Copies a folder as it lies there. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(to);
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Below the ports that the system hands out by itself: a restarted station must find its port free. */
    private static int freePort() throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = 20_000 + random.nextInt(10_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one.
            }
        }
        throw new IOException("no port is free");
    }
}
