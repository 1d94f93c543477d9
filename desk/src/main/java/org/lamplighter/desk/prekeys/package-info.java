/**
 * The secrets of a journalist's prekeys: kept before their public keys go out, found again for opening, erased when their
 * time is over (docs/spec 1.6, 1.8).
 *
 * <p>Start with {@link org.lamplighter.desk.prekeys.PrekeyStore}. Must not depend on stations, messages or commands.
 */
package org.lamplighter.desk.prekeys;
