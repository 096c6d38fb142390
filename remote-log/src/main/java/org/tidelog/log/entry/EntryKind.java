package org.tidelog.log.entry;

import java.util.Locale;
import org.tidelog.crypto.MalformedException;

/**
 * What an entry is for. Everything that changes a log's state is an entry, so all kinds but {@link
 * #DATA} are control.
 */
public enum EntryKind {
  DATA(0),
  /** Entry 0, and only that: who writes this log, where it belongs. */
  GENESIS(1),
  /** Names the log that this one continues. */
  CONTINUE(2),
  /** Binds small numbers to the names of other logs, for parents. */
  ALIAS(3),
  /** Drops payloads of this log. */
  DELETE(4),
  /** Sets an expiry on payloads of this log. */
  EXPIRE(5),
  /** Gives up the payloads before a position. */
  PRUNE(6),
  /** The author's claim about the state so far. */
  SNAPSHOT(7),
  /** The last entry of a log. */
  CLOSE(8);

  private static final EntryKind[] KINDS = values();

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  /** 0 to 8, as hashed and encoded; equal to its position here. */
  public int code() {
    return code;
  }

  public boolean isControl() {
    return this != DATA;
  }

  /** The lower-case word that people and programs read. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a code that somebody else wrote; refuses unknown ones. */
  public static EntryKind of(int code) throws MalformedException {
    if (code >= KINDS.length) throw new MalformedException("entry of kind " + code);
    return KINDS[code];
  }
}
