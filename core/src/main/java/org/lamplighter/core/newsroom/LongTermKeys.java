package org.lamplighter.core.newsroom;

import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;

/**
 * A journalist's long-term public keys, parsed from the bytes that were signed and from nothing else (docs/spec 1.3): APKE
 * key 1216, fetch key 32. Immutable and thread-safe.
 */
public record LongTermKeys(ApkePublicKey apke, FetchPublicKey fetch) {
    public static final int BYTES = ApkePublicKey.BYTES + FetchPublicKey.BYTES;

    public static LongTermKeys parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "long-term keys");
        ApkePublicKey apke = ApkePublicKey.parse(reader.bytes(ApkePublicKey.BYTES));
        FetchPublicKey fetch = FetchPublicKey.parse(reader.bytes(FetchPublicKey.BYTES));
        reader.end();
        return new LongTermKeys(apke, fetch);
    }

    /** Whether one of the two keys is in both: then hints or replies of one person would be taken for the other's. */
    boolean sharesOneWith(LongTermKeys other) {
        return apke.equals(other.apke) || fetch.equals(other.fetch);
    }

    /** 1248 bytes: the message of tag {@code j-sig-ltk}. */
    public byte[] toByteArray() {
        return new ByteWriter()
                .bytes(apke.toByteArray())
                .bytes(fetch.toByteArray())
                .toByteArray();
    }
}
