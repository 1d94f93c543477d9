/**
 * The demo: one disclosure from beginning to end on this machine, each party a process and a folder of its own, and what
 * the station saw of it.
 *
 * <p>Start with {@link org.lamplighter.cli.demo.DemoCommand}. Uses the other applications only as processes.
 */
package org.lamplighter.cli.demo;
