package org.tidelog.log.vac;

import org.tidelog.log.entry.Limits;

/**
 * How a writer fills pages: the modes that 3/REMOTE-LOG names.
 *
 * @param pairsMax pairs of a page; more begin another, whose tail is this one
 * @param embeddedMax of the newest messages, how many lie in the page itself rather than in a block
 *     of their own
 * @param bytesMax of a page, whatever its pairs: what a block may hold
 */
public record VacPolicy(int pairsMax, int embeddedMax, int bytesMax) {
  public VacPolicy {
    if (pairsMax < 1) throw new IllegalArgumentException("pairsMax: " + pairsMax);
    if (embeddedMax < 0) throw new IllegalArgumentException("embeddedMax: " + embeddedMax);
    if (bytesMax < 1 || bytesMax > Limits.PAGE_BYTES_MAX) {
      throw new IllegalArgumentException("bytesMax: " + bytesMax);
    }
  }

  /** The whole log in one page, contents included, as long as a block holds it. */
  public static VacPolicy embedded() {
    return new VacPolicy(Integer.MAX_VALUE, Integer.MAX_VALUE, Limits.PAGE_BYTES_MAX);
  }

  /** Pages of addresses. */
  public static VacPolicy mapped(int pairsMax) {
    return new VacPolicy(pairsMax, 0, Limits.PAGE_BYTES_MAX);
  }

  /** A linked list: the smallest pages there are. */
  public static VacPolicy linked() {
    return mapped(1);
  }

  /** Pages of addresses, in which the newest {@code k} messages lie themselves. */
  public static VacPolicy lastK(int k, int pairsMax) {
    return new VacPolicy(pairsMax, k, Limits.PAGE_BYTES_MAX);
  }
}
