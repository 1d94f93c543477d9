package org.lamplighter.testkit.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Two copies of one parser: {@code u8 1 || u16 count || count x (u8 length || bytes) || sum u32}, up to the end. One has lost a bound,
 * three checks deep: the faults that the driver must find, and the parser with which it must find none.
 */
public final class PlantedTargets implements FuzzTargets {
    static final String SOUND = "sound";
    static final String WITHOUT_BOUND = "without-bound";
    static final String TWO_FORMS = "two-forms";

    @Override
    public List<FuzzTarget> all() {
        byte[] seed = {1, 0, 1, 2, 'a', 'b', 0, 0, 0, (byte) 195};
        return List.of(
                FuzzTarget.canonical(SOUND, 64, input -> parse(input, true, true))
                        .refusing(IOException.class)
                        .seeded(seed),
                FuzzTarget.canonical(WITHOUT_BOUND, 64, input -> parse(input, false, true))
                        .refusing(IOException.class)
                        .seeded(seed),
                FuzzTarget.canonical(TWO_FORMS, 64, input -> parse(input, true, false))
                        .refusing(IOException.class)
                        .seeded(seed));
    }

    private static byte[] parse(byte[] input, boolean bounded, boolean strict) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(input);
        require(in.remaining() >= 7 && in.get() == 1);
        int count = in.getShort() & 0xffff;
        require(count <= 4);
        ByteBuffer out = ByteBuffer.allocate(input.length);
        out.put((byte) 1).putShort((short) count);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            require(in.remaining() >= 5);
            int length = in.get() & 0xff;
            require(!bounded || length <= in.remaining() - 4);
            byte[] bytes = new byte[length];
            in.get(bytes);
            out.put((byte) length).put(bytes);
            for (byte each : bytes) {
                sum += each & 0xff;
            }
        }
        require(in.remaining() == 4);
        int said = in.getInt();
        require(strict ? said == sum : (said & 0xffff) == sum);
        return out.putInt(sum).array();
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("refused");
        }
    }
}
