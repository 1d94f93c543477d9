package org.lamplighter.desk.app;

/**
 * A conversation in a list.
 *
 * @param designation two words
 * @param messages all of them
 * @param unread by others, never shown
 * @param lastDay day since 1970 of the last message, of this machine's clock
 */
public record ConversationView(String designation, int messages, int unread, long lastDay) {}
