package org.lamplighter.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.e2e.packaging.InstallPage.Block;

/** docs/operations/install.md as it stands, from clean roots to a letter that was read, and back to nothing. */
@Tag("package")
final class InstallTest {
    private static final Path PAGE = Packages.ROOT.resolve("docs/operations/install.md");
    private static final Pattern STATION_WORDS = Pattern.compile("\nfingerprint:? +([a-z ]+)\r");
    /** An epoch lasts five seconds here; on a busy machine everything before it takes longer. */
    private static final int TRIES = 30;

    private static final String RESTORED = "the newsroom has certified a new key for the station";

    private String stationWords = "";
    private boolean wasRead;
    private boolean wasRestored;

    @Test
    void page_leadsFromBareDebianToALetterThatIsReadAndBack(@TempDir Path folder) throws Exception {
        Packages packages = Packages.make(Packages.SCRIPT, folder, Map.of());
        List<Block> blocks = InstallPage.read(PAGE);
        try (CleanRoots roots = CleanRoots.make()) {
            Tool.succeed("cp", "-r", packages.folder() + "/.", roots.stick().toString());
            for (Block block : blocks) {
                follow(roots, block);
            }
        }
        assertThat(wasRead).isTrue();
        assertThat(wasRestored).isTrue();
    }

    @Test
    void anotherClone_givesTheSameBytes(@TempDir Path folder) throws Exception {
        assertThat(Tool.succeed("git", "-C", Packages.ROOT.toString(), "status", "--porcelain"))
                .as("compares what is committed")
                .isEmpty();
        Packages here = Packages.make(Packages.SCRIPT, folder.resolve("here"), Map.of());
        Path clone = folder.resolve("clone");
        Tool.succeed("git", "clone", "--quiet", Packages.ROOT.toString(), clone.toString());
        String head = Tool.succeed("git", "-C", Packages.ROOT.toString(), "rev-parse", "HEAD")
                .strip();
        Tool.succeed("git", "-C", clone.toString(), "checkout", "--quiet", head);
        Tool.Result built = Tool.run(
                Map.of("TZ", "Pacific/Auckland"),
                List.of(
                        clone.resolve("lamplighter").toString(),
                        "package",
                        "--out",
                        folder.resolve("there").toString()));
        assertThat(built.exit()).as(built.printed()).isZero();
        Packages there = new Packages(folder.resolve("there"), built.printed());
        assertThat(there.archive()).hasSameBinaryContentAs(here.archive());
        assertThat(there.debian()).hasSameBinaryContentAs(here.debian());
    }

    /** Types one block and looks at what came of it. */
    private void follow(CleanRoots roots, Block block) throws IOException, InterruptedException {
        System.out.println(
                "[" + block.machine() + "] " + block.commands().strip().replace("\n", "\n    "));
        String commands = block.commands();
        if (commands.contains("station restore")) {
            lose(roots);
        }
        String before = commands.contains("--reinstall") || commands.contains("purge") ? key(roots) : "";
        String screen = typed(roots, block);
        if (commands.contains("station init") || commands.contains("station restore")) {
            Matcher words = STATION_WORDS.matcher(screen);
            assertThat(words.find()).as(screen).isTrue();
            stationWords = words.group(1);
        } else if (commands.contains("certify-station")) {
            assertThat(screen).contains("fingerprint of the station: " + stationWords);
        } else if (commands.contains("is-active lamplighter-station")) {
            assertThat(screen).startsWith("active");
            lookAtTheProcess(roots);
        } else if (commands.contains("--reinstall")) {
            assertThat(key(roots)).isEqualTo(before);
            assertThat(roots.inStation("systemctl is-active lamplighter-station")
                            .exit())
                    .isZero();
            Tool.Result check =
                    roots.inStation("runuser -u lamplighter -- lamplighter station check /var/lib/lamplighter/station");
            assertThat(check.exit()).as(check.printed()).isZero();
        } else if (commands.contains("purge")) {
            // The letters are still there, the program is not.
            assertThat(key(roots)).isEqualTo(before).isNotEmpty();
            assertThat(roots.inStation("command -v lamplighter || systemctl is-active lamplighter-station")
                            .exit())
                    .isNotZero();
        } else if (commands.contains("rm -r /var/lib/lamplighter")) {
            assertThat(roots.root("station").resolve("var/lib/lamplighter")).doesNotExist();
        }
    }

    /** What stood on the screen; what the page says to run again is run again. */
    private String typed(CleanRoots roots, Block block) throws IOException, InterruptedException {
        Block brief = new Block(block.machine(), block.commands().replace("--profile solo", "--profile demo-solo"));
        boolean reads = block.commands().contains("journalist read");
        boolean again = reads || block.commands().matches("(?s).*(replenish|source send).*");
        String awaited = !reads ? "" : wasRead ? RESTORED : Typist.MESSAGE;
        for (int attempt = 1; ; attempt++) {
            Tool.Result result = roots.type(brief);
            boolean good = result.exit() == 0 && result.printed().contains(awaited);
            if (good || !again || attempt == TRIES) {
                assertThat(good).as(block.commands() + "\n" + result.printed()).isTrue();
                wasRestored |= awaited.equals(RESTORED);
                wasRead |= reads;
                return result.printed();
            }
            Thread.sleep(2000);
        }
    }

    /** The disk of the station is gone, all but what the package has put on it. */
    private static void lose(CleanRoots roots) throws IOException, InterruptedException {
        Tool.Result lost = roots.inStation("systemctl stop lamplighter-station && rm -r /var/lib/lamplighter/station");
        assertThat(lost.exit()).as(lost.printed()).isZero();
    }

    /** The running service is as closed as its unit says, and its Java is the only one. */
    private static void lookAtTheProcess(CleanRoots roots) throws IOException, InterruptedException {
        String process = "/proc/$(systemctl show --property=MainPID --value lamplighter-station)/";
        assertThat(isClosed(roots, process)).isTrue();
        // The first process of the machine is not: the look can tell.
        assertThat(isClosed(roots, "/proc/1/")).isFalse();
        assertThat(roots.inStation("stat --format=%U " + process).printed()).isEqualTo("lamplighter\n");
        String network = roots.inStation("readlink " + process + "ns/net").printed();
        assertThat(network)
                .startsWith("net:")
                .isNotEqualTo(roots.inStation("readlink /proc/self/ns/net").printed());
        assertThat(roots.inStation("command -v java").exit()).isNotZero();
        assertThat(roots.inStation("stat --format=%a:%U:%G /var/lib/lamplighter /run/lamplighter/socket || true")
                        .printed())
                .contains("700:lamplighter:lamplighter\n");
    }

    /** Whether a process has no capability, cannot gain one, and has its system calls filtered. */
    private static boolean isClosed(CleanRoots roots, String process) throws IOException, InterruptedException {
        List<String> status =
                roots.inStation("cat " + process + "status").printed().lines().toList();
        return status.containsAll(
                List.of("Seccomp:\t2", "NoNewPrivs:\t1", "CapBnd:\t0000000000000000", "CapEff:\t0000000000000000"));
    }

    private static String key(CleanRoots roots) throws IOException, InterruptedException {
        return roots.inStation("sha256sum < /var/lib/lamplighter/station/station-key")
                .printed();
    }
}
