package org.lamplighter.desk.check;

import java.util.List;
import java.util.Optional;
import org.lamplighter.console.Faults;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/** Prekey secrets against what is known to be published (docs/spec 1.6, 8.4): what sources seal to must open. */
final class PrekeyCheck {
    private PrekeyCheck() {}

    /** Adds what is wrong to {@code faults}, and yields a remark. */
    static String run(Vault vault, Optional<StationMemory> memory, Faults faults) throws VaultException {
        PrekeyStore prekeys = PrekeyStore.of(vault);
        List<Long> slots = prekeys.slots();
        for (long slot : slots) {
            Optional<PrekeySecret> secret = prekeys.secret(slot);
            faults.addIf(secret.isEmpty(), "secrets of a slot that are damaged");
            faults.addIf(secret.filter(found -> found.slot() != slot).isPresent(), "secrets under the slot of others");
            secret.ifPresent(PrekeySecret::close);
        }
        if (memory.isEmpty()) {
            faults.addIf(
                    !vault.names("prekeys").isEmpty() && vault.names("memory").isEmpty(),
                    "prekeys are published, and no session is remembered");
            return slots.size() + " slots";
        }
        StationParameters parameters = memory.get().certificate().parameters();
        // Every upload begins at the slot of its session or before, and nothing of a slot that is not over is erased.
        long first = parameters.prekeySlot(memory.get().headTime());
        long through = first + prekeys.ahead(first, parameters.prekeySeconds());
        long missing = 0;
        for (long slot = first; slot <= through && through > first; slot++) {
            missing += slots.contains(slot) ? 0 : 1;
        }
        faults.addIf(missing > 0, missing + " slots are published whose secrets are not here");
        return slots.size() + " slots, " + (through - first) + " published ahead";
    }
}
