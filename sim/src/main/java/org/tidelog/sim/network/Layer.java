package org.tidelog.sim.network;

import java.util.Locale;

/** What a byte on a link is for. Every byte belongs to exactly one. */
public enum Layer {
  /** What the application wanted to say. */
  PAYLOAD,
  /** MVDS: what a MESSAGE record has around its body. */
  MESSAGE,
  OFFER,
  REQUEST,
  ACK,
  /** Logs: entries without payload, heads and proofs, and the talk about who has what. */
  ENTRY,
  HEAD,
  SYNC,
  /** Pages and index nodes around the entries in content-addressed storage. */
  PAGE,
  /** Naming: records under mutable names. */
  RECORD,
  /** Store and forward: what is around a sealed message. */
  ENVELOPE,
  NOISE,
  MULTISTREAM,
  YAMUX,
  IDENTIFY,
  TLS,
  HTTP,
  DNS,
  DHT,
  /** UDP and TCP headers, with SYN, ACK and FIN. */
  TRANSPORT,
  IP;

  /** Its place in an array of all layers, which lives no longer than the program. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** As in a column's name: {@code bytes_payload}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
