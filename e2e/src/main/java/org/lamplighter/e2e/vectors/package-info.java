/**
 * Runs the vectors of the SecureDrop Protocol's proof of concept (vectors/README.md) against this program, byte for byte.
 *
 * <p>Start with {@link org.lamplighter.e2e.vectors.VectorRunner}. What the proof of concept does otherwise than the protocol's text
 * lives here, in classes named Poc…, and nowhere else. Runs on the class path and may use every package of every module.
 */
@NullMarked
package org.lamplighter.e2e.vectors;

import org.jspecify.annotations.NullMarked;
