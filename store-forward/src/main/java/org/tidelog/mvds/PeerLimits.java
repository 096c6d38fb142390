package org.tidelog.mvds;

/**
 * What one peer can make a node keep. A message beyond a limit is not acknowledged: it comes again.
 */
public final class PeerLimits {
  /**
   * Requests to a peer, from its offers and from parents it named; it offers again what is beyond.
   */
  public static final int REQUESTS_OPEN_MAX = 4_096;

  /** Messages from a peer that wait for their parents. */
  public static final int BUFFERED_MESSAGES_MAX = 1_024;

  /** The bodies of these messages, which are in the store. */
  public static final long BUFFERED_BYTES_MAX = 16L << 20;

  /** Acks for a peer until the next epoch; a duplicate asks again for one that was left out. */
  public static final int ACKS_PENDING_MAX = 16_384;

  private PeerLimits() {}
}
