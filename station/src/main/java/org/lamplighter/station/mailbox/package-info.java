/**
 * The mailbox (docs/spec/04-mailbox.md 4.1 to 4.4): bundles come in, wait, enter free slots, and leave. How an epoch is made of
 * the slots is another package.
 *
 * <p>Start with {@link org.lamplighter.station.mailbox.Intake}, then {@link org.lamplighter.station.mailbox.AdmissionPlan}. Must not
 * depend on the other features of this module.
 */
package org.lamplighter.station.mailbox;
