package org.tidelog.node;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * An entry as a reader sees it.
 *
 * @param id stable: the same on every device
 * @param author display name of the writer, else the first characters of the log's name
 * @param kind {@code data} or the word of a control kind
 * @param payload as the author gave it; empty unless {@code state} is {@link PayloadState#PRESENT},
 *     and where it is larger than {@link Draft#PAYLOAD_BYTES_MAX} (then {@link Topic#open} streams
 *     it)
 * @param payloadBytes its length as the author gave it, where known, else as stored
 * @param branch 0 or 1 where the log is contested from this position or one before on: the order of
 *     the proof, the same on every device; else empty
 */
public record ReadEntry(
    String topic,
    IpnsName name,
    long seq,
    Digest id,
    Instant time,
    String author,
    String kind,
    PayloadState state,
    Optional<byte[]> payload,
    long payloadBytes,
    List<Parent> parents,
    OptionalInt branch) {

  /** The payload as text; empty where it is not there or not UTF-8. */
  public Optional<String> text() {
    if (!payload.isPresent()) return Optional.empty();
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload.get())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether the log's author has signed another entry for this position, or one before. */
  public boolean isContested() {
    return branch.isPresent();
  }

  /** Whether an application wrote it; else it is a control entry. */
  public boolean isData() {
    return kind.equals("data");
  }

  /** Whether the payload is there but too large to be given as bytes. */
  public boolean isLarge() {
    return state == PayloadState.PRESENT && !payload.isPresent();
  }
}
