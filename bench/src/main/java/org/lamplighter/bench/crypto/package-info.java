/** Measurements of the primitives. */
@NullMarked
package org.lamplighter.bench.crypto;

import org.jspecify.annotations.NullMarked;
