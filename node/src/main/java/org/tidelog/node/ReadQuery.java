package org.tidelog.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * Which entries to read.
 *
 * @param log of one log only
 * @param last only so many, the last ones in order
 * @param from from this position of each log on
 * @param since from this time on
 * @param author by this display name
 * @param controls control entries too
 */
public record ReadQuery(
    Optional<IpnsName> log,
    OptionalInt last,
    OptionalLong from,
    Optional<Instant> since,
    Optional<String> author,
    boolean controls) {
  /** All data entries. */
  public static ReadQuery all() {
    return new ReadQuery(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public ReadQuery withLog(IpnsName name) {
    return new ReadQuery(Optional.of(name), last, from, since, author, controls);
  }

  public ReadQuery withLast(int count) {
    return new ReadQuery(log, OptionalInt.of(count), from, since, author, controls);
  }

  public ReadQuery withFrom(long seq) {
    return new ReadQuery(log, last, OptionalLong.of(seq), since, author, controls);
  }

  public ReadQuery withSince(Instant instant) {
    return new ReadQuery(log, last, from, Optional.of(instant), author, controls);
  }

  public ReadQuery withAuthor(String name) {
    return new ReadQuery(log, last, from, since, Optional.of(name), controls);
  }

  public ReadQuery withControls() {
    return new ReadQuery(log, last, from, since, author, true);
  }
}
