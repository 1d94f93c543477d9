/**
 * Every parser of core as a fuzz target. Those that need what a package keeps to itself stand beside it, in classes whose names end in
 * {@code Fuzz}; a test of the architecture finds the parsers that none of them calls.
 */
package org.lamplighter.core.fuzz;
