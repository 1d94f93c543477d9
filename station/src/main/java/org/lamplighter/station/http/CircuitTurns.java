package org.lamplighter.station.http;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which circuits have posted a bundle in this epoch, and which one (docs/decisions/0010): in memory only, under a key that is
 * drawn for the epoch and overwritten after it, so that nothing tells later which circuit posted. Thread-safe.
 */
final class CircuitTurns {
    /** Circuits that are remembered; then the oldest is forgotten, and who wants a second turn has paid for all of these. */
    static final int LIMIT = 65_536;

    private static final int KEY_BYTES = 32;

    private final SecureRandom random;
    private final int limit;
    private final Map<Mark, Mark> turns = new LinkedHashMap<>();
    private byte[] key = new byte[KEY_BYTES];
    private long epoch = -1;

    private CircuitTurns(SecureRandom random, int limit) {
        this.random = random;
        this.limit = limit;
    }

    static CircuitTurns of(SecureRandom random) {
        return new CircuitTurns(random, LIMIT);
    }

    /** With another limit, so that a test need not post so often. */
    static CircuitTurns of(SecureRandom random, int limit) {
        return new CircuitTurns(random, limit);
    }

    /** 16 bytes of an HMAC: nobody finds two that are equal, and nothing can be read from one. */
    private record Mark(long first, long second) {}

    /**
     * Takes the turn of {@code circuit} in {@code epoch} for {@code body}; true when it had none before, or for the same body:
     * an answer can be lost, and then a client sends the same bytes again.
     */
    synchronized boolean take(int circuit, byte[] body, long epoch) {
        if (this.epoch != epoch) {
            begin(epoch);
        }
        Mark mark = mark(
                (byte) 1, ByteBuffer.allocate(Integer.BYTES).putInt(circuit).array());
        Mark posted = mark((byte) 2, body);
        Mark before = turns.putIfAbsent(mark, posted);
        if (turns.size() > limit) {
            Iterator<Mark> oldest = turns.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return before == null || before.equals(posted);
    }

    private void begin(long next) {
        turns.clear();
        Arrays.fill(key, (byte) 0);
        key = new byte[KEY_BYTES];
        random.nextBytes(key);
        epoch = next;
    }

    private Mark mark(byte kind, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(kind);
            ByteBuffer tag = ByteBuffer.wrap(mac.doFinal(bytes));
            return new Mark(tag.getLong(), tag.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
