package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.replicator.values.Values;

/**
 * What is remembered of payloads that are to go: those that were taken back, until they are gone
 * from this home, and those that expire. Owned by whoever holds the home's lock.
 *
 * <p>Keys: {@code dropping/NAME}, {@code dropping-from/NAME}, {@code expiry/NAME/MILLIS/SEQ}.
 */
final class PayloadBook {
  private static final String EXPIRY = "expiry/";

  /** Behind all keys that begin with it. */
  private static final String EXPIRY_END = "expiry0";

  /** Expired payloads that are taken at once; more come with the next time. */
  private static final int EXPIRING_MAX = 1 << 16;

  private static final byte[] NOTHING = {};

  private final Book book;

  PayloadBook(Book book) {
    this.book = book;
  }

  // Payloads that are to go from this home, and how far that has come.

  SeqRanges dropping(IpnsName log) {
    return book.ranges("dropping/" + log.text());
  }

  void putDropping(IpnsName log, SeqRanges dropping) {
    book.putRanges("dropping/" + log.text(), dropping);
    book.removeValue("dropping-from/" + log.text());
  }

  List<IpnsName> droppingLogs() {
    List<IpnsName> logs = new ArrayList<>();
    for (String key : book.values("dropping/").keySet()) {
      logs.add(
          Values.decode(
              key, NOTHING, ignored -> IpnsName.parse(key.substring("dropping/".length()))));
    }
    return logs;
  }

  long droppingFrom(IpnsName log) {
    String key = "dropping-from/" + log.text();
    return book.get(key)
        .map(bytes -> Values.decode(key, bytes, encoded -> new ByteReader(encoded).varint()))
        .orElse(0L);
  }

  void putDroppingFrom(IpnsName log, long seq) {
    book.putValue("dropping-from/" + log.text(), new ByteWriter().varint(seq).toByteArray());
  }

  void forgetDropping(IpnsName log) {
    book.removeValue("dropping/" + log.text());
    book.removeValue("dropping-from/" + log.text());
  }

  // Payloads that are to go when their time has come.

  void putExpiry(IpnsName log, long seq, long expiryMillis) {
    book.putValue(
        String.format(Locale.ROOT, "expiry/%s/%015d/%d", log.text(), expiryMillis, seq),
        new byte[0]);
  }

  /** Positions whose expiry has come. They are forgotten here with the next commit. */
  SeqRanges takeExpired(IpnsName log, long nowMillis) {
    List<SeqRange> expired = new ArrayList<>();
    for (String key : expiring(log, nowMillis, EXPIRING_MAX)) {
      long seq = Long.parseLong(key.split("/", -1)[3]);
      expired.add(new SeqRange(seq, seq + 1));
      book.removeValue(key);
    }
    return SeqRanges.of(expired);
  }

  /** When the first payload of a log expires that has not been taken; empty: none ever. */
  OptionalLong nextExpiry(IpnsName log) {
    return expiring(log, Limits.TIME_MILLIS_MAX, 1).stream()
        .mapToLong(key -> Long.parseLong(key.split("/", -1)[2]))
        .min();
  }

  /** Logs of which a payload has expired by then. */
  List<IpnsName> expiringLogs(long nowMillis) {
    List<IpnsName> logs = new ArrayList<>();
    String from = EXPIRY;
    while (true) {
      // One key of each log; the next log's keys stand behind all that begin with its name.
      SortedSet<String> first = book.keysBetween(from, EXPIRY_END, 1);
      if (first.isEmpty()) return logs;
      String key = first.first();
      String[] parts = key.split("/", -1);
      IpnsName log = Values.decode(key, NOTHING, ignored -> IpnsName.parse(parts[1]));
      if (Long.parseLong(parts[2]) <= nowMillis) logs.add(log);
      from = EXPIRY + parts[1] + "0";
    }
  }

  /** Keys of payloads that expire by then, the first of them first. */
  private SortedSet<String> expiring(IpnsName log, long untilMillis, int max) {
    String prefix = EXPIRY + log.text() + "/";
    String end = prefix + String.format(Locale.ROOT, "%015d", untilMillis + 1);
    return book.keysBetween(prefix, end, max);
  }
}
