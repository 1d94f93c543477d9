package org.lamplighter.station.epoch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.StationKey;

/** TEMPORARY until core.epoch.HeadBuilder lands. */
final class HeadMaker {
    private HeadMaker() {}

    record Made(byte[] note, Digest core, Chain chain) {}

    static Made make(
            Origin origin,
            StationKey key,
            Chain before,
            long epoch,
            long time,
            long prekeySlot,
            byte[] parameters,
            byte[] keys,
            BuiltEpoch built) {
        StringBuilder text = new StringBuilder();
        text.append("lamplighter-head/v1\norigin ").append(origin.name());
        text.append("\nepoch ").append(epoch).append("\ntime ").append(time).append("\nprekey-slot ").append(prekeySlot);
        text.append("\nparameters ").append(hash(parameters).hex());
        text.append("\nkeys ").append(hash(keys).hex());
        text.append("\nhints ").append(built.hintsDigest().hex()).append("\n");
        for (int i = 0; i < 64; i++) {
            text.append("body ").append(i < 10 ? "0" : "").append(i).append(" ").append(built.bodyDigests().get(i).hex()).append("\n");
        }
        Digest core = hash(text.toString().getBytes(StandardCharsets.UTF_8));
        Chain chain = before.next(core);
        text.append("chain ").append(chain.value().hex()).append("\n");
        return new Made(key.signNote(text.toString(), origin), core, chain);
    }

    static Digest hash(byte[] bytes) {
        try {
            return Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
