package org.lamplighter.core.newsroom;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.MalformedException;

/** What a trustee carries to the newsroom: name and PKE key (docs/spec 1.4). Immutable. */
public record TrusteeRequest(PersonName name, PkePublicKey key) {
    private static final String TITLE = "lamplighter-trustee-request/v1";
    private static final String WHAT = "trustee request";

    public static TrusteeRequest parse(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        PersonName name = PersonName.parse(lines.value("name"));
        PkePublicKey key = PkePublicKey.parse(Base64Text.parse(lines.value("key"), PkePublicKey.BYTES, WHAT + ": key"));
        lines.end();
        return new TrusteeRequest(name, key);
    }

    /** The document that {@link #parse} reads. */
    public byte[] toByteArray() {
        return (TITLE + "\nname " + name.text() + "\nkey " + Base64Text.format(key.toByteArray()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(key.toByteArray());
    }
}
