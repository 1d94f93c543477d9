package org.lamplighter.core.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class NoteKeyTest {
    private final NoteKey key = new NoteKey(
            "harbour-courier/newsroom", SigningKey.generate(SeededRandom.of(7)).verifyingKey());

    @Test
    void parse_whatFormatMade_isTheSameKey() throws Exception {
        assertThat(NoteKey.parse(key.format())).isEqualTo(key);
    }

    @Test
    void parse_base64WithPlusSigns_isNotSplitThere() throws Exception {
        SeededRandom random = SeededRandom.of(8);
        int withPlus = 0;
        for (int i = 0; i < 60; i++) {
            NoteKey made = new NoteKey("n", SigningKey.generate(random).verifyingKey());
            withPlus += made.format().indexOf('+', 11) >= 0 ? 1 : 0;
            assertThat(NoteKey.parse(made.format())).isEqualTo(made);
        }
        assertThat(withPlus).isPositive();
    }

    @Test
    void parse_otherLines_areRefused() {
        String line = key.format();
        assertRefused(Reason.BAD_FIELD, () -> NoteKey.parse(""));
        assertRefused(Reason.BAD_FIELD, () -> NoteKey.parse("harbour-courier/newsroom"));
        assertRefused(Reason.BAD_FIELD, () -> NoteKey.parse(line.replace("harbour", "Harbour")));
        assertRefused(Reason.NOT_CANONICAL, () -> NoteKey.parse(line.replace("harbour", "harbor")));
        assertRefused(Reason.BAD_FIELD, () -> NoteKey.parse(line + "\n"));
        assertRefused(Reason.BAD_FIELD, () -> NoteKey.parse(line.substring(0, line.length() - 4)));
        assertThatThrownBy(() -> new NoteKey("with space", key.key())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_identityAsKey_isRefused() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        assertRefused(Reason.NOT_CANONICAL, () -> NoteKey.parse(vkey("n", identity)));
        assertRefused(Reason.NOT_CANONICAL, () -> VerifyingKey.parse(identity));
    }

    @Test
    void malleability_acceptedLine_isTheOneEncoding() {
        Malleability.check(
                key.format().getBytes(StandardCharsets.US_ASCII),
                MalformedException.class,
                3_000,
                9,
                bytes -> NoteKey.parse(new String(bytes, StandardCharsets.ISO_8859_1))
                        .format()
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Key line and name from the package documentation of Go's sumdb note: the key id is computed as others do. */
    @Test
    void keyId_isThatOfOtherImplementations() {
        String line = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        byte[] typed = Base64.getDecoder().decode(line.split("\\+", 3)[2]);
        assertThat(vkey("PeterNeumann", Arrays.copyOfRange(typed, 1, 33))).isEqualTo(line);
        // That name has capitals, which ours never have; so we go by the same computation for a name of ours.
        assertThat(key.format()).isEqualTo(vkey(key.name(), key.key().toByteArray()));
    }

    private static String vkey(String name, byte[] raw) {
        byte[] typed = new ByteWriter().u8(1).bytes(raw).toByteArray();
        byte[] named = new ByteWriter().ascii(name).u8('\n').bytes(typed).toByteArray();
        String id = Hex.format(Sha256.digest(named)).substring(0, 8);
        return name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
