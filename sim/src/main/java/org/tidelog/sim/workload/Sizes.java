package org.tidelog.sim.workload;

import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.world.Message;

/**
 * How large messages are.
 *
 * @param bytes mean of a text
 * @param sigma deviation of its logarithm; 0 for all alike
 * @param attachmentShare share of messages that are something larger, 0 to 1
 * @param attachmentBytes mean of those, log-normal with the deviation {@link #ATTACHMENT_SIGMA}
 */
public record Sizes(int bytes, double sigma, double attachmentShare, int attachmentBytes) {
  static final double ATTACHMENT_SIGMA = 0.8;

  /** What one message of MVDS may hold. */
  private static final int BYTES_MAX = 1 << 20;

  public Sizes {
    if (bytes < Message.BYTES_MIN || bytes > BYTES_MAX) {
      throw new IllegalArgumentException("bytes: " + bytes);
    }
  }

  public static Sizes fixed(int bytes) {
    return new Sizes(bytes, 0, 0, 0);
  }

  int draw(Chance chance) {
    if (attachmentShare > 0 && chance.happens(attachmentShare)) {
      return bounded(chance.logNormal(attachmentBytes, ATTACHMENT_SIGMA));
    }
    return sigma == 0 ? bytes : bounded(chance.logNormal(bytes, sigma));
  }

  private static int bounded(double size) {
    return (int) Math.max(Message.BYTES_MIN, Math.min(BYTES_MAX, size));
  }
}
