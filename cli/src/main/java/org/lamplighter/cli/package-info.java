/**
 * Entry of the commands of source, newsroom and trustee. {@link org.lamplighter.cli.Main} puts them together; each has a
 * package of its own, and none depends on another.
 */
package org.lamplighter.cli;
