package org.tidelog.node;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.replicator.values.Values;

/**
 * Logs for which a topic index speaks: while it is fresh, they are not asked for by their own names
 * one by one, but once a day, since an index may leave out what it likes. Only where asking costs a
 * request over a network. Kept in the book under {@code listed/NAME}. Serves one round of fetching.
 */
final class ListedLogs {
  private static final long FRESH_MILLIS = 48L * 60 * 60 * 1000;
  private static final long ASKED_MILLIS = 24L * 60 * 60 * 1000;
  private static final int KEY_BYTES = 32;

  private final Book book;
  private final long nowMillis;
  private final Set<IpnsName> speaking = new HashSet<>();

  ListedLogs(Book book, long nowMillis) {
    this.book = book;
    this.nowMillis = nowMillis;
  }

  /**
   * What is remembered of a log.
   *
   * @param askedMillis when it was last asked for by its own name
   */
  private record Listed(IpnsName index, long askedMillis) {
    byte[] encode() {
      return new ByteWriter().bytes(index.key()).u64(askedMillis).toByteArray();
    }

    static Listed parse(byte[] bytes) throws MalformedException {
      ByteReader in = new ByteReader(bytes);
      IpnsName index = IpnsName.parse(in.bytes(KEY_BYTES));
      long asked = in.u64();
      in.end();
      return new Listed(index, asked);
    }
  }

  private Optional<Listed> of(IpnsName log) {
    String key = key(log);
    Optional<byte[]> value = book.get(key);
    return value.isPresent()
        ? Optional.of(Values.decode(key, value.get(), Listed::parse))
        : Optional.empty();
  }

  private static String key(IpnsName log) {
    return "listed/" + log.text();
  }

  /** All of an index is here, up to a head. */
  void read(IpnsName index, Head head) {
    if (head.timeMillis() + FRESH_MILLIS > nowMillis) speaking.add(index);
  }

  /** An index has a record of a log: as good, now, as asking for it. */
  void lists(IpnsName index, IpnsName log) {
    Optional<Listed> before = of(log);
    if (before.isPresent() && before.get().index.equals(index)) return;
    book.putValue(key(log), new Listed(index, nowMillis).encode());
  }

  /** Whether an index that was read in this round speaks for a log. */
  boolean isSpokenFor(IpnsName log) {
    Optional<Listed> listed = of(log);
    return listed.isPresent()
        && speaking.contains(listed.get().index)
        && listed.get().askedMillis + ASKED_MILLIS > nowMillis;
  }

  /** A log is asked for by its own name. */
  void asked(IpnsName log) {
    of(log)
        .ifPresent(known -> book.putValue(key(log), new Listed(known.index, nowMillis).encode()));
  }
}
