package org.lamplighter.core.evidence.share;

import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.words.Mnemonic;
import org.lamplighter.core.words.MnemonicException;

/**
 * A share in the open: 32 secret bytes, which share of which set they are, and for which evidence (docs/spec 7.2). Never printed
 * but by {@link #text}; wiped on close. Thread-safe until then.
 */
public final class Share implements AutoCloseable {
    /** Bytes of the secret and of each share. */
    public static final int LENGTH = 32;

    private static final String TITLE = "lamplighter-share/v1";
    private static final String WHAT = "share";
    private static final String EVIDENCE = "evidence";
    private static final String WORDS = "words";

    /** More than any share has, however it is laid out. */
    private static final int MAX_CHARACTERS = 4096;

    private final ShareRule rule;
    private final EvidenceWords evidence;
    private final SecretBytes value;

    /** Takes over {@code value}. */
    Share(ShareRule rule, EvidenceWords evidence, SecretBytes value) {
        if (value.length() != LENGTH) {
            throw new IllegalArgumentException("a share has " + LENGTH + " bytes");
        }
        this.rule = rule;
        this.evidence = evidence;
        this.value = value;
    }

    /**
     * Reads a share from a file, or as somebody typed it from paper: white space of any kind around lines and between words,
     * empty lines, and capital letters in the words make no difference. The caller wipes {@code text}.
     *
     * @throws MnemonicException when a word is wrong: it says which
     */
    public static Share parse(char[] text) throws MalformedException, MnemonicException {
        if (text.length > MAX_CHARACTERS) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too long");
        }
        ShareText lines = new ShareText(text);
        if (!lines.next().equals(TITLE)) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": does not begin with " + TITLE);
        }
        ShareSetId setId = ShareSetId.parseHex(lines.value("set"), WHAT + ": set");
        ShareRule rule = ShareRule.parse(setId, lines.value("share"), WHAT);
        EvidenceWords evidence = EvidenceWords.parse(lines.words(EVIDENCE, EvidenceWords.WORDS));
        char[] words = lines.rest(WORDS);
        try {
            return new Share(rule, evidence, Mnemonic.decode(words, LENGTH));
        } finally {
            SecretBytes.wipe(words);
        }
    }

    /** The five lines of docs/spec 7.2, for paper or a file. Secret. */
    public String text() {
        return TITLE + "\n" + rule.lines() + EVIDENCE + " " + evidence + "\n" + WORDS + " "
                + String.join(" ", Mnemonic.encode(value)) + "\n";
    }

    /** Which share of which set. */
    public ShareRule rule() {
        return rule;
    }

    /** For which evidence it says that it is: not proved by itself. */
    public EvidenceWords evidence() {
        return evidence;
    }

    /** The 32 bytes; they live as long as this share. */
    SecretBytes value() {
        return value;
    }

    /**
     * What the sealed keys know each share by (docs/spec 7.4): the number is in it, so that shares cannot change places, and the
     * binding, so that they cannot be laid under other files.
     */
    Digest hash(SealBinding binding) {
        return hash(rule.context(binding), value);
    }

    static Digest hash(byte[] context, SecretBytes value) {
        return Digest.copyOf(value.apply(bytes -> Sha256.digest(context, bytes)));
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "Share[REDACTED]";
    }
}
