package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.util.Arrays;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Reader of the proof of concept's welcome bundle, with the checks that it leaves out: the keys that are used must be the ones that
 * were signed, and valid. Only for comparing.
 */
final class PocWelcome {
    private PocWelcome() {}

    /** Returns when everything verifies from the pinned {@code fpf} key down. */
    static void verify(VerifyingKey fpf, Fields welcome) throws Mismatch, MalformedException {
        byte[] newsroomBytes = welcome.hex("newsroom_verifying_key");
        require(fpf, "fpf-sig-nr", newsroomBytes, welcome.hex("fpf_sig"));
        VerifyingKey newsroom = VerifyingKey.parse(newsroomBytes);
        for (Fields journalist : welcome.list("journalists")) {
            byte[] vk = journalist.hex("vk");
            require(newsroom, "nr-sig", vk, journalist.hex("nr_signature"));
            byte[] signed = journalist.hex("signed_longterm_key_bytes");
            require(VerifyingKey.parse(vk), "j-sig-ltk", signed, journalist.hex("selfsig"));
            ApkePublicKey reply = ApkePublicKey.parse(journalist.hex("reply_apke_pk"));
            FetchPublicKey fetch = FetchPublicKey.parse(journalist.hex("fetch_pk"));
            if (!Arrays.equals(signed, join(reply.toByteArray(), fetch.toByteArray()))) {
                throw new MalformedException(Reason.WRONG_SIGNER, "welcome: the keys are not the signed ones");
            }
        }
    }

    private static void require(VerifyingKey key, String tag, byte[] message, byte[] signature)
            throws MalformedException {
        if (!key.verifies(tag, message, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "welcome: " + tag);
        }
    }
}
