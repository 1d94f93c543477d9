/**
 * The commands {@code lamplighter journalist …}: what is asked, shown and refused at the terminal.
 *
 * <p>Start with {@link org.lamplighter.desk.command.JournalistCommand}. Everything else is in the package app; whatever
 * strangers wrote is made harmless here before it is printed.
 */
package org.lamplighter.desk.command;
