package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.tidelog.log.entry.Limits;

/**
 * An entry to be appended.
 *
 * @param payload up to {@link #PAYLOAD_BYTES_MAX} bytes; more is appended as a stream
 * @param time what the entry claims, from 1970 on and before {@link #TIME_END}; empty: now
 */
public record Draft(byte[] payload, Optional<Instant> time, AppendOptions options) {
  /**
   * Larger payloads become linked blocks: {@link Topic#append(java.io.InputStream, AppendOptions)}.
   */
  public static final int PAYLOAD_BYTES_MAX = 256 * 1024 - 64;

  /** Entries hold times from 1970 on and before this one. */
  public static final Instant TIME_END = Instant.ofEpochMilli(Limits.TIME_MILLIS_MAX);

  public Draft {
    payload = payload.clone();
    if (time.isPresent() && !isTime(time.get())) {
      throw new IllegalArgumentException("time: " + time.get());
    }
  }

  /** Whether an entry can hold that time. */
  public static boolean isTime(Instant time) {
    return !time.isBefore(Instant.EPOCH) && time.isBefore(TIME_END);
  }

  public static Draft text(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Draft of(byte[] payload) {
    return new Draft(payload, Optional.empty(), AppendOptions.defaults());
  }

  public Draft at(Instant instant) {
    return new Draft(payload, Optional.of(instant), options);
  }

  public Draft with(AppendOptions other) {
    return new Draft(payload, time, other);
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }
}
