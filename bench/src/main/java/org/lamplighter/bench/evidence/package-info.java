/** Measurements of what happens to evidence on its way. */
@NullMarked
package org.lamplighter.bench.evidence;

import org.jspecify.annotations.NullMarked;
