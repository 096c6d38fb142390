package org.tidelog.replicator.conversation;

import java.time.Duration;
import java.util.Optional;
import org.tidelog.log.entry.EntryKind;

/**
 * A payload to be appended, and what is to become of it.
 *
 * @param flags of the entry, but those that follow from the other fields
 * @param plain the payload as its author gave it, up to 256 KiB less what salt and sealing take;
 *     not copied
 * @param timeMillis what the entry claims, milliseconds since 1970
 * @param timeToLive it may be dropped everywhere after that, 1 ms or more
 * @param deletable salted, so that once it is deleted nobody can test guesses of what it said
 */
public record Pending(
    EntryKind kind,
    int flags,
    byte[] plain,
    long timeMillis,
    Optional<Duration> timeToLive,
    boolean deletable) {
  /** A payload that is there to stay. */
  public static Pending of(EntryKind kind, byte[] plain, long timeMillis) {
    return new Pending(kind, 0, plain, timeMillis, Optional.empty(), false);
  }
}
