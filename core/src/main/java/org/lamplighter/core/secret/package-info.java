/**
 * Secrets in memory: typed, never printed, compared in constant time, wiped when closed.
 *
 * <p>Start with {@link org.lamplighter.core.secret.SecretBytes}. Depends on nothing else in this module.
 */
package org.lamplighter.core.secret;
