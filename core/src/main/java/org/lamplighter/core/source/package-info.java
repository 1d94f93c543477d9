/**
 * What a source has: twelve words, and all its keys from them (protocol 0.4, step 4). A source keeps nothing else.
 *
 * <p>Start with {@link org.lamplighter.core.source.Passphrase}. Depends on the packages envelope, words, primitive and secret.
 */
package org.lamplighter.core.source;
