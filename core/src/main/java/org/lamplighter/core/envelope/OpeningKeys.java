package org.lamplighter.core.envelope;

/**
 * What a recipient needs for opening: one pair of its receiving keys, and its fetch key, which the sealing is bound to. Doesn * not own the secret keys.
 */
public record OpeningKeys(ApkeSecretKey apke, PkeSecretKey pke, FetchPublicKey fetch) {}
