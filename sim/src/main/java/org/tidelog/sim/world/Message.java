package org.tidelog.sim.world;

import java.nio.ByteBuffer;
import org.tidelog.sim.kernel.Chance;

/**
 * What somebody wrote.
 *
 * @param number from 0, in the order of writing
 * @param payloadBytes at least {@link #BYTES_MIN}
 * @param seed what the payload is made from
 */
public record Message(
    int number, Topic topic, int sender, long createdMillis, int payloadBytes, long seed) {
  /** A payload begins with its message's number, so that whoever gets it can say which it is. */
  public static final int BYTES_MIN = 4;

  public Message {
    if (payloadBytes < BYTES_MIN) {
      throw new IllegalArgumentException("payloadBytes: " + payloadBytes);
    }
  }

  /** The number, and bytes that look random; the same at each call. */
  public byte[] payload() {
    byte[] payload = new byte[payloadBytes];
    Chance.of(seed, "payload", number).fill(payload);
    ByteBuffer.wrap(payload).putInt(0, number);
    return payload;
  }

  /** Which message a payload is of. */
  public static int numberOf(byte[] payload) {
    return ByteBuffer.wrap(payload).getInt(0);
  }
}
