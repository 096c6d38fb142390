package org.tidelog.node;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.replicator.values.Values;

/**
 * A set of a topic's entries that no entry outside comes before for its causes: the beginnings of
 * logs, which were merged once without breaking a cycle, and whose parents are in it or were not
 * here. In the order of the topic ({@link org.tidelog.log.read.CausalMerge}) all of them come
 * before the first entry outside that is later than each of them, and so do all entries that need
 * not: so from that entry on, merging what is outside gives the order of the whole.
 *
 * <p>Why: the merge takes an entry once nothing smaller can be taken, so entries come in the order
 * of the greatest (time, name, seq) among themselves and all that they wait for. Of the set's
 * entries that is at most {@code timeMillis}; while one of them is left, one can be taken, and it
 * goes before any later entry. Kept in the book under {@code order/LABEL}.
 *
 * @param timeMillis the latest time of an entry in the set
 * @param passed how many entries of each log are in it, from position 0 on
 * @param missing the first position of each log that they name and that was not here
 */
record OrderMark(
    long timeMillis, SortedMap<IpnsName, Long> passed, SortedMap<IpnsName, Long> missing) {
  private static final String PREFIX = "order/";
  private static final int KEY_BYTES = 32;

  OrderMark {
    passed = new TreeMap<>(passed);
    missing = new TreeMap<>(missing);
  }

  /** Nothing at all. */
  static OrderMark none() {
    return new OrderMark(-1, new TreeMap<>(), new TreeMap<>());
  }

  /** Whether it is still such a set where these entries are to be merged. */
  boolean holds(Map<IpnsName, SeqRanges> held) {
    for (Map.Entry<IpnsName, Long> log : passed.entrySet()) {
      SeqRanges here = held.getOrDefault(log.getKey(), SeqRanges.none());
      if (!here.missingBelow(log.getValue()).isEmpty()) return false;
    }
    for (Map.Entry<IpnsName, Long> log : missing.entrySet()) {
      SeqRanges here = held.getOrDefault(log.getKey(), SeqRanges.none());
      if (here.end() > log.getValue()) return false;
    }
    return true;
  }

  long passed(IpnsName log) {
    return passed.getOrDefault(log, 0L);
  }

  /** The one of a topic that was kept. */
  static Optional<OrderMark> of(Book book, String label) {
    String key = PREFIX + label;
    return book.get(key).map(bytes -> Values.decode(key, bytes, OrderMark::parse));
  }

  /** Keeps it for the topic. Not committed. */
  void keep(Book book, String label) {
    book.putValue(PREFIX + label, encode());
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().varint(timeMillis).varint(passed.size());
    passed.forEach((log, count) -> out.bytes(log.key()).varint(count));
    missing.forEach((log, seq) -> out.bytes(log.key()).varint(seq));
    return out.toByteArray();
  }

  static OrderMark parse(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    OrderMark mark = new OrderMark(in.varint(), new TreeMap<>(), new TreeMap<>());
    long count = in.varint();
    for (long i = 0; in.remaining() > 0; i++) {
      SortedMap<IpnsName, Long> map = i < count ? mark.passed : mark.missing;
      IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
      map.put(log, in.varint());
    }
    return mark;
  }
}
