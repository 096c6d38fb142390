package org.tidelog.node;

/**
 * Something that was refused or is missing.
 *
 * @param what in words
 * @param where the block, layer, log or position
 */
public record Problem(ErrorKind kind, String what, String where) {}
