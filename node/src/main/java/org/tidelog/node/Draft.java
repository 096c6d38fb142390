package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry to be appended.
 *
 * @param payload up to {@link #PAYLOAD_BYTES_MAX} bytes; more is appended as a stream
 * @param time what the entry claims; empty: now
 */
public record Draft(byte[] payload, Optional<Instant> time, AppendOptions options) {
  /**
   * Larger payloads become linked blocks: {@link Topic#append(java.io.InputStream, AppendOptions)}.
   */
  public static final int PAYLOAD_BYTES_MAX = 256 * 1024 - 64;

  public Draft {
    payload = payload.clone();
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
