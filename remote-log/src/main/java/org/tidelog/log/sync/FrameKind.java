package org.tidelog.log.sync;

import java.util.Locale;
import java.util.Optional;

/**
 * What a frame is. Kinds below {@link #EXTENSIONS} that are not here are refused, others skipped.
 */
public enum FrameKind {
  /** Versions, limits, nonce; the responder's with proofs of its topics. */
  HELLO(1),
  /** The initiator's proofs of the topics that both know. */
  PROVE(2),
  /** What is held of a topic, in whole or what changed. */
  STATE(3),
  /** Coded symbols of what is held. */
  SKETCH(4),
  /** Asks for more symbols. */
  MORE(5),
  /** Asks which items some short ids stand for. */
  REVEAL(6),
  /** Asks for entries. */
  WANT(7),
  /** What comes for a want, and what is not there. */
  RANGE(8),
  /** Entries with what proves them. */
  SLICE(9),
  /** Lets the peer send so many bytes of slices more. */
  GRANT(10),
  /** Takes a want back. */
  STOP(11),
  /** A fork proof. */
  FORK(12),
  /** A head, for who has another. */
  HEAD(13),
  /** Asks for the ids at some positions. */
  PROBE(14),
  /** The ids at the positions asked for. */
  IDS(15),
  /** An entry's header with the proof that it is in a head's log. */
  BRANCH(16),
  /** Why nothing more will be said. */
  REFUSE(17);

  static final int EXTENSIONS = 64;

  private static final FrameKind[] KINDS = values();

  private final int code;

  FrameKind(int code) {
    this.code = code;
  }

  /** 1 to 17, as encoded. */
  public int code() {
    return code;
  }

  /** The lower-case word that people and programs read. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<FrameKind> of(int code) {
    return code >= 1 && code <= KINDS.length ? Optional.of(KINDS[code - 1]) : Optional.empty();
  }
}
