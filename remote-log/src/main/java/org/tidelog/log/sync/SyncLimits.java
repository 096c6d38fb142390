package org.tidelog.log.sync;

import org.tidelog.log.entry.Limits;

/**
 * What a session takes from its peer.
 *
 * @param windowBytes of slices that may be on their way at a time, at least {@link
 *     #WINDOW_BYTES_MIN}
 * @param budgetBytes of slices in all; nothing is asked for beyond
 * @param pushes whether entries may come unasked
 */
public record SyncLimits(int windowBytes, long budgetBytes, boolean pushes) {
  /** One entry with the largest payload fits. */
  public static final int WINDOW_BYTES_MIN = Limits.PAYLOAD_BYTES_MAX + 16 * 1024;

  public static final SyncLimits DEFAULT = new SyncLimits(1 << 20, Long.MAX_VALUE, true);

  public SyncLimits {
    if (windowBytes < WINDOW_BYTES_MIN || budgetBytes < 0) {
      throw new IllegalArgumentException(
          "windowBytes: " + windowBytes + ", budgetBytes: " + budgetBytes);
    }
  }
}
