/**
 * The commands of a source: {@code source new}, {@code source send}, {@code source read}. A source keeps nothing on disk;
 * everything it needs is twelve words and the newsroom's key.
 *
 * <p>Start with {@link org.lamplighter.cli.source.SourceFlow}, which does the work and says nothing; the commands around it
 * ask and print.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.cli.source;
