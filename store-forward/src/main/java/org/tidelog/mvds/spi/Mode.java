package org.tidelog.mvds.spi;

/** How a message sets out to a peer. */
public enum Mode {
  /** Offered first, sent when asked for: an id goes to and fro before the body does. */
  INTERACTIVE,

  /** Sent at once. */
  BATCH
}
