/**
 * Evidence at the desk: sealed chunks as the station gave them, opened only when the journalist asks, and the shares of
 * sealed evidence (docs/spec 5.8, 6.6, 7).
 *
 * <p>Start with {@link org.lamplighter.desk.evidence.ChunkFolder}. Must not depend on stations or commands.
 */
package org.lamplighter.desk.evidence;
