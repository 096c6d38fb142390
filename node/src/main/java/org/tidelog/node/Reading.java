package org.tidelog.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.read.AliasTable;
import org.tidelog.log.read.CausalMerge;
import org.tidelog.log.read.Entries;
import org.tidelog.log.read.LogEntry;
import org.tidelog.log.spi.StoredLog;

/**
 * The entries of a topic in causal order, one at a time, filtered. Takes the home's lock for each
 * step, so that a long reading does not keep others out.
 */
final class Reading implements EntryStream {
  private static final int STEP = 256;

  /** So much more of a log's end is read when what was read has too few wanted entries. */
  private static final int WINDOW_GROWTH = 4;

  /** A mark is set before at least so many entries, and moved when there are as many again. */
  private static final int MARK_SLACK = 4_096;

  private final Core core;
  private final String label;
  private final ReadQuery query;
  private final Bound begin;
  private final Bound end;
  private final Deque<Shown> ready = new ArrayDeque<>();
  private final Map<IpnsName, EntryView> views = new HashMap<>();
  private int markSlack = MARK_SLACK;
  private @Nullable CausalMerge merge;
  private @Nullable IpnsName stream;

  /** An entry, and what it was read from: its log, or the second branch of that. */
  private record Shown(ReadEntry entry, IpnsName stream) {}

  /** A position in each log, or in what stands for the second branch of one. */
  interface Bound extends ToLongFunction<IpnsName> {}

  Reading(Core core, String label, ReadQuery query) {
    this(core, label, query, name -> 0, name -> Limits.SEQ_MAX);
  }

  /**
   * Reads a part of each log.
   *
   * @param begin the position to begin at
   * @param end the position to end before
   */
  Reading(Core core, String label, ReadQuery query, Bound begin, Bound end) {
    this.core = core;
    this.label = label;
    this.query = query;
    this.begin = begin;
    this.end = end;
  }

