package org.tidelog.log.sync;

import java.util.Optional;
import org.tidelog.crypto.Digest;

/**
 * What was last agreed with each peer of each topic, as small values that only a session reads (at
 * most {@link #BYTES_MAX}). Losing one costs some bytes, never an entry; a store need not make them
 * durable before it returns.
 */
public interface SyncNotes {
  int BYTES_MAX = 256;

  /** The note as it was put; empty where there is none. */
  Optional<byte[]> note(byte[] peer, Digest topic);

  /** Replaces the note. */
  void put(byte[] peer, Digest topic, byte[] note);
}
