package org.tidelog.log.entry;

/**
 * An entry the author had seen: {@code alias} is a number that an alias entry of the same log has
 * bound to a log's name, {@code seq} the position in that log. Both are below 2^31 and {@link
 * Limits#SEQ_MAX}.
 */
public record ParentRef(int alias, long seq) {
  public ParentRef {
    if (alias < 0) throw new IllegalArgumentException("alias: " + alias);
    if (seq < 0 || seq > Limits.SEQ_MAX) throw new IllegalArgumentException("seq: " + seq);
  }
}
