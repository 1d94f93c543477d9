package org.lamplighter.core.envelope;

/**
 * What a sender puts into a sealing: the key that authenticates it, and the two keys, enclosed in the plaintext, to which then * recipient answers. Does not own the secret key.
 */
public record SenderKeys(ApkeSecretKey apke, FetchPublicKey fetch, PkePublicKey pke) {}
