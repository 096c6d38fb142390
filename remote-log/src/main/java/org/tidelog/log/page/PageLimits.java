package org.tidelog.log.page;

/**
 * The numbers that page boundaries follow from. All writers and helpers of a log use the same, or
 * they make different blocks of the same entries (which are just as valid).
 *
 * @param tailWeightMax bytes of entries that ride in the record once there is a page, 0 to 8,192;
 *     the record's format ends at 10 KiB
 * @param firstWeightMax the same while there is none, 0 to 8,192
 */
public record PageLimits(int tailWeightMax, int firstWeightMax) {
  private static final int WEIGHT_MAX = 8192;

  /**
   * A record of about 1.3 KiB: one UDP datagram, and the whole news of a phone that was away for a
   * day. A log of up to 3 KiB is its record alone, because an index over a single page costs as
   * much as ten messages.
   */
  public static final PageLimits DEFAULT = new PageLimits(1024, 3072);

  /**
   * Pages of one size class that are joined into the next: every entry is written once a class,
   * four times in all.
   */
  static final int JOIN = 4;

  /** The size classes: under 2, 8, 32, 128 KiB, and settled. */
  static final int SETTLED = 4;

  private static final long CLASS_0_WEIGHT = 2 * 1024;

  /**
   * Children of an index node: a node of 64 is about 25 KB, and three levels hold ten million
   * entries.
   */
  static final int FAN_OUT = 64;

  /** Subtrees that the index root names itself, beside the young pages; more get another level. */
  static final int ROOT_SUBTREES_MAX = 8;

  public PageLimits {
    if (tailWeightMax < 0 || tailWeightMax > WEIGHT_MAX) {
      throw new IllegalArgumentException("tailWeightMax: " + tailWeightMax);
    }
    if (firstWeightMax < 0 || firstWeightMax > WEIGHT_MAX) {
      throw new IllegalArgumentException("firstWeightMax: " + firstWeightMax);
    }
  }

  /**
   * The size class of a page, 0 to {@link #SETTLED}. A settled page is never joined with another.
   */
  static int sizeClass(long weight) {
    int sizeClass = 0;
    for (long bound = CLASS_0_WEIGHT; sizeClass < SETTLED && weight >= bound; bound *= JOIN) {
      sizeClass++;
    }
    return sizeClass;
  }
}
