/**
 * Opens evidence (docs/spec 5.8): chunks in, a file out, a few megabytes of memory; and makes names from outside safe for
 * writing files.
 *
 * <p>Start with {@link org.lamplighter.core.evidence.open.Opener}. Where chunks come from and where the file goes is the
 * caller's: this package must not depend on anything but evidence, secret and wire.
 */
package org.lamplighter.core.evidence.open;
