package org.tidelog.replicator;

import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.replicator.values.Values;

/**
 * When a path that failed is tried again: after a while that doubles with each failure in a row,
 * from as long as the path takes to answer. Kept in the store, so that a device that wakes up for
 * half a minute at a time does not begin anew each time.
 */
final class Backoff {
  private static final int DOUBLINGS_MAX = 30;

  private final Values values;
  private final String key;
  private final long millisMin;
  private final long millisMax;

  /**
   * @param key what it is kept under
   * @param latencyMillis how long the path takes to answer, as it declares itself
   * @param millisMax the longest wait
   */
  Backoff(Values values, String key, long latencyMillis, long millisMax) {
    this.values = values;
    this.key = key;
    this.millisMin = Math.max(1, latencyMillis);
    this.millisMax = Math.max(millisMin, millisMax);
  }

  private record State(int failures, long untilMillis) {
    static final State FRESH = new State(0, 0);
  }

  private State state() {
    Optional<byte[]> kept = values.get(key);
    if (!kept.isPresent()) return State.FRESH;
    return Values.decode(
        key,
        kept.get(),
        bytes -> {
          ByteReader in = new ByteReader(bytes);
          State state = new State((int) Math.min(in.varint(), DOUBLINGS_MAX), in.varint());
          in.end();
          return state;
        });
  }

  /** Whether it may be tried now. */
  boolean isDue(long nowMillis) {
    return !dueAt(nowMillis).isPresent();
  }

  /** When it may be tried; empty: now. */
  OptionalLong dueAt(long nowMillis) {
    long until = state().untilMillis;
    // A time further ahead than any wait was written while the clock was wrong.
    boolean waits = until > nowMillis && until - nowMillis <= millisMax;
    return waits ? OptionalLong.of(until) : OptionalLong.empty();
  }

  /** It did not answer, or had nothing new where that is what counts. */
  void failed(long nowMillis) {
    int failures = state().failures;
    long wait = Math.min(millisMax, millisMin << Math.min(failures, DOUBLINGS_MAX));
    if (wait <= 0) wait = millisMax;
    ByteWriter out = new ByteWriter().varint(Math.min(failures + 1, DOUBLINGS_MAX));
    values.put(key, out.varint(nowMillis + wait).toByteArray());
  }

  void succeeded() {
    if (values.get(key).isPresent()) values.remove(key);
  }

  /** Failures in a row. */
  int failures() {
    return state().failures;
  }
}
