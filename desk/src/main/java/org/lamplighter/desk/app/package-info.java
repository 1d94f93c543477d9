/**
 * What a journalist does with a folder, without a terminal: make it, hold sessions with the station, read, answer, take out
 * evidence.
 *
 * <p>Start with {@link org.lamplighter.desk.app.JournalistDesk}. Must not depend on commands or on a console.
 */
package org.lamplighter.desk.app;
