package org.lamplighter.core.envelope;

/**
 * What was in an envelope, authenticated: whoever holds {@link #sender} sealed it, or the recipient itself did. Which person that
 * is, the caller must find out from keys it trusts. Immutable.
 */
public final class OpenedEnvelope {
    private final ApkePublicKey sender;
    private final FetchPublicKey senderFetch;
    private final PkePublicKey senderPke;
    private final byte[] structuredMessage;

    OpenedEnvelope(ApkePublicKey sender, FetchPublicKey senderFetch, PkePublicKey senderPke, byte[] structuredMessage) {
        this.sender = sender;
        this.senderFetch = senderFetch;
        this.senderPke = senderPke;
        this.structuredMessage = structuredMessage;
    }

    /** The key that authenticates the sender, and to which an answer is sealed. */
    public ApkePublicKey sender() {
        return sender;
    }

    /** The enclosed fetch key, to which the hint of an answer is made. */
    public FetchPublicKey senderFetch() {
        return senderFetch;
    }

    /** The enclosed key for the metadata of an answer. */
    public PkePublicKey senderPke() {
        return senderPke;
    }

    /** The three keys to which an answer is sealed. */
    public RecipientKeys replyKeys() {
        return new RecipientKeys(sender, senderPke, senderFetch);
    }

    /** The structured message, 3440 bytes (docs/spec 3.1), not yet parsed. */
    public byte[] structuredMessage() {
        return structuredMessage.clone();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
