/**
 * Crowds and nuisances at the door of a real station process: more bundles than it admits, uploads, connections that say
 * nothing or little, and what is not HTTP. Start with {@link org.lamplighter.e2e.flood.FloodTest}.
 */
package org.lamplighter.e2e.flood;
