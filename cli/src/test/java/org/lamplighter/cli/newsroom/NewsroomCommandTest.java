package org.lamplighter.cli.newsroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.cli.newsroom.NewsroomRig.PASSPHRASE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.newsroom.NewsroomRig.Outcome;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.FolderLock;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Hex;

final class NewsroomCommandTest {
    @TempDir
    private Path temp;

    private NewsroomRig rig = new NewsroomRig(Path.of(""), 101);

    @BeforeEach
    void makeNewsroom() {
        rig = new NewsroomRig(temp, 101);
        rig.init();
    }

    @Test
    void wholeStory_everyDocumentVerifiesUnderThePublicKey_andSerialsRise() throws Exception {
        Path out = temp.resolve("carry");
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes", "--out", out);
        assertThat(rig.roster(out).serial()).isEqualTo(2);
        rig.sign("enrol", rig.folder, rig.journalist("Bo Beispiel"), "--yes", "--out", out);
        assertThat(rig.roster(out).serial()).isEqualTo(3);
        rig.sign("enrol-trustee", rig.folder, rig.trustee("Tess Outside"), "--yes", "--out", out);
        assertThat(rig.roster(out).trustees()).hasSize(1);
        rig.sign("revoke", rig.folder, "Bo Beispiel", "--state", "left", "--yes", "--out", out);
        rig.wait(Duration.ofDays(300));
        rig.sign("renew", rig.folder, "--out", out);

        Roster roster = rig.roster(out);
        roster.checkDate(rig.now);
        assertThat(roster.serial()).isEqualTo(6);
        assertThat(roster.journalists())
                .extracting(person -> person.name().text() + " " + person.state())
                .containsExactlyInAnyOrder("Ada Example ACTIVE", "Bo Beispiel LEFT");
        assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(rig.folder.resolve("roster")));
    }

    @Test
    void certifyStation_signsTheProfileAndWhatWasChangedInIt() throws Exception {
        Path request = rig.station();
        Path out = temp.resolve("certificate");
        Outcome first = rig.sign(
                "certify-station",
                rig.folder,
                request,
                "--profile",
                "demo",
                "--epoch-seconds",
                "2",
                "--yes",
                "--out",
                out);
        StationCertificate certificate = rig.certificate(out);
        assertThat(certificate.serial()).isEqualTo(1);
        assertThat(certificate.parameters())
                .isEqualTo(StationParameters.profile("demo").withEpochSeconds(2));
        assertThat(first.err()).contains("fingerprint of the station: ");

        rig.sign("certify-station", rig.folder, request, "--profile", "small", "--yes", "--out", out);
        assertThat(rig.certificate(out).serial()).isEqualTo(2);
        assertThat(rig.certificate(out).parameters()).isEqualTo(StationParameters.profile("small"));
    }

    @Test
    void certifyStation_numbersOutOfRange_areRefusedBeforeThePassphraseIsAsked() throws Exception {
        Path request = rig.station();
        refused(
                rig.run(
                        List.of(),
                        "certify-station",
                        rig.folder,
                        request,
                        "--profile",
                        "small",
                        "--slots",
                        "65",
                        "--yes"),
                "slots");
        refused(
                rig.run(
                        List.of(),
                        "certify-station",
                        rig.folder,
                        request,
                        "--profile",
                        "small",
                        "--slots",
                        "-64",
                        "--yes"),
                "slots");
        refused(rig.run(List.of(), "certify-station", rig.folder, request, "--profile", "huge", "--yes"), "profile");
    }

    @Test
    void init_leavesThePrivateKeyPrivate_andSealed() throws Exception {
        assertThat(permissions(rig.folder)).isEqualTo("rwx------");
        assertThat(permissions(rig.folder.resolve("root.key"))).isEqualTo("rw-------");
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes", "--out", temp.resolve("carry"));
        rig.sign(
                "certify-station", rig.folder, rig.station(), "--profile", "solo", "--yes", "--out", temp.resolve("c"));

        byte[] seed = seed();
        assertThat(filesThatHold(seed)).isEmpty();
        // The planted fault: a tool that leaves the seed in one of the files it writes.
        Files.writeString(temp.resolve("carry.tmp"), "seed " + Hex.format(seed));
        assertThat(filesThatHold(seed)).containsExactly("carry.tmp");
    }

    @Test
    void init_whereANewsroomIs_isRefusedAndChangesNothing() throws Exception {
        List<String> before = rig.snapshot();
        refused(
                rig.run(List.of(PASSPHRASE, PASSPHRASE), "init", rig.folder, "--origin", "city-paper"),
                "there is a newsroom");
        assertThat(rig.snapshot()).isEqualTo(before);
    }

    @Test
    void init_afterACrashBeforeTheKeyWasWritten_startsAfresh() throws Exception {
        Files.delete(rig.folder.resolve("root.key"));
        refused(rig.run(List.of(PASSPHRASE), "renew", rig.folder), "not a newsroom folder");
        rig.init();
        rig.sign("renew", rig.folder);
        assertThat(rig.roster().serial()).isEqualTo(2);
    }

    @Test
    void init_badOriginOrPassphrase_isRefused() {
        Path other = temp.resolve("other");
        refused(rig.run(List.of(PASSPHRASE, PASSPHRASE), "init", other, "--origin", "Harbour"), "origin");
        refused(rig.run(List.of(PASSPHRASE, PASSPHRASE + "x"), "init", other, "--origin", "x"), "differ");
        refused(rig.run(List.of("short", "short"), "init", other, "--origin", "x"), "shorter");
        assertThat(other).doesNotExist();
        assertThat(rig.run(List.of(), "init", other).code()).isEqualTo(2);
    }

    @Test
    void wrongPassphrase_isRefusedAndChangesNothing() throws Exception {
        Path request = rig.journalist("Ada Example");
        List<String> before = rig.snapshot();
        refused(rig.run(List.of("not the passphrase"), "enrol", rig.folder, request, "--yes"), "wrong passphrase");
        assertThat(rig.snapshot()).isEqualTo(before);
    }

    @Test
    void folderThatIsNone_isRefusedWithAHint() throws Exception {
        Outcome outcome = rig.run(List.of(PASSPHRASE), "status", temp.resolve("nowhere"));
        refused(outcome, "not a newsroom folder");
        assertThat(outcome.err()).contains("hint: make one with: lamplighter newsroom init");
        refused(rig.run(List.of(PASSPHRASE), "status", rig.journalist("Ada Example")), "not a newsroom folder");
    }

    @Test
    void requestThatIsNone_isRefusedWithTheReason() throws Exception {
        Path request = rig.journalist("Ada Example");
        String text = Files.readString(request);
        Files.writeString(request, text.replace("name Ada", "name Eve"));
        rig.sign("enrol", rig.folder, request, "--yes"); // the name is not signed: that is what the fingerprint is for
        Files.writeString(request, text.replaceFirst("signature ....", "signature AAAA"));
        refused(rig.run(List.of(PASSPHRASE), "enrol", rig.folder, request, "--yes"), "self signature does not verify");
        refused(rig.run(List.of(PASSPHRASE), "enrol", rig.folder, rig.station(), "--yes"), "enrolment request");
        refused(
                rig.run(List.of(PASSPHRASE), "certify-station", rig.folder, request, "--profile", "small", "--yes"),
                "station request");
        refused(rig.run(List.of(PASSPHRASE), "enrol-trustee", rig.folder, request, "--yes"), "trustee request");
        refused(
                rig.run(List.of(PASSPHRASE), "enrol", rig.folder, temp.resolve("nothing"), "--yes"),
                "no such file or folder");
        Files.write(request, new byte[20_000]);
        refused(rig.run(List.of(PASSPHRASE), "enrol", rig.folder, request, "--yes"), "larger than");
    }

    @Test
    void enrol_sameKeyAgain_isRefusedAndSaysWhereTheRosterIs() throws Exception {
        Path request = rig.journalist("Ada Example");
        rig.sign("enrol", rig.folder, request, "--yes");
        Outcome again = rig.run(List.of(PASSPHRASE), "enrol", rig.folder, request, "--yes");
        refused(again, "this key is on the roster already");
        assertThat(again.err()).contains("hint: carry " + rig.folder.resolve("roster"));
        assertThat(rig.roster().serial()).isEqualTo(2);
    }

    @Test
    void enrol_nameThatIsTaken_isRefused() throws Exception {
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes");
        Path alike = rig.journalist("ADA EXAMPLE");
        Path trustee = rig.trustee("Ada Example");
        // Nobody has compared words or typed a passphrase in vain.
        for (Outcome refused : List.of(
                rig.run(List.of(), "enrol", rig.folder, alike),
                rig.run(List.of(), "enrol-trustee", rig.folder, trustee))) {
            refused(refused, "this name, or one that looks like it, is on it already");
            assertThat(refused.err()).doesNotContain("Passphrase").doesNotContain("fingerprint");
        }
    }

    @Test
    void enrol_fingerprint_isWhatDecides() throws Exception {
        Path adas = rig.journalist("Ada Example");
        Path malloryAsAda = rig.journalist("Ada Exemple");
        String read =
                EnrolmentRequest.verify(Files.readAllBytes(adas)).fingerprint().toString();

        refused(
                rig.run(List.of(PASSPHRASE), "enrol", rig.folder, malloryAsAda, "--fingerprint", read),
                "the fingerprint of this request is: ");
        assertThat(rig.roster().journalists()).isEmpty();
        rig.sign("enrol", rig.folder, adas, "--fingerprint", read);
        assertThat(rig.roster().journalists()).hasSize(1);
        // The planted fault: who says yes without looking enrols Mallory. The same check then fails.
        rig.sign("enrol", rig.folder, malloryAsAda, "--yes");
        assertThatThrownBy(() -> assertThat(rig.roster().journalists()).hasSize(1))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void enrol_withoutYes_asksFirst_thenForThePassphrase() throws Exception {
        Path request = rig.journalist("Ada Example");
        refused(rig.run(List.of("no", PASSPHRASE), "enrol", rig.folder, request), "not confirmed");
        assertThat(rig.roster().serial()).isEqualTo(1);
        Outcome done = rig.run(List.of("yes", PASSPHRASE), "enrol", rig.folder, request);
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("fingerprint of journalist Ada Example: ");
        assertThat(done.out() + done.err()).doesNotContain(PASSPHRASE);
    }

    @Test
    void revoke_byIdOrName_onlyForwards() throws Exception {
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes");
        String id = rig.roster().journalists().getFirst().id().hex();
        refused(rig.run(List.of("no", PASSPHRASE), "revoke", rig.folder, id, "--state", "left"), "not confirmed");
        rig.sign("revoke", rig.folder, id, "--state", "left", "--yes");
        refused(rig.run(List.of(PASSPHRASE), "revoke", rig.folder, id, "--state", "left", "--yes"), "left already");
        rig.sign("revoke", rig.folder, "Ada Example", "--state", "compromised", "--yes");
        refused(
                rig.run(List.of(PASSPHRASE), "revoke", rig.folder, id, "--state", "left", "--yes"),
                "compromised already");
        refused(rig.run(List.of(PASSPHRASE), "revoke", rig.folder, id, "--state", "active", "--yes"), "no such state");
        refused(rig.run(List.of(PASSPHRASE), "revoke", rig.folder, "Nobody", "--state", "left", "--yes"), "nobody");
        assertThat(rig.roster().journalists().getFirst().state()).isEqualTo(JournalistState.COMPROMISED);
    }

    @Test
    void outputThatCannotBeWritten_losesNothing_andItsSerialIsNotUsedAgain() throws Exception {
        Path lost = temp.resolve("unplugged stick").resolve("roster");
        Outcome outcome = rig.run(
                List.of(PASSPHRASE), "enrol", rig.folder, rig.journalist("Ada Example"), "--yes", "--out", lost);
        refused(outcome, "no such file or folder");
        Roster kept = rig.roster();
        assertThat(kept.serial()).isEqualTo(2);
        assertThat(kept.journalists()).hasSize(1);
        rig.sign("enrol", rig.folder, rig.journalist("Bo Beispiel"), "--yes");
        kept.checkSuccessor(rig.roster());
        assertThat(rig.roster().serial()).isEqualTo(3);

        // The planted fault: a tool that had not stored before it wrote signs the serial a second time.
        AtomicFile.write(rig.folder.resolve("roster"), kept.toByteArray(), AtomicFile.Access.PUBLIC);
        Roster first = rig.roster(sign("Cy Sample"));
        AtomicFile.write(rig.folder.resolve("roster"), kept.toByteArray(), AtomicFile.Access.PUBLIC);
        Roster second = rig.roster(sign("Di Sample"));
        assertThatThrownBy(() -> first.checkSuccessor(second)).hasMessageContaining("serial");
    }

    @Test
    void clockBeforeTheLastSignature_isRefused() throws Exception {
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes");
        rig.wait(Duration.ofDays(-2));
        refused(rig.run(List.of(PASSPHRASE), "renew", rig.folder), "clock");
    }

    @Test
    void status_showsEverythingWithoutPassphrase_andWarnsOfExpiry() throws Exception {
        rig.sign("enrol", rig.folder, rig.journalist("Ada Example"), "--yes");
        rig.sign("enrol-trustee", rig.folder, rig.trustee("Tess Outside"), "--yes");
        Outcome before = rig.run(List.of(), "status", rig.folder);
        assertThat(before.code()).isZero();
        assertThat(before.out())
                .contains("newsroom     harbour-courier")
                .contains("fingerprint  " + rig.key().fingerprint())
                .contains("active since 2026-11-24  Ada Example")
                .contains("trustee      Tess Outside")
                .contains("station      none certified yet")
                .doesNotContain("EXPIRED");

        rig.sign("certify-station", rig.folder, rig.station(), "--profile", "small", "--days", "30", "--yes");
        assertThat(rig.run(List.of(), "status", rig.folder).out())
                .contains("30 days left")
                .contains("28 bundles a day")
                .contains("16.9 MB");
        rig.wait(Duration.ofDays(500));
        assertThat(rig.run(List.of(), "status", rig.folder).out()).contains("EXPIRED, renew the roster now");
        rig.sign("renew", rig.folder);
        assertThat(rig.run(List.of(), "status", rig.folder).out()).doesNotContain("renew the roster");
    }

    @Test
    void damagedFolder_isRefused() throws Exception {
        NewsroomRig other = new NewsroomRig(Files.createDirectory(temp.resolve("other")), 102);
        other.init();
        Files.copy(
                other.folder.resolve("newsroom.pub"),
                rig.folder.resolve("newsroom.pub"),
                StandardCopyOption.REPLACE_EXISTING);
        refused(rig.run(List.of(PASSPHRASE), "renew", rig.folder), "roster");
        Files.copy(other.folder.resolve("roster"), rig.folder.resolve("roster"), StandardCopyOption.REPLACE_EXISTING);
        refused(rig.run(List.of(PASSPHRASE), "renew", rig.folder), "is not the public half");
        Files.writeString(rig.folder.resolve("newsroom.pub"), "nothing");
        refused(rig.run(List.of(PASSPHRASE), "status", rig.folder), "newsroom.pub");
    }

    @Test
    void folderInUse_isRefused() throws Exception {
        FolderLock lock = FolderLock.acquire(rig.folder);
        refused(rig.run(List.of(PASSPHRASE), "renew", rig.folder), "in use by another process");
        lock.close();
        rig.sign("renew", rig.folder);
    }

    @Test
    void wrongUsage_isTwo_withErrorAndHint() {
        for (Outcome outcome : List.of(
                rig.run(List.of(), "enrol"),
                rig.run(List.of(), "unknown"),
                rig.run(List.of()),
                rig.run(List.of(), "revoke", rig.folder, "Ada"))) {
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err()).startsWith("error: ").contains("\nhint: ");
        }
        Outcome help = rig.run(List.of(), "certify-station", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--chunk-bytes-per-day");
    }

    private Path sign(String name) throws IOException {
        Path out = temp.resolve("out of " + name);
        rig.sign("enrol", rig.folder, rig.journalist(name), "--yes", "--out", out);
        return out;
    }

    private static void refused(Outcome outcome, String because) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err()).contains("error: ").contains(because).contains("\nhint: ");
        assertThat(outcome.err()).doesNotContain("internal fault");
    }

    private byte[] seed() throws Exception {
        try (SecretBytes passphrase = SecretBytes.copyOf(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
                RootKey root = RootFile.open(Files.readAllBytes(rig.folder.resolve("root.key")), passphrase)
                        .orElseThrow();
                SecretBytes seed = root.seed()) {
            return seed.reveal();
        }
    }

    /** Files with the seed in them, as bytes, hex or base64. */
    private List<String> filesThatHold(byte[] seed) throws IOException {
        List<String> forms = List.of(
                new String(seed, StandardCharsets.ISO_8859_1),
                Hex.format(seed),
                Base64.getEncoder().encodeToString(seed).substring(0, 40));
        return rig.snapshot().stream()
                .filter(file -> forms.stream().anyMatch(file::contains))
                .map(file -> file.substring(0, file.indexOf(' ')))
                .toList();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
