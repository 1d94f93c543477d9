package org.lamplighter.core.prekey;

import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.NewsroomId;

/** What binds 64 prekeys to newsroom, journalist and time: tag {@code ll-j-slots} (docs/spec 1.6). */
final class SlotSignature {
    private static final String TAG = "ll-j-slots";

    private SlotSignature() {}

    static byte[] sign(NewsroomId newsroom, SigningKey journalist, long firstSlot, byte[] root) {
        return journalist.sign(TAG, message(newsroom, journalist.verifyingKey(), firstSlot, root));
    }

    static boolean verifies(
            NewsroomId newsroom, VerifyingKey journalist, long firstSlot, byte[] root, byte[] signature) {
        return journalist.verifies(TAG, message(newsroom, journalist, firstSlot, root), signature);
    }

    private static byte[] message(NewsroomId newsroom, VerifyingKey journalist, long firstSlot, byte[] root) {
        return new ByteWriter()
                .bytes(newsroom.toByteArray())
                .bytes(journalist.toByteArray())
                .u32(firstSlot)
                .u16(PrekeyTree.LEAVES)
                .bytes(root)
                .toByteArray();
    }
}
