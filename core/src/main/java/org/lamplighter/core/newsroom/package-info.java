/**
 * Who belongs to a newsroom: its root key, the certificate of its station, the roster of its journalists and trustees, and
 * what they hand in (docs/spec 1). A type here that has a private constructor can only come from its verifier.
 *
 * <p>Start with {@link org.lamplighter.core.newsroom.NewsroomKey}, which is what a client pins. Depends on the packages
 * note, signature, wire, words and on the public keys of package envelope.
 */
package org.lamplighter.core.newsroom;
