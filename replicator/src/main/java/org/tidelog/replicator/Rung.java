package org.tidelog.replicator;

import java.util.Locale;

/** How safe an entry is, from less to more. */
public enum Rung {
  /** On this device's disk: it survives a power cut. */
  LOCAL,
  /** Mailboxes have signed for it. */
  MAILBOX,
  /** In every layer of the mirror, its name published. */
  MIRRORED,
  /** On other devices of the topic. */
  REPLICATED,
  /** Somebody has read it there. */
  READ;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
