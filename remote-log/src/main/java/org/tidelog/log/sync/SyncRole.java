package org.tidelog.log.sync;

/** Who opened the connection, and so speaks first. */
public enum SyncRole {
  INITIATOR,
  RESPONDER;

  /** As encoded. */
  int code() {
    return this == INITIATOR ? 0 : 1;
  }
}
