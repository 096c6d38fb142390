package org.tidelog.node;

import java.util.Locale;

/** What the newest head of a log says of how fresh it is. */
public enum HeadState {
  CURRENT,
  /** The record that carries it has expired: its author has not been heard of for a year. */
  STALE,
  /** It is dated over a day ahead: some clock is wrong, and how fresh it is cannot be told. */
  FUTURE;

  /** Lower case, such as {@code stale}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
