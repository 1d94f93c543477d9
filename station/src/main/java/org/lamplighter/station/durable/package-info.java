/**
 * Files that must survive a crash: write, force, rename, each one step that a test can interrupt.
 *
 * <p>Start with {@link org.lamplighter.station.durable.DurableFiles}. Depends on nothing else in this module.
 */
package org.lamplighter.station.durable;
