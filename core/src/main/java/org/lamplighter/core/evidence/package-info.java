/**
 * Evidence as it is described and cut: size classes, parts, chunk ids, the chunk tree, the entry of a file in a submission
 * (docs/spec 3.3, 5 and 7.4).
 *
 * <p>Start with {@link org.lamplighter.core.evidence.FileEntry} and {@link org.lamplighter.core.evidence.SizeClass}. Nothing
 * here seals or opens: that is in the packages {@code seal}, {@code open} and {@code share} beside this one, which only
 * those who hold keys can see, and which this package must not depend on.
 */
package org.lamplighter.core.evidence;
