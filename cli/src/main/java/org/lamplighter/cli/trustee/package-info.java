/**
 * Commands of a trustee: somebody outside the newsroom who holds a share of sealed evidence (docs/spec 7).
 *
 * <p>Start with {@link org.lamplighter.cli.trustee.TrusteeCommand}. A trustee needs no network: what comes and goes are files
 * and paper.
 */
package org.lamplighter.cli.trustee;
