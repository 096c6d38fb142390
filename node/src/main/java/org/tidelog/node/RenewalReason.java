package org.tidelog.node;

import java.util.Locale;

/** Why a home is not, or is no longer, the one that wrote its logs. */
public enum RenewalReason {
  /** The folder, or a file of it, is not where its keys were made. */
  COPIED("was copied or restored"),
  /** The store, or the key store, is an older one. */
  ROLLED_BACK("was rolled back"),
  /** A mirror has entries under this device's own name that this home does not have. */
  BEHIND("is behind its own mirror, so it was copied or rolled back"),
  /** One of its logs was written to in two places. */
  CONTESTED("has a log that was written to in two places"),
  /** It was made of a backup. */
  RESTORED("was restored from a backup"),
  /** The application wants it. */
  ASKED("was told to begin anew");

  private final String text;

  RenewalReason(String text) {
    this.text = text;
  }

  /** Lower case with hyphens, such as {@code rolled-back}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What to say of "this home", for people. */
  public String text() {
    return text;
  }

  static RenewalReason of(String word) {
    for (RenewalReason reason : values()) {
      if (reason.word().equals(word)) return reason;
    }
    return COPIED; // Of a later version: any reason has the same consequence.
  }
}
