package org.lamplighter.core.newsroom;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** One trustee of a roster: a person outside the newsroom to whom shares are sealed (docs/spec 1.3, 7.6). Immutable. */
public record RosterTrustee(PersonName name, PkePublicKey key) {
    /** Length of {@link #holderId}. */
    public static final int HOLDER_ID_BYTES = 8;

    /** Ascending order of the bytes of the name in UTF-8. */
    static final Comparator<RosterTrustee> ORDER = Comparator.comparing(
            trustee -> trustee.name().text().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    static RosterTrustee parse(String line) throws MalformedException {
        String[] fields = line.split(" ", 2);
        if (fields.length != 2) {
            throw new MalformedException(Reason.BAD_FIELD, "roster: trustee without a name");
        }
        byte[] key = Base64Text.parse(fields[0], PkePublicKey.BYTES, "roster: trustee");
        return new RosterTrustee(PersonName.parse(fields[1]), PkePublicKey.parse(key));
    }

    String line() {
        return "trustee " + Base64Text.format(key.toByteArray()) + " " + name.text();
    }

    /** First 8 bytes of SHA-256 of the PKE key (docs/spec 7.4). */
    public byte[] holderId() {
        return Arrays.copyOf(Sha256.digest(key.toByteArray()), HOLDER_ID_BYTES);
    }
}
