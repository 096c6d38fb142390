package org.tidelog.log.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * The logs of one topic that are held here: their newest heads, one fingerprint of them all, and
 * which changed last. One object a topic, shared by all sessions and told of every commit, so that
 * a session over an unchanged topic reads nothing. Mutable, owned by one thread.
 */
public final class LogSet {
  /** Changes that are remembered; who is further behind is told by a sketch. */
  public static final int JOURNAL_MAX = 1_024;

  /** States that were told to somebody: as many as peers that are likely to come back. */
  private static final int MARKS_MAX = 64;

  private final int journalMax;
  private final NavigableMap<IpnsName, Held> logs = new TreeMap<>();
  private final SortedSet<IpnsName> incomplete = new TreeSet<>();
  private final SetSum sum = new SetSum();
  private final Deque<Change> journal = new ArrayDeque<>();
  private final LinkedHashMap<Fingerprint, Long> marks = new LinkedHashMap<>();
  private @Nullable Fingerprint fingerprint;
  private long counter;

  /** Up to where somebody has taken notice: later changes of one log count as one. */
  private long observed;

  /** Nothing is held yet. */
  public LogSet() {
    this(JOURNAL_MAX);
  }

  /** With a journal of another length than {@link #JOURNAL_MAX}. */
  public LogSet(int journalMax) {
    this.journalMax = journalMax;
  }

  /** These logs as the store has them. Reads each once. */
  public static LogSet of(Collection<IpnsName> logs, LogStore store) {
    LogSet set = new LogSet();
    logs.forEach(log -> set.changed(log, store));
    set.mark(); // What was last told to others may be just this.
    return set;
  }

  /**
   * What is held of a log: its newest head whose last entry is here, and whether all are.
   *
   * @param contested whether a fork of the log is proved: then that alone is compared
   */
  record Held(Head head, boolean whole, boolean contested) {
    IpnsName log() {
      return head.statement().log();
    }

    long size() {
      return head.size();
    }

    /** What it counts for in the set. */
    Digest digest() {
      return contested ? Item.contested(log()) : Item.digest(head);
    }
  }

  /** What was held of a log before it changed. */
  private record Change(IpnsName log, Optional<Held> before) {
    long sizeBefore() {
      return before.map(Held::size).orElse(0L);
    }
  }

  /** A log changed in the store, by whatever way: it is read anew. */
  public void changed(IpnsName log, LogStore store) {
    Optional<StoredLog> stored = store.log(log);
    if (!stored.isPresent()) return;
    SeqRanges held = stored.get().held();
    Optional<Head> head = head(log, stored.get());
    if (!head.isPresent()) return;
    put(head.get(), held.containsAll(new SeqRange(0, head.get().size())));
  }

  /**
   * Entries were appended to a log, and it has this head now. Saves reading it from the store.
   *
   * @param first the position of the first of them
   */
  public void appended(Head head, long first) {
    IpnsName log = head.statement().log();
    Held before = logs.get(log);
    long size = before == null ? 0 : before.size();
    boolean whole = before == null || before.whole;
    put(head, whole && first <= size);
  }

  private static Optional<Head> head(IpnsName log, StoredLog stored) {
    Optional<Head> recorded = stored.record().flatMap(record -> recorded(log, record));
    Optional<Head> kept = stored.head();
    boolean newer =
        recorded.isPresent()
            && stored.held().contains(recorded.get().size() - 1)
            && (!kept.isPresent() || kept.get().size() < recorded.get().size());
    return newer ? recorded : kept;
  }

  private static Optional<Head> recorded(IpnsName log, byte[] record) {
    try {
      return Optional.of(RemoteHead.parse(log, IpnsRecord.parse(record)).head());
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** A fork of a log is proved: from now on that is all that is compared of it. */
  public void contest(IpnsName log) {
    Held held = logs.get(log);
    if (held != null && !held.contested) put(new Held(held.head, held.whole, true));
  }

  private void put(Head head, boolean whole) {
    Held before = logs.get(head.statement().log());
    put(new Held(head, whole, before != null && before.contested));
  }

  private void put(Held held) {
    Held before = logs.put(held.log(), held);
    if (held.whole || held.contested) {
      incomplete.remove(held.log());
    } else {
      incomplete.add(held.log());
    }
    Digest digest = held.digest();
    Digest old = before == null ? Digest.ZERO : before.digest();
    if (old.equals(digest)) return;
    if (before != null) sum.remove(old);
    sum.add(digest);
    fingerprint = null;
    remember(new Change(held.log(), Optional.ofNullable(before)));
  }

  private void remember(Change change) {
    Change newest = journal.peekLast();
    if (newest != null && observed < counter && newest.log.equals(change.log)) return;
    journal.addLast(change);
    counter++;
    if (journal.size() > journalMax) journal.removeFirst();
  }

  /** How many logs are held. */
  public int size() {
    return logs.size();
  }

  /** Grows with every change; telling it makes the next change a new one. */
  long counter() {
    observed = counter;
    return counter;
  }

  /** Where a state stood that was told to somebody; empty where that is forgotten. */
  OptionalLong counterAt(Fingerprint state) {
    if (state.equals(fingerprint())) return OptionalLong.of(counter());
    Long at = marks.get(state);
    return at == null || at < counter - journal.size() ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /** The present state, from now on one that may be named as a base. */
  Fingerprint mark() {
    Fingerprint state = fingerprint();
    marks.remove(state);
    marks.put(state, counter());
    if (marks.size() > MARKS_MAX) marks.remove(marks.keySet().iterator().next());
    return state;
  }

  /** The sum of the items. */
  Digest sum() {
    return sum.total();
  }

  /** In what this differs from a set with another sum. */
  Fingerprint difference(Digest other) {
    return sum.difference(other);
  }

  Fingerprint fingerprint() {
    Fingerprint known = fingerprint;
    if (known != null) return known;
    Fingerprint made = sum.fingerprint();
    fingerprint = made;
    return made;
  }

  /**
   * The logs that changed after a counter, in the order of their first change, with the size each
   * had before; empty where that is forgotten.
   */
  Optional<Map<IpnsName, Long>> since(long at) {
    long skip = at - (counter - journal.size());
    if (skip < 0) return Optional.empty();
    Map<IpnsName, Long> changed = new LinkedHashMap<>();
    for (Change change : journal) {
      if (skip-- > 0) continue;
      changed.putIfAbsent(change.log, change.sizeBefore());
    }
    return Optional.of(changed);
  }

  /** What was held of logs before changes that are remembered: others may hold it still. */
  List<Held> earlier() {
    List<Held> earlier = new ArrayList<>();
    journal.forEach(change -> change.before.ifPresent(earlier::add));
    return earlier;
  }

  Optional<Held> held(IpnsName log) {
    return Optional.ofNullable(logs.get(log));
  }

  /** All that is held, ascending by name. */
  Collection<Held> all() {
    return logs.values();
  }

  /** Logs with entries missing below their heads. */
  SortedSet<IpnsName> incomplete() {
    return incomplete;
  }
}
