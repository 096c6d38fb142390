package org.tidelog.log.entry;

import org.tidelog.log.merkle.RangeProof;

/** The bounds of the format. Decoders refuse what is over them before they allocate for it. */
public final class Limits {
  /**
   * Disjoint ranges of positions whose payloads one log has deleted: what a reader has to remember
   * for good. What would go beyond is not obeyed.
   */
  public static final int DELETED_RANGES_MAX = 1 << 16;

  /** Positions are below 2^40: at a thousand entries a second that lasts for 34 years. */
  public static final long SEQ_MAX = RangeProof.SIZE_MAX - 2;

  /** Entries of a log, and so the end of any range in it. */
  public static final long SIZE_MAX = SEQ_MAX + 1;

  /** What is stored for one entry, salt and sealing included. Larger content is linked blocks. */
  public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

  public static final int PARENTS_MAX = 16;

  /** So that garbage is found within one slice, and a slice is verified with bounded memory. */
  public static final int SLICE_ENTRIES_MAX = 1024;

  public static final int SLICE_BYTES_MAX = 512 * 1024;

  /**
   * The sum of {@link Slice#weights()}, from which {@link #SLICE_BYTES_MAX} follows. It is the same
   * with and without payloads, so a slice stays within its bounds when payloads are dropped, and is
   * cut at the same places.
   */
  public static final int SLICE_WEIGHT_MAX = 500 * 1024;

  /**
   * One block of a remote log. IPFS nodes refuse more than 2 MiB; half leaves room for what carries
   * it.
   */
  public static final int PAGE_BYTES_MAX = 1024 * 1024;

  /**
   * The last millisecond of the year 9998: a record's validity is a year later, and RFC 3339 ends
   * with the year 9999.
   */
  public static final long TIME_MILLIS_MAX = 253_370_764_799_999L;

  private Limits() {}
}
