package org.tidelog.log.sync;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/** Entries of one log that were asked for and are coming, newest first. */
final class Transfer {
  final long request;
  final TopicTalk talk;
  final IpnsName log;

  /** The size of the log here when it was asked for. */
  final long base;

  /** Where it ends: below that, entries are held or not wanted. */
  long low;

  /** Where the next slice has to end; empty while that is where the peer's log does. */
  private Optional<Place> next;

  private record Place(long at, Digest last) {}

  /** What the peer's log ends with comes first. */
  Transfer(TopicTalk talk, Want want) {
    this.request = want.request();
    this.talk = talk;
    this.log = want.log();
    this.base = want.base();
    this.low = want.low();
    this.next = Optional.empty();
  }

  /** The next slice is to end at a position, with the entry of this id. */
  void expect(long end, Digest last) {
    next = Optional.of(new Place(end, last));
  }

  boolean isAtTop() {
    return !next.isPresent();
  }

  long end() {
    return next.orElseThrow(AssertionError::new).at;
  }

  Digest last() {
    return next.orElseThrow(AssertionError::new).last;
  }

  boolean isDone() {
    return next.isPresent() && end() <= low;
  }
}
