package org.lamplighter.e2e.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Four machines of bare Debian under one folder. The station's is booted, by systemd in a container; at the others somebody
 * sits in a root of their own. Only what fetches packages has the network of this machine. Newsroom: none at all; laptop and
 * source: the station's loopback, on which the relay listens.
 */
final class CleanRoots implements AutoCloseable {
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> MACHINES = List.of("station", "newsroom", "laptop", "source");

    private final Path folder;
    private final Typist typist = new Typist();
    private Optional<Process> container = Optional.empty();
    private Optional<Process> relay = Optional.empty();
    private boolean stationIsFurnished;

    private CleanRoots(Path folder) {
        this.folder = folder;
    }

    /** Makes the roots out of the archive that this machine's apt uses. */
    static CleanRoots make() throws IOException, InterruptedException {
        for (String tool : List.of("mmdebstrap", "systemd-nspawn", "nsenter", "unshare", "script", "chroot")) {
            if (!Tool.exists(tool)) {
                throw new AssertionError("there is no " + tool + ": apt-get install mmdebstrap systemd-container");
            }
        }
        CleanRoots roots = new CleanRoots(Files.createTempDirectory("lamplighter-roots"));
        Files.createDirectory(roots.stick());
        Files.setPosixFilePermissions(roots.stick(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(roots.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path sources = Path.of("/etc/apt/sources.list.d/debian.sources");
        Tool.succeed(
                "mmdebstrap",
                "--variant=minbase",
                "--include=systemd-sysv,adduser,bsdutils",
                Tool.succeed("sh", "-c", ". /etc/os-release; printf %s \"$VERSION_CODENAME\""),
                roots.folder.resolve("base").toString(),
                Files.exists(sources) ? sources.toString() : "/etc/apt/sources.list");
        roots.prepare(roots.folder.resolve("base"));
        for (String machine : MACHINES) {
            Tool.succeed(
                    "cp",
                    "-a",
                    "--reflink=auto",
                    roots.folder.resolve("base").toString(),
                    roots.root(machine).toString());
        }
        return roots;
    }

    /** What all of them get: the way to the packages, no service that starts while they are installed, somebody. */
    private void prepare(Path base) throws IOException, InterruptedException {
        Files.writeString(base.resolve("etc/apt/apt.conf.d/00machine"), Tool.succeed("apt-config", "dump", "Acquire"));
        Files.deleteIfExists(base.resolve("etc/resolv.conf"));
        Files.copy(Path.of("/etc/resolv.conf"), base.resolve("etc/resolv.conf"));
        Path policy = Files.writeString(base.resolve("usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(base.resolve("media/stick"));
        Tool.succeed("chroot", base.toString(), "useradd", "--create-home", "--shell", "/bin/bash", "somebody");
    }

    /** The folder that is carried from machine to machine, at /media/stick in each. */
    Path stick() {
        return folder.resolve("stick");
    }

    Path root(String machine) {
        return folder.resolve(machine);
    }

    /** Types a block on its machine; yields how it ended and what stood on the screen. */
    Tool.Result type(InstallPage.Block block) throws IOException, InterruptedException {
        String machine = block.machine().replace(", root", "");
        Files.writeString(root(machine).resolve("block.sh"), block.commands());
        boolean fetches = block.commands().contains("apt-get update");
        if (machine.equals("station") && stationIsFurnished) {
            return typist.run(terminal(inContainer(), "/root"));
        }
        stationIsFurnished |= machine.equals("station") && fetches;
        boolean isRoot = fetches || machine.equals("station");
        List<String> command = new ArrayList<>();
        if (machine.equals("newsroom") || (!fetches && container.isEmpty())) {
            command.addAll(List.of("unshare", "--net"));
        } else if (!fetches) {
            startRelay();
            command.addAll(List.of("nsenter", "--net=/proc/" + leader() + "/ns/net"));
        }
        command.addAll(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                "mount -t proc proc $0/proc && mount --rbind /dev $0/dev && mount --bind $1 $0/media/stick && shift"
                        + " && exec chroot \"$0\" \"$@\"",
                root(machine).toString(),
                stick().toString()));
        if (!isRoot) {
            command.addAll(List.of("setpriv", "--reuid=somebody", "--regid=somebody", "--init-groups"));
        }
        return typist.run(terminal(command, isRoot ? "/root" : "/home/somebody"));
    }

    /** Runs a command in the booted station, without a terminal. */
    Tool.Result inStation(String command) throws IOException, InterruptedException {
        List<String> line = inContainer();
        line.addAll(List.of("env", "-i", PATH, "HOME=/root", "sh", "-c", command));
        return Tool.run(Map.of(), line);
    }

    private static List<String> terminal(List<String> where, String home) {
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of(
                "env",
                "-i",
                PATH,
                "HOME=" + home,
                "TERM=dumb",
                "script",
                "-qefc",
                "cd; bash -e /block.sh",
                "/dev/null"));
        return command;
    }

    private List<String> inContainer() throws IOException, InterruptedException {
        if (container.isEmpty()) {
            boot();
        }
        return new ArrayList<>(List.of("nsenter", "--target", Long.toString(leader()), "--all"));
    }

    private void boot() throws IOException, InterruptedException {
        Files.delete(root("station").resolve("usr/sbin/policy-rc.d"));
        Process process = new ProcessBuilder(
                        "systemd-nspawn",
                        "--quiet",
                        "--register=no",
                        "--keep-unit",
                        "--boot",
                        "--private-network",
                        "--console=pipe",
                        "--directory=" + root("station"),
                        "--bind=" + stick() + ":/media/stick",
                        "--bind-ro=" + classes() + ":/mnt")
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
        container = Optional.of(process);
        for (int attempt = 0; attempt < 120; attempt++) {
            if (process.children().findAny().isPresent()
                    && inStation("systemctl is-active multi-user.target").exit() == 0) {
                return;
            }
            Thread.sleep(1000);
        }
        throw new AssertionError("the station does not boot\n" + Files.readString(folder.resolve("console.log")));
    }

    private long leader() {
        return container.orElseThrow().children().findFirst().orElseThrow().pid();
    }

    /** Tor's user in the station, with tor's groups, between port 9050 and the station's socket. */
    private void startRelay() throws IOException, InterruptedException {
        if (relay.isPresent()) {
            return;
        }
        List<String> line = inContainer();
        line.addAll(List.of(
                "env",
                "-i",
                PATH,
                "setpriv",
                "--reuid=debian-tor",
                "--regid=debian-tor",
                "--init-groups",
                "/usr/lib/lamplighter/runtime/bin/java",
                "-cp",
                "/mnt",
                Relay.class.getName(),
                "9050",
                "/run/lamplighter/socket",
                Files.readString(root("station").resolve("var/lib/tor/lamplighter/hostname"))
                        .strip()));
        Path log = folder.resolve("relay.log");
        relay = Optional.of(new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        for (int attempt = 0; attempt < 60; attempt++) {
            if (Files.readString(log).contains("relaying")) {
                return;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("the relay does not start\n" + Files.readString(log));
    }

    private static String classes() {
        return Packages.ROOT.resolve("e2e/target/test-classes").toString();
    }

    @Override
    public void close() throws IOException {
        try {
            relay.ifPresent(Process::destroy);
            if (container.isPresent()) {
                container.get().destroy(); // it shuts down in order
                if (!container.get().waitFor(60, TimeUnit.SECONDS)) {
                    container.get().destroyForcibly().waitFor();
                }
            }
            Tool.succeed("rm", "-rf", "--one-file-system", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