  /** Sets marks before so many entries. For tests. */
  Reading withMarkSlack(int entries) {
    markSlack = entries;
    return this;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) core.locked(this::fill);
    return !ready.isEmpty();
  }

  @Override
  public ReadEntry next() {
    if (!hasNext()) throw new NoSuchElementException();
    Shown next = ready.remove();
    stream = next.stream;
    return next.entry;
  }

  /** What the last entry was read from: its log, or a name that stands for its second branch. */
  IpnsName stream() {
    if (stream == null) throw new IllegalStateException("nothing was read yet");
    return stream;
  }

  @Override
  public void close() {
    ready.clear();
  }

  private void fill() {
    if (merge == null && query.last().isPresent()) {
      int last = query.last().getAsInt();
      if (fillFromEnd(last) || fillFromMark(last)) return;
    }
    if (merge == null) open(begin);
    take(Objects.requireNonNull(merge));
  }

  private void open(ToLongFunction<IpnsName> from) {
    merge = new CausalMerge(sources(from));
    core.book.commit();
  }

  /**
   * The newest entries of a single log, whose order is its own: its end alone is read, more and
   * more of it until there are enough.
   */
  private boolean fillFromEnd(int count) {
    List<IpnsName> written = new ArrayList<>();
    for (IpnsName name : names()) {
      if (core.forks.second(name).isPresent()) return false;
      if (!held(name).isEmpty()) written.add(name);
    }
    if (written.size() != 1) return false;
    long end = held(written.get(0)).end();
    for (long window = 2L * count + STEP; ; window *= WINDOW_GROWTH) {
      long from = Math.max(0, end - window);
      ready.clear();
      open(name -> Math.max(from, begin.applyAsLong(name)));
      take(Objects.requireNonNull(merge));
      if (ready.size() >= count || from == 0) return true;
    }
  }

  /**
   * The last entries of several logs. Any entry, however far back, may stand behind newer ones, for
   * its time or for what it had seen; so all are read once, and then what is behind a mark that was
   * set on the way. Contested logs, whose entries may be two, are read whole.
   */
  private boolean fillFromMark(int count) {
    if (query.log().isPresent()) return false;
    Map<IpnsName, SeqRanges> held = new LinkedHashMap<>();
    for (IpnsName name : names()) {
      if (core.forks.proof(name).isPresent()) return false;
      held.put(name, held(name));
    }
    Optional<OrderMark> mark = OrderMark.of(core.book, label).filter(kept -> kept.holds(held));
    boolean enough = mark.isPresent() && fillBehind(mark.get(), held, count);
    if (!enough) fillBehind(OrderMark.none(), held, count);
    return true;
  }

  /** Whether there were enough entries of which it is certain that they are the last. */
  private boolean fillBehind(OrderMark mark, Map<IpnsName, SeqRanges> held, int count) {
    long entries = held.values().stream().mapToLong(SeqRanges::count).sum();
    for (long passed : mark.passed().values()) entries -= passed;
    long slack = Math.max(markSlack, (long) WINDOW_GROWTH * count);
    OrderMarking marking = new OrderMarking(mark, entries - slack);
    CausalMerge behind = new CausalMerge(sources(mark::passed));
    Deque<LogEntry> last = new ArrayDeque<>();
    boolean certain = false;
    while (behind.hasNext()) {
      LogEntry entry = behind.next();
      marking.take(entry, behind.broken());
      certain |= entry.timeMillis() > mark.timeMillis();
      if (!certain || !wanted(entry, view(entry))) continue;
      last.add(entry);
      if (last.size() > count) last.remove();
    }
    // Only committed with something else, or when the home is closed: who reads needs no room.
    boolean worthwhile = entries > WINDOW_GROWTH * slack;
    if (worthwhile) marking.latest().ifPresent(found -> found.keep(core.book, label));
    if (last.size() < count && !mark.passed().isEmpty()) return false;
    merge = behind;
    last.forEach(entry -> ready.add(new Shown(view(entry).show(entry), entry.stream())));
    return true;
  }

  private void take(CausalMerge entries) {
    boolean all = query.last().isPresent();
    while (entries.hasNext() && (all || ready.size() < STEP)) {
      LogEntry entry = entries.next();
      EntryView view = view(entry);
      if (!wanted(entry, view)) continue;
      ready.add(new Shown(view.show(entry), entry.stream()));
      if (all && ready.size() > query.last().getAsInt()) ready.remove();
    }
  }

  private boolean wanted(LogEntry entry, EntryView view) {
    if (entry.entry().kind().isControl() && !query.controls()) return false;
    if (query.from().isPresent() && entry.seq() < query.from().getAsLong()) return false;
    if (query.since().isPresent() && entry.timeMillis() < query.since().get().toEpochMilli()) {
      return false;
    }
    return !query.author().isPresent() || query.author().get().equals(view.author());
  }

  private EntryView view(LogEntry entry) {
    IpnsName log = entry.log();
    return views.computeIfAbsent(
        entry.stream(),
        from ->
            from.equals(log)
                ? new EntryView(core, label, log)
                : new EntryView(
                    core,
                    label,
                    log,
                    core.forks.second(log).orElseThrow(AssertionError::new),
                    core.book.facts(from).deleted()));
  }

  private List<IpnsName> names() {
    return query.log().isPresent() ? List.of(query.log().get()) : conversation(core, label);
  }

  private SeqRanges held(IpnsName name) {
    return core.store.log(name).map(StoredLog::held).orElse(SeqRanges.none());
  }

  private Map<IpnsName, CausalMerge.Source> sources(ToLongFunction<IpnsName> start) {
    Map<IpnsName, CausalMerge.Source> sources = new LinkedHashMap<>();
    for (IpnsName name : names()) {
      SeqRanges held = held(name);
      core.forks.second(name).ifPresent(branch -> second(name, branch, sources));
      long from = start.applyAsLong(name);
      long to = Math.min(held.end(), end.applyAsLong(name));
      if (to <= from) continue;
      AliasTable aliases = new LogAliases(core).table(label, name, held);
      SeqRanges coming = SeqRanges.of(held.within(new SeqRange(from, to)));
      Iterator<LogEntry> entries =
          new Resolved(new Entries(name, core.store, from, end.applyAsLong(name)), aliases, name);
      sources.put(name, new CausalMerge.Source(entries, uncontested(name, coming)));
    }
    return sources;
  }

  /** What others may have seen of a log: a contested entry is one of two. */
  private SeqRanges uncontested(IpnsName name, SeqRanges coming) {
    OptionalLong point = core.forks.point(name);
    if (!point.isPresent()) return coming;
    if (point.getAsLong() == 0) return SeqRanges.none();
    return SeqRanges.of(coming.within(new SeqRange(0, point.getAsLong())));
  }

  /** Adds the entries of a log's second branch from the fork point on. */
  private void second(
      IpnsName name, BranchStore branch, Map<IpnsName, CausalMerge.Source> sources) {
    IpnsName key = BranchStore.key(name);
    long point = core.forks.point(name).orElseThrow(AssertionError::new);
    long from = Math.max(point, begin.applyAsLong(key));
    long to = end.applyAsLong(key);
    if (to <= from) return;
    AliasTable aliases = new LogAliases(core).second(label, name, branch, point);
    Optional<LogEntry.Parent> after =
        point == 0 ? Optional.empty() : Optional.of(new LogEntry.Parent(name, point - 1));
    Iterator<LogEntry> entries = new Resolved(new Entries(name, branch, from, to), aliases, key);
    sources.put(key, new CausalMerge.Source(entries, SeqRanges.none(), after));
  }

  /** The logs of a topic that people write: indexes are not read. */
  static List<IpnsName> conversation(Core core, String label) {
    List<IpnsName> names = new ArrayList<>();
    core.book
        .members(label)
        .forEach(
            (name, membership) -> {
              boolean index = core.book.facts(name).purpose().equals(Optional.of(LogPurpose.INDEX));
              if (membership.isShown() && !index) names.add(name);
            });
    return names;
  }

  /** A log's entries with their parents by name. */
  private static final class Resolved implements Iterator<LogEntry> {
    private final Iterator<Entry> entries;
    private final AliasTable aliases;
    private final IpnsName stream;

    Resolved(Iterator<Entry> entries, AliasTable aliases, IpnsName stream) {
      this.entries = entries;
      this.aliases = aliases;
      this.stream = stream;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public LogEntry next() {
      Entry entry = entries.next();
      return new LogEntry(entry, aliases.resolve(entry), stream);
    }
  }
}
