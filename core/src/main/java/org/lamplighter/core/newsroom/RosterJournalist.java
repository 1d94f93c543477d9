package org.lamplighter.core.newsroom;

import java.util.Arrays;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * One journalist of a roster, with both signatures verified (docs/spec 1.3): the journalist's over the long-term keys, the
 * newsroom's over the journalist's key. Immutable and thread-safe.
 */
public final class RosterJournalist {
    /** Tag of the newsroom's signature, from the text of the protocol. */
    static final String NEWSROOM_TAG = "nr-sig";

    private static final String WHAT = "roster: journalist";
    private static final int FIELDS = 7;
    private static final long LAST_DAY = 1_000_000;

    private final VerifyingKey key;
    private final JournalistState state;
    private final long since;
    private final byte[] selfSignature;
    private final byte[] newsroomSignature;
    private final LongTermKeys keys;
    private final PersonName name;

    private RosterJournalist(
            VerifyingKey key,
            JournalistState state,
            long since,
            byte[] selfSignature,
            byte[] newsroomSignature,
            LongTermKeys keys,
            PersonName name) {
        this.key = key;
        this.state = state;
        this.since = since;
        this.selfSignature = selfSignature;
        this.newsroomSignature = newsroomSignature;
        this.keys = keys;
        this.name = name;
    }

    static RosterJournalist enrol(EnrolmentRequest request, long day, SigningKey root) {
        byte[] signature = root.sign(NEWSROOM_TAG, request.journalist().toByteArray());
        return new RosterJournalist(
                request.journalist(),
                JournalistState.ACTIVE,
                day,
                request.selfSignature(),
                signature,
                request.keys(),
                request.name());
    }

    static RosterJournalist verify(String line, NoteLines lines, VerifyingKey root) throws MalformedException {
        String[] fields = line.split(" ", FIELDS);
        if (fields.length != FIELDS) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": not seven fields");
        }
        VerifyingKey key = VerifyingKey.parse(Hex.parse(fields[0], VerifyingKey.BYTES, WHAT));
        JournalistState state = JournalistState.parse(fields[1]);
        long since = lines.number(fields[2], "day", 0, LAST_DAY);
        byte[] self = Base64Text.parse(fields[3], SigningKey.SIGNATURE_BYTES, WHAT);
        byte[] byNewsroom = Base64Text.parse(fields[4], SigningKey.SIGNATURE_BYTES, WHAT);
        byte[] signed = Base64Text.parse(fields[5], LongTermKeys.BYTES, WHAT);
        if (!key.verifies(EnrolmentRequest.SELF_TAG, signed, self)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": self signature does not verify");
        }
        if (!root.verifies(NEWSROOM_TAG, key.toByteArray(), byNewsroom)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": newsroom's signature does not verify");
        }
        return new RosterJournalist(
                key, state, since, self, byNewsroom, LongTermKeys.parse(signed), PersonName.parse(fields[6]));
    }

    RosterJournalist with(JournalistState newState, long day) {
        return new RosterJournalist(key, newState, day, selfSignature, newsroomSignature, keys, name);
    }

    String line() {
        return String.join(
                " ",
                "journalist",
                key.hex(),
                state.word(),
                Long.toString(since),
                Base64Text.format(selfSignature),
                Base64Text.format(newsroomSignature),
                Base64Text.format(keys.toByteArray()),
                name.text());
    }

    /** First 8 bytes of SHA-256 of the verifying key. */
    public JournalistId id() {
        return id(key);
    }

    /** The id that belongs to a verifying key. */
    public static JournalistId id(VerifyingKey key) {
        return JournalistId.copyOf(Arrays.copyOf(Sha256.digest(key.toByteArray()), JournalistId.LENGTH));
    }

    public VerifyingKey key() {
        return key;
    }

    public JournalistState state() {
        return state;
    }

    public boolean isActive() {
        return state == JournalistState.ACTIVE;
    }

    /** Day since when the state holds. */
    public long since() {
        return since;
    }

    public LongTermKeys keys() {
        return keys;
    }

    public PersonName name() {
        return name;
    }
}
