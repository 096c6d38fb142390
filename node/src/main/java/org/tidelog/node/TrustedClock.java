package org.tidelog.node;

import java.util.Map;
import java.util.function.LongSupplier;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.replicator.values.Values;

/**
 * Says whether what the clock says may be acted upon where something would go for good. A clock
 * that has moved by more than a day against what was expected, forward or back, in a running
 * program or since the last one, is not trusted until the heads of two other devices, seen since
 * then, agree with it, or a person does. A device that was off for a week cannot be told from one
 * whose clock jumped: nothing is lost by waiting. Kept in the book under {@code clock/…}. Owned by
 * whoever holds the home's lock.
 */
final class TrustedClock {
  /** Nobody's clock is right to the minute; a day off is wrong. */
  static final long TOLERANCE_MILLIS = 24L * 60 * 60 * 1000;

  /** Two devices that are wrong in the same way are one accident; more need not agree. */
  private static final int WITNESSES = 2;

  /** What is kept may be older by that much, so that not each publication has to write it anew. */
  private static final long GRAIN_MILLIS = 60L * 1000;

  private static final String TRUSTED = "clock/trusted";
  private static final String JUMPED = "clock/jumped";
  private static final String WITNESS = "clock/witness/";

  private final LongSupplier wallMillis;
  private final Book book;
  private Reading trusted;
  private Reading jumped;
  private boolean confirmed;

  /** What the clock said when, by the clock that nobody sets. */
  private record Reading(long wallMillis, long nanos) {
    /** Whether the wall clock has moved since then as that other clock has. */
    boolean leadsTo(long laterMillis, long laterNanos) {
      long expected = wallMillis + (laterNanos - nanos) / 1_000_000;
      return Math.abs(laterMillis - expected) <= TOLERANCE_MILLIS;
    }
  }

  TrustedClock(LongSupplier wallMillis, Book book) {
    this.wallMillis = wallMillis;
    this.book = book;
    Reading now = reading();
    this.trusted = kept(TRUSTED, now);
    this.jumped = kept(JUMPED, now);
    this.confirmed = book.values(JUMPED).isEmpty();
  }

  private Reading reading() {
    return new Reading(wallMillis.getAsLong(), System.nanoTime());
  }

  private Reading kept(String key, Reading now) {
    byte[] bytes = book.values(key).get(key);
    if (bytes == null) return now;
    long millis = Values.decode(key, bytes, encoded -> new ByteReader(encoded).varint());
    return new Reading(millis, now.nanos);
  }

  private Reading observe() {
    Reading now = reading();
    if (trusted.leadsTo(now.wallMillis, now.nanos)) {
      if (!confirmed) forget(); // The clock was set right again.
      confirmed = true;
    } else if (confirmed || !jumped.leadsTo(now.wallMillis, now.nanos)) {
      confirmed = false;
      forget();
    }
    if (confirmed) {
      trusted = now;
    } else {
      jumped = now;
    }
    return now;
  }

  private void forget() {
    book.values(WITNESS).keySet().forEach(book::removeValue);
  }

  boolean isConfirmed() {
    observe();
    return confirmed;
  }

  /** What the clock says, or, while that is not to be trusted, what it said last before. */
  long trustedMillis() {
    observe();
    return trusted.wallMillis;
  }

  /** The later of what the clock says and what it said when it was last trusted. */
  long latestMillis() {
    return Math.max(observe().wallMillis, trusted.wallMillis);
  }

  /** Whether a statement of that time is one from the future. */
  boolean isFuture(long timeMillis) {
    return timeMillis > latestMillis() + TOLERANCE_MILLIS;
  }

  /**
   * Another device has just now signed that time, as far as can be known: it was not seen before.
   *
   * @param device which, so that two logs of one do not count twice
   */
  void seen(String device, long timeMillis) {
    Reading now = observe();
    if (confirmed || Math.abs(timeMillis - now.wallMillis) > TOLERANCE_MILLIS) return;
    book.putValue(WITNESS + device, new ByteWriter().varint(timeMillis).toByteArray());
    Map<String, byte[]> witnesses = book.values(WITNESS);
    if (witnesses.size() >= WITNESSES) confirm();
  }

  /** A person, or others' clocks, say that the clock is right. */
  void confirm() {
    trusted = reading();
    confirmed = true;
    forget();
  }

  /** Puts down, for the book's next commit, what the next process has to know. */
  void keep() {
    observe();
    put(TRUSTED, trusted.wallMillis);
    if (!confirmed) {
      put(JUMPED, jumped.wallMillis);
    } else if (book.get(JUMPED).isPresent()) {
      book.removeValue(JUMPED);
    }
  }

  private void put(String key, long millis) {
    Reading now = new Reading(millis, 0);
    boolean known = book.get(key).isPresent();
    if (known && Math.abs(kept(key, now).wallMillis - millis) < GRAIN_MILLIS) return;
    book.putValue(key, new ByteWriter().varint(millis).toByteArray());
  }
}
