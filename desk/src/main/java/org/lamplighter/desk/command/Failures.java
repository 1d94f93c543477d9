package org.lamplighter.desk.command;

import java.nio.file.Path;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.desk.app.DeskFailure;
import org.lamplighter.desk.vault.VaultException;

/** What the packages below refuse, as an error and a hint. */
final class Failures {
    private Failures() {}

    static CommandFailure of(DeskFailure failure) {
        return CommandFailure.of(failure.error(), failure.hint());
    }

    static CommandFailure of(StationFailure failure) {
        return CommandFailure.of(String.valueOf(failure.getMessage()), failure.hint());
    }

    static CommandFailure of(VaultException failure, Path folder) {
        return CommandFailure.of(String.valueOf(failure.getMessage()), hint(failure.reason(), folder));
    }

    private static String hint(VaultException.Reason reason, Path folder) {
        return switch (reason) {
            case NOT_EMPTY -> "name a folder that does not exist yet";
            case NOT_A_VAULT ->
                "make one: lamplighter journalist init " + folder + " --name NAME --newsroom FILE --station URL";
            case IN_USE -> "wait until the other command has ended, then run this one again";
            case WRONG_PASSPHRASE ->
                "type it again carefully; nobody can reset it, and without it the folder cannot be opened";
            case DAMAGED -> "restore the folder from a backup; lamplighter journalist status names all damaged entries";
            case DISK_FULL -> "nothing that was stored is lost: make room on the disk, then run the command again";
            case FAILED -> "check the folder, its owner and the disk, then run the command again";
        };
    }
}
