package org.lamplighter.core.evidence.share;

import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.HolderId;
import org.lamplighter.core.wire.JournalistId;

/**
 * Somebody who is to hold a share.
 *
 * @param kind of holder
 * @param id as docs/spec 7.4 has it
 * @param key to which the share is sealed
 */
public record ShareRecipient(Holder.Kind kind, HolderId id, PkePublicKey key) {
    /** A journalist, by the PKE prekey of the slot that the message will name. */
    public static ShareRecipient journalist(JournalistId id, PkePublicKey prekey) {
        return new ShareRecipient(Holder.Kind.JOURNALIST, HolderId.of(id), prekey);
    }

    /** A trustee, by the key in the roster. */
    public static ShareRecipient trustee(PkePublicKey key) {
        return new ShareRecipient(Holder.Kind.TRUSTEE, HolderId.ofTrusteeKey(key.toByteArray()), key);
    }
}
