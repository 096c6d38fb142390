package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.replicator.values.Values;

/**
 * In which order entries of a topic became durable here: runs of them, numbered as they came, each
 * in the transaction that stored or learned from its entries. Kept from when a cursor first wants
 * to know, and a run for as long as one of those has not had all of it. Of very many runs the
 * oldest are joined; within a run, order is causal. What is in no run came last. Changes gather in
 * the book. Runs with the home's lock held.
 *
 * <p>Keys: {@code arrivals/LABEL}, {@code arrivals/LABEL/CURSOR}, and {@code arrival/LABEL/NUMBER}
 * with 16 hexadecimal digits.
 */
final class ArrivalJournal {
  private static final int RUNS_MAX = 1024;
  private static final int RANGES_MAX = 1 << 20;
  private static final int KEY_BYTES = 32;

  /** There is room before it, for what was here when another cursor began. */
  private static final long FIRST = 1L << 40;

  private static final byte[] KEPT_FOR = {};

  private final Book book;
  private final String label;
  private final String key;
  private final int runsMax;

  ArrivalJournal(Book book, String label) {
    this(book, label, RUNS_MAX);
  }

  /** With another bound, for tests. */
  ArrivalJournal(Book book, String label, int runsMax) {
    this.book = book;
    this.label = label;
    this.key = "arrivals/" + label;
    this.runsMax = runsMax;
  }

  /** The numbers {@code [first, next)} of the runs. */
  private record Numbers(long first, long next) {
    static Numbers parse(byte[] bytes) throws MalformedException {
      ByteReader in = new ByteReader(bytes);
      return new Numbers(in.varint(), in.varint());
    }
  }

  private Optional<Numbers> numbers() {
    return book.get(key).map(bytes -> Values.decode(key, bytes, Numbers::parse));
  }

  private void put(long first, long next) {
    book.putValue(key, new ByteWriter().varint(first).varint(next).toByteArray());
  }

  /** Whether it is kept for that cursor. */
  boolean isKeptFor(String cursor) {
    return book.get(key + "/" + cursor).isPresent();
  }

  /**
   * Is kept for this cursor from now on.
   *
   * @param here all entries that are here, by log: those in no run came before all that are in one
   */
  void keepFor(String cursor, Map<IpnsName, SeqRanges> here) {
    Numbers numbers = numbers().orElse(new Numbers(FIRST, FIRST));
    Map<IpnsName, SeqRanges> before = new LinkedHashMap<>(here);
    runs()
        .forEach(
            run ->
                run.forEach(
                    (log, ranges) ->
                        before.computeIfPresent(log, (name, all) -> without(all, ranges))));
    before.values().removeIf(SeqRanges::isEmpty);
    book.putValue(key + "/" + cursor, KEPT_FOR);
    long first = before.isEmpty() ? numbers.first : numbers.first - 1;
    if (!before.isEmpty()) putRun(first, before);
    put(first, numbers.next);
  }

  /** Is not kept for that cursor any more. */
  void forget(String cursor) {
    book.removeValue(key + "/" + cursor);
  }

  /** These entries are here now, all of them after what is noted already. */
  void note(IpnsName log, SeqRange came) {
    Optional<Numbers> kept = numbers();
    if (!kept.isPresent()) return;
    long first = kept.get().first;
    long next = kept.get().next;
    Map<IpnsName, SeqRanges> last = next > first ? run(next - 1) : Map.of();
    SeqRanges before = last.getOrDefault(log, SeqRanges.none());
    boolean goesOn = last.size() == 1 && !before.isEmpty() && before.end() == came.from();
    if (goesOn) {
      putRun(next - 1, Map.of(log, before.with(came)));
      return;
    }
    putRun(next, Map.of(log, SeqRanges.of(List.of(came))));
    put(first, next + 1);
    if (next + 1 - first > runsMax) join(first, first + runsMax / 2, next + 1);
  }

  /** Makes one run of the oldest. */
  private void join(long first, long end, long next) {
    Map<IpnsName, SeqRanges> joined = new LinkedHashMap<>();
    for (long number = first; number < end; number++) {
      run(number).forEach((log, ranges) -> joined.merge(log, ranges, SeqRanges::with));
      book.removeValue(runKey(number));
    }
    putRun(end - 1, joined);
    put(end - 1, next);
  }

  /** In the order in which they came: the entries of each, by log. */
  List<Map<IpnsName, SeqRanges>> runs() {
    List<Map<IpnsName, SeqRanges>> runs = new ArrayList<>();
    Numbers numbers = numbers().orElse(new Numbers(0, 0));
    for (long number = numbers.first; number < numbers.next; number++) {
      runs.add(run(number));
    }
    return runs;
  }

  /**
   * Drops the oldest runs that every cursor has had.
   *
   * @param logs of the topic; entries of others are not delivered
   */
  void drop(Set<IpnsName> logs) {
    Optional<Numbers> kept = numbers();
    if (!kept.isPresent()) return;
    Set<String> cursors = new TreeSet<>();
    String prefix = key + "/";
    book.values(prefix).keySet().forEach(full -> cursors.add(full.substring(prefix.length())));
    long first = kept.get().first;
    while (first < kept.get().next && isDone(run(first), logs, cursors)) {
      book.removeValue(runKey(first++));
    }
    if (cursors.isEmpty()) {
      book.removeValue(key);
    } else if (first > kept.get().first) {
      put(first, kept.get().next);
    }
  }

  private boolean isDone(Map<IpnsName, SeqRanges> run, Set<IpnsName> logs, Set<String> cursors) {
    for (Map.Entry<IpnsName, SeqRanges> part : run.entrySet()) {
      if (!logs.contains(part.getKey())) continue;
      for (String cursor : cursors) {
        SeqRanges delivered = book.delivered(label, cursor, part.getKey());
        if (!part.getValue().ranges().stream().allMatch(delivered::containsAll)) return false;
      }
    }
    return true;
  }

  static SeqRanges without(SeqRanges all, SeqRanges some) {
    List<SeqRange> left = new ArrayList<>();
    all.ranges().forEach(range -> left.addAll(some.gapsWithin(range)));
    return SeqRanges.of(left);
  }

  private String runKey(long number) {
    return "arrival/" + label + "/" + String.format(Locale.ROOT, "%016x", number);
  }

  private Map<IpnsName, SeqRanges> run(long number) {
    String runKey = runKey(number);
    Optional<byte[]> bytes = book.get(runKey);
    if (!bytes.isPresent()) return Map.of();
    return Values.decode(runKey, bytes.get(), ArrivalJournal::parseRun);
  }

  private static Map<IpnsName, SeqRanges> parseRun(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    Map<IpnsName, SeqRanges> run = new LinkedHashMap<>();
    while (in.remaining() > 0) {
      IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
      long length = in.varint();
      if (length > in.remaining()) throw new MalformedException("a run is cut short");
      run.put(log, SeqRanges.parse(in.bytes((int) length), RANGES_MAX));
    }
    return run;
  }

  private void putRun(long number, Map<IpnsName, SeqRanges> run) {
    ByteWriter out = new ByteWriter();
    run.forEach(
        (log, ranges) -> {
          byte[] encoded = ranges.encode();
          out.bytes(log.key()).varint(encoded.length).bytes(encoded);
        });
    book.putValue(runKey(number), out.toByteArray());
  }
}
