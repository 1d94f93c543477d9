package org.lamplighter.core.mailbox;

import java.security.SecureRandom;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;

/**
 * What a slot holds that no message has taken (docs/spec/04-mailbox.md 4.4): uniform group elements, because only one random
 * string in sixteen is an encoding, and an envelope of random bytes. From here on the row is handled like any other, by
 * the same code. Stateless.
 */
public final class Decoys {
    private Decoys() {}

    /** A fresh decoy. */
    public static MailboxRow generate(SecureRandom random) {
        HintPair hint = HintPair.of(element(random), element(random));
        byte[] envelope = new byte[MailboxRow.ENVELOPE_LENGTH];
        random.nextBytes(envelope);
        return MailboxRow.of(hint, envelope);
    }

    private static RistrettoElement element(SecureRandom random) {
        byte[] uniform = new byte[RistrettoElement.UNIFORM_BYTES];
        while (true) {
            random.nextBytes(uniform);
            RistrettoElement element = RistrettoElement.fromUniformBytes(uniform);
            // The identity comes up with probability 2^-252; the loop keeps the promise of HintPair.
            if (!element.isIdentity()) {
                return element;
            }
        }
    }
}
