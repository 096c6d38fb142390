package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tidelog.node.PayloadState;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.Topic;

/**
 * An entry's payload, whole, whether it lies in the entry or in blocks of its own.
 *
 * @param bytes unless it is absent or too large
 * @param absence why it is not there
 * @param length in bytes
 */
record ShownPayload(Optional<byte[]> bytes, Optional<String> absence, long length) {
  /**
   * A line is printed whole, so it is held in memory whole; importing takes no longer lines either.
   */
  private static final int BYTES_MAX = 64 << 20;

  static ShownPayload of(Topic topic, ReadEntry entry) {
    if (entry.state() != PayloadState.PRESENT) {
      return absent(entry.state(), entry);
    }
    if (!entry.isLarge() || entry.payloadBytes() > BYTES_MAX) {
      return new ShownPayload(entry.payload(), Optional.empty(), entry.payloadBytes());
    }
    try (InputStream in = topic.open(entry)) {
      byte[] bytes = in.readNBytes(BYTES_MAX);
      return new ShownPayload(Optional.of(bytes), Optional.empty(), bytes.length);
    } catch (IOException e) {
      // The entry is here, and not all blocks it leads to.
      return absent(PayloadState.MISSING, entry);
    }
  }

  boolean isTooLarge() {
    return bytes.isEmpty() && absence.isEmpty();
  }

  /** The text, or nothing if the bytes are not UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static ShownPayload absent(PayloadState state, ReadEntry entry) {
    return new ShownPayload(Optional.empty(), Optional.of(state.word()), entry.payloadBytes());
  }
}
