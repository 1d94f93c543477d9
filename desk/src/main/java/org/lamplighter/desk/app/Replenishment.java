package org.lamplighter.desk.app;

import java.util.List;
import org.lamplighter.client.PrekeyPoster;
import org.lamplighter.client.StationFailure;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.desk.vault.VaultException;

/** Brings the next block of prekeys to the station: secrets first, public keys after (docs/spec 1.6). */
final class Replenishment {
    private Replenishment() {}

    static void upload(DeskParts desk, long slot, long slotSeconds) throws StationFailure, VaultException {
        List<PrekeySecret> block =
                desk.prekeys().nextBlock(slot, slotSeconds, desk.surroundings().random());
        try (PrekeyPoster poster = desk.station().prekeys()) {
            PrekeyUpload upload =
                    desk.profile().keys().upload(desk.profile().newsroom().id(), block);
            poster.post(upload);
            desk.prekeys().uploaded(upload, slotSeconds);
        } finally {
            block.forEach(PrekeySecret::close);
        }
    }
}
