package org.tidelog.log.entry;

import java.util.Locale;
import org.tidelog.crypto.MalformedException;

/**
 * What an entry is for. Everything that changes a log's state is an entry, so all kinds but {@link
 * #DATA} are control.
 */
public enum EntryKind {
  DATA,
  /** Entry 0, and only that: who writes this log, where it belongs. */
  GENESIS,
  /** Names the log that this one continues. */
  CONTINUE,
  /** Binds small numbers to the names of other logs, for parents. */
  ALIAS,
  /** Drops payloads of this log. */
  DELETE,
  /** Sets an expiry on payloads of this log. */
  EXPIRE,
  /** Gives up the payloads before a position. */
  PRUNE,
  /** The author's claim about the state so far. */
  SNAPSHOT,
  /** The last entry of a log. */
  CLOSE;

  private static final EntryKind[] KINDS = values();

  /** 0 to 8, as hashed and encoded. */
  public int code() {
    return ordinal();
  }

  public boolean isControl() {
    return this != DATA;
  }

  /** The lower-case word that people and programs read. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static EntryKind of(int code) throws MalformedException {
    if (code >= KINDS.length) throw new MalformedException("entry of kind " + code);
    return KINDS[code];
  }
}
