package org.lamplighter.core.collect;

import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/**
 * A journalist's signed request for the list of new chunks (docs/spec 6.6). That time and journalist are acceptable is for
 * the station to check. Immutable.
 *
 * @param journalist who asks, and signed
 * @param time unix seconds
 * @param after the last sequence number already known, 0 for none
 */
public record CollectRequest(VerifyingKey journalist, long time, long after) {
    /** 145. */
    public static final int BYTES = 1 + NewsroomId.LENGTH + VerifyingKey.BYTES + 8 + 8 + SigningKey.SIGNATURE_BYTES;

    private static final String TAG = "ll-j-collect";
    private static final String WHAT = "collect request";

    /** The {@value #BYTES} bytes of a signed request. */
    public static byte[] sign(NewsroomId newsroom, SigningKey journalist, long time, long after) {
        byte[] signed = signed(newsroom, journalist.verifyingKey(), time, after);
        return new ByteWriter()
                .bytes(signed)
                .bytes(journalist.sign(TAG, signed))
                .toByteArray();
    }

    public static CollectRequest verify(byte[] bytes, NewsroomId newsroom) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        reader.version(1);
        if (!NewsroomId.copyOf(reader.bytes(NewsroomId.LENGTH)).equals(newsroom)) {
            throw new MalformedException(Reason.WRONG_SIGNER, WHAT + ": for another newsroom");
        }
        VerifyingKey journalist = VerifyingKey.parse(reader.bytes(VerifyingKey.BYTES));
        long time = reader.u64();
        long after = reader.u64();
        byte[] signature = reader.bytes(SigningKey.SIGNATURE_BYTES);
        reader.end();
        if (!journalist.verifies(TAG, signed(newsroom, journalist, time, after), signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": signature does not verify");
        }
        return new CollectRequest(journalist, time, after);
    }

    private static byte[] signed(NewsroomId newsroom, VerifyingKey journalist, long time, long after) {
        return new ByteWriter()
                .u8(1)
                .bytes(newsroom.toByteArray())
                .bytes(journalist.toByteArray())
                .u64(time)
                .u64(after)
                .toByteArray();
    }
}
