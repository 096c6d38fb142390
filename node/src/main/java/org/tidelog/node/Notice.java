package org.tidelog.node;

/**
 * Something that happened on the way and that a person should know.
 *
 * @param word stable, for programs
 * @param message for people, one line
 */
public record Notice(String word, String message) {}
