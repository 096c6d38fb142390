package org.tidelog.mvds.spi;

/** What is sent to a peer until it has been answered. Acks are not: they are never repeated. */
public enum RecordType {
  OFFER,
  REQUEST,
  MESSAGE
}
