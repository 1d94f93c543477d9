package org.lamplighter.desk.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.core.prekey.Prekey;
import org.lamplighter.core.prekey.VerifiedKeys;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.app.SessionReport.Trouble;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.vault.VaultException;

/** Whether the newsroom counts this journalist among its own, and what to carry there if not. */
final class Enrolment {
    static final String FILE = "enrolment-request";

    private Enrolment() {}

    /** Writes the request into {@code folder}; what is in it is public. */
    static Path write(Path folder, Profile profile) throws VaultException {
        Path file = folder.resolve(FILE);
        try {
            AtomicFile.write(file, request(profile).toByteArray(), Access.PUBLIC);
            return file;
        } catch (IOException e) {
            throw VaultException.of("cannot write " + file, e);
        }
    }

    static EnrolmentRequest request(Profile profile) {
        return profile.keys().enrolmentRequest(profile.name());
    }

    /** Refuses a roster that does not list this journalist as active. */
    static void require(DeskParts desk, VerifiedKeys keys) throws DeskFailure, VaultException {
        Optional<RosterJournalist> listed = keys.roster().byId(desk.me());
        if (listed.isEmpty()) {
            Path file = write(desk.vault().folder(), desk.profile());
            throw new DeskFailure(
                    DeskFailure.Kind.NOT_ENROLLED,
                    "the newsroom's roster at the station does not list you yet",
                    "carry " + file + " to the newsroom, there: lamplighter newsroom enrol NRDIR " + FILE
                            + " --out roster; then the new roster is installed at the station, and listed from its next epoch on");
        }
        if (!listed.get().isActive()) {
            throw new DeskFailure(
                    DeskFailure.Kind.REVOKED,
                    listed.get().state() == JournalistState.LEFT
                            ? "the newsroom's roster says that you left"
                            : "the newsroom's roster says that your keys are compromised",
                    "if that is wrong, speak to the newsroom; to work there again make a new folder and enrol again");
        }
    }

    /**
     * When the prekey that sources get for this journalist is not one of this vault: then somebody else reads what is sent
     * now, or nobody.
     */
    static Optional<Trouble> troubleWithPrekey(DeskParts desk, VerifiedKeys keys) throws VaultException {
        Optional<Prekey> published = keys.addressee(desk.me()).flatMap(Addressee::prekey);
        Optional<PrekeySecret> own = desk.prekeys().secret(keys.slot());
        boolean same = own.map(PrekeySecret::prekey).equals(published);
        own.ifPresent(PrekeySecret::close);
        if (published.isEmpty() || same) {
            return Optional.empty();
        }
        return Optional.of(new Trouble(
                Step.OWN_PREKEY,
                "the mailbox has a prekey of yours whose secret is not in this folder",
                "use the folder in which it was made; if this one was restored from a backup, have the station forget it:"
                        + " lamplighter station forget-prekeys; if somebody may have a copy of the folder, tell the"
                        + " newsroom: it must revoke you and enrol a new folder"));
    }
}
