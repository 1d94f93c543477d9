/**
 * The station's half of the mailbox: bundles as posted, rows as kept, and the files of an epoch (docs/spec/04-mailbox.md).
 *
 * <p>Start with {@link org.lamplighter.core.mailbox.EpochBuilder}; {@link org.lamplighter.core.mailbox.AdmissionBuckets} decides how
 * many bundles enter, {@link org.lamplighter.core.mailbox.Expiry} when they leave. Holds no key that opens anything, and must not
 * depend on the envelope, scan or message packages.
 */
package org.lamplighter.core.mailbox;
