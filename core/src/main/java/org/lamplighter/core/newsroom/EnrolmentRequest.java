package org.lamplighter.core.newsroom;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * What a journalist carries to the newsroom (docs/spec 1.4). Exists only with a valid self signature over exactly the
 * keys that are used. That it comes from the person it names is for two people and a {@link Fingerprint} to find out.
 * Immutable and thread-safe.
 */
public final class EnrolmentRequest {
    /** Tag of the self signature, from the text of the protocol. */
    static final String SELF_TAG = "j-sig-ltk";

    private static final String TITLE = "lamplighter-enrolment/v1";
    private static final String WHAT = "enrolment request";

    private final PersonName name;
    private final VerifyingKey journalist;
    private final byte[] selfSignature;
    private final LongTermKeys keys;

    private EnrolmentRequest(PersonName name, VerifyingKey journalist, byte[] selfSignature, LongTermKeys keys) {
        this.name = name;
        this.journalist = journalist;
        this.selfSignature = selfSignature;
        this.keys = keys;
    }

    /** The request of whoever holds {@code signingKey}. */
    public static EnrolmentRequest make(PersonName name, SigningKey signingKey, LongTermKeys keys) {
        byte[] signature = signingKey.sign(SELF_TAG, keys.toByteArray());
        return new EnrolmentRequest(name, signingKey.verifyingKey(), signature, keys);
    }

    public static EnrolmentRequest verify(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        PersonName name = PersonName.parse(lines.value("name"));
        VerifyingKey journalist =
                VerifyingKey.parse(Hex.parse(lines.value("journalist"), VerifyingKey.BYTES, WHAT + ": journalist"));
        byte[] signature = Base64Text.parse(lines.value("signature"), SigningKey.SIGNATURE_BYTES, WHAT + ": signature");
        byte[] signed = Base64Text.parse(lines.value("keys"), LongTermKeys.BYTES, WHAT + ": keys");
        lines.end();
        if (!journalist.verifies(SELF_TAG, signed, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": self signature does not verify");
        }
        return new EnrolmentRequest(name, journalist, signature, LongTermKeys.parse(signed));
    }

    /** The document that {@link #verify} reads. */
    public byte[] toByteArray() {
        String text = TITLE + "\nname " + name.text() + "\njournalist " + journalist.hex() + "\nsignature "
                + Base64Text.format(selfSignature) + "\nkeys " + Base64Text.format(keys.toByteArray()) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(journalist.toByteArray());
    }

    public PersonName name() {
        return name;
    }

    public VerifyingKey journalist() {
        return journalist;
    }

    byte[] selfSignature() {
        return selfSignature.clone();
    }

    public LongTermKeys keys() {
        return keys;
    }
}
