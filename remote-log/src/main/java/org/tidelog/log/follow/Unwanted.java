package org.tidelog.log.follow;

import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;

/**
 * Which payloads of a log are not kept, whatever source they come from.
 *
 * @param deleted positions that verified delete entries name
 * @param nowMillis what expires by then is expired: a time to be trusted, 0 where there is none
 */
public record Unwanted(SeqRanges deleted, long nowMillis) {
  public static Unwanted none() {
    return new Unwanted(SeqRanges.none(), 0);
  }

  /** This, and what was learned to be deleted; no more than anybody has to remember. */
  Unwanted with(SeqRanges more) {
    if (more.isEmpty()) return this;
    SeqRanges all = deleted.with(more);
    return all.ranges().size() > Limits.DELETED_RANGES_MAX ? this : new Unwanted(all, nowMillis);
  }

  /** Whether a slice holds a payload that is not to be kept. */
  boolean isIn(Slice slice) {
    return !slice.unwanted(deleted, nowMillis).isEmpty();
  }

  /** The slice without the payloads that are not to be kept. */
  Slice strip(IpnsName log, Slice slice) {
    SeqRanges gone = slice.unwanted(deleted, nowMillis);
    return gone.isEmpty() ? slice : slice.withoutPayloads(log, gone::contains);
  }
}
