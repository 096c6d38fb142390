package org.tidelog.mvds;

/**
 * What the Go implementation does otherwise than 2/MVDS and 4/MVDS-META, each by itself. Source:
 * {@code vacp2p/mvds} at {@code d6b27d3}, {@code node/node.go} and {@code state/state_memory.go}.
 */
public enum Divergence {
  /** A request does not take the offer away: the peer is offered what it is being sent. */
  OFFER_KEPT_ON_REQUEST,

  /** An offer of a message that is held gets no answer: it is repeated for good. */
  HELD_OFFER_UNACKNOWLEDGED,

  /** Each event adds a record, whether or not there is one like it, and each of them is sent. */
  DUPLICATE_RECORDS,

  /** A message that was held before is passed on to the group like a new one. */
  DUPLICATE_MESSAGE_FORWARDED,

  /** Each payload is answered by one, with nothing in it if need be. */
  EMPTY_REPLY,

  /** A message that came from one peer is still requested from the others who offered it. */
  REQUEST_KEPT_ELSEWHERE,

  /** Ephemeral messages are offered in interactive mode. */
  EPHEMERAL_OFFERED,

  /** Ephemeral messages are sent again and again, although nobody acknowledges them. */
  EPHEMERAL_REPEATED,

  /** A new record is sent one epoch later than an ack would be. */
  NEW_RECORD_DELAYED,

  /**
   * There is one record for a peer and a message, and the first one stays: what the primary key of
   * the Go implementation's SQLite store comes to. Its stores in memory do not do this.
   */
  RECORD_COLLISION
}
