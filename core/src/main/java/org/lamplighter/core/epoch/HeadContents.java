package org.lamplighter.core.epoch;

import java.util.List;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.wire.Digest;

/**
 * What a head says, but for the chain (docs/spec/04-mailbox.md 4.7): as a station is about to sign it, or as it stands in a
 * verified {@link Head}. Immutable.
 *
 * @param origin the newsroom's short name
 * @param epoch from 1 without gaps
 * @param time Unix seconds of the boundary
 * @param prekeySlot the slot that senders name in this epoch, a u32
 * @param parameters SHA-256 of the certificate note
 * @param keys SHA-256 of the keys file
 * @param hints SHA-256 of the hints file
 * @param bodies SHA-256 of the 64 body files, in order
 */
public record HeadContents(
        Origin origin,
        long epoch,
        long time,
        long prekeySlot,
        Digest parameters,
        Digest keys,
        Digest hints,
        List<Digest> bodies) {
    static final String TITLE = "lamplighter-head/v1";
    static final long MAX_NUMBER = 999_999_999_999_999_999L;
    static final long MAX_SLOT = 0xffff_ffffL;

    public HeadContents {
        bodies = List.copyOf(bodies);
        if (epoch < 1 || epoch > MAX_NUMBER || time < 0 || time > MAX_NUMBER) {
            throw new IllegalArgumentException("epoch or time out of range");
        }
        if (prekeySlot < 0 || prekeySlot > MAX_SLOT || bodies.size() != EpochLayout.BODY_FILES) {
            throw new IllegalArgumentException("prekey slot or number of body files out of range");
        }
    }

    /** All lines before the chain line: the bytes over which {@code core_e} is taken. */
    String coreText() {
        StringBuilder text = new StringBuilder(6000)
                .append(TITLE)
                .append("\norigin ")
                .append(origin.name())
                .append("\nepoch ")
                .append(epoch)
                .append("\ntime ")
                .append(time)
                .append("\nprekey-slot ")
                .append(prekeySlot)
                .append("\nparameters ")
                .append(parameters.hex())
                .append("\nkeys ")
                .append(keys.hex())
                .append("\nhints ")
                .append(hints.hex())
                .append('\n');
        for (int file = 0; file < EpochLayout.BODY_FILES; file++) {
            text.append("body ").append(EpochLayout.number(file)).append(' ');
            text.append(bodies.get(file).hex()).append('\n');
        }
        return text.toString();
    }
}
