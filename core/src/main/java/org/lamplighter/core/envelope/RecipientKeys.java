package org.lamplighter.core.envelope;

/**
 * The public keys of a recipient, to which is sealed. Whether they are the right person's is for the caller to know.
 */
public record RecipientKeys(ApkePublicKey apke, PkePublicKey pke, FetchPublicKey fetch) {}
