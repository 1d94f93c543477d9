package org.lamplighter.core.evidence.share;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.envelope.SharePke;
import org.lamplighter.core.evidence.Holder;
import org.lamplighter.core.evidence.HolderId;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;

/**
 * One holder's share as it lies in the sealed keys, taken out of them to be carried to that holder (docs/spec 7.7). Only the
 * holder's key opens it. Immutable; not secret, but it says that there is something to open.
 */
public final class SealedShare {
    private static final String TITLE = "lamplighter-sealed-share/v1";
    private static final String WHAT = "sealed share";

    private final ShareRule rule;
    private final SealBinding binding;
    private final HolderId holder;
    private final Digest shareHash;
    private final byte[] sealed;

    private SealedShare(ShareRule rule, SealBinding binding, HolderId holder, Digest shareHash, byte[] sealed) {
        this.rule = rule;
        this.binding = binding;
        this.holder = holder;
        this.shareHash = shareHash;
        this.sealed = sealed;
    }

    /** Share {@code index}, from 1, of {@code keys}, for {@code binding}: that of the submission in which the keys stand. */
    public static SealedShare of(SealedKeys keys, SealBinding binding, int index) {
        ShareRule rule = new ShareRule(keys.setId(), index, keys.holders().size(), keys.threshold());
        Holder holder = keys.holders().get(index - 1);
        return new SealedShare(rule, binding, holder.id(), holder.shareHash(), holder.sealedShare());
    }

    /** Reads {@link #toByteArray}; one canonical form. */
    public static SealedShare parse(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        ShareSetId setId = ShareSetId.parseHex(lines.value("set"), WHAT + ": set");
        ShareRule rule = ShareRule.parse(setId, lines.value("share"), WHAT);
        SealBinding binding = SealBinding.parseHex(lines.value("binding"), WHAT + ": binding");
        HolderId holder = HolderId.copyOf(Hex.parse(lines.value("holder"), HolderId.LENGTH, WHAT + ": holder"));
        Digest shareHash = Digest.parseHex(lines.value("hash"), WHAT + ": hash");
        byte[] sealed = Base64Text.parse(lines.value("sealed"), Holder.SEALED_SHARE_BYTES, WHAT + ": ciphertext");
        lines.end();
        return new SealedShare(rule, binding, holder, shareHash, sealed);
    }

    /** The document of docs/spec 7.7. */
    public byte[] toByteArray() {
        String text = TITLE + "\n" + rule.lines() + "binding " + binding.hex() + "\nholder " + holder.hex() + "\nhash "
                + shareHash.hex() + "\nsealed " + Base64Text.format(sealed) + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Which share of which set. */
    public ShareRule rule() {
        return rule;
    }

    /** For which evidence it says that it is; it opens for no other. */
    public SealBinding binding() {
        return binding;
    }

    /** Whom it is for. */
    public HolderId holder() {
        return holder;
    }

    /**
     * The share, or nothing when it was sealed to another key, for another binding or as another share, or when what comes out
     * is not the share that the sealed keys announced for this place.
     */
    public Optional<Share> open(PkeSecretKey key) {
        return SharePke.dec(key, rule.context(binding), sealed)
                .filter(bytes -> bytes.length == Share.LENGTH)
                .map(SecretBytes::takeOver)
                .map(value -> new Share(rule, binding.words(), value))
                .filter(share -> share.hash(binding).equals(shareHash));
    }
}
