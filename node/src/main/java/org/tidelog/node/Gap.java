package org.tidelog.node;

import java.util.Comparator;
import java.util.Locale;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * Entries that are missing before others: a run {@code [from, to)} of one log. A cursor delivers
 * them when they come.
 */
public record Gap(IpnsName name, long from, long to, Reason reason) implements Comparable<Gap> {
  /** What is missing of them. */
  public enum Reason {
    /** The entries: no source has given them yet. */
    ABSENT,
    /** Their payloads: the entries came without. */
    PAYLOAD,
    /** The key to them. */
    KEY;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public int compareTo(Gap other) {
    return Comparator.comparing(Gap::name)
        .thenComparingLong(Gap::from)
        .thenComparing(Gap::reason)
        .compare(this, other);
  }
}
