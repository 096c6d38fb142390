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
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
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

  private final Core core;
  private final String label;
  private final ReadQuery query;
  private final ToLongFunction<IpnsName> begin;
  private final Deque<ReadEntry> ready = new ArrayDeque<>();
  private final Map<IpnsName, EntryView> views = new HashMap<>();
  private @Nullable CausalMerge merge;

  Reading(Core core, String label, ReadQuery query) {
    this(core, label, query, name -> 0);
  }

  /**
   * Passes over the beginning of each log unread.
   *
   * @param begin the position to begin at
   */
  Reading(Core core, String label, ReadQuery query, ToLongFunction<IpnsName> begin) {
    this.core = core;
    this.label = label;
    this.query = query;
    this.begin = begin;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) core.locked(this::fill);
    return !ready.isEmpty();
  }

  @Override
  public ReadEntry next() {
    if (!hasNext()) throw new NoSuchElementException();
    return ready.remove();
  }

  @Override
  public void close() {
    ready.clear();
  }

  private void fill() {
    CausalMerge entries = merge;
    if (entries == null) {
      entries = new CausalMerge(sources());
      merge = entries;
      core.book.commit();
    }
    boolean all = query.last().isPresent();
    while (entries.hasNext() && (all || ready.size() < STEP)) {
      LogEntry entry = entries.next();
      EntryView view = view(entry.log());
      if (!wanted(entry, view)) continue;
      ready.add(view.show(entry));
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

  private EntryView view(IpnsName log) {
    return views.computeIfAbsent(log, name -> new EntryView(core, label, name));
  }

  private Map<IpnsName, CausalMerge.Source> sources() {
    Map<IpnsName, CausalMerge.Source> sources = new LinkedHashMap<>();
    List<IpnsName> names =
        query.log().isPresent() ? List.of(query.log().get()) : conversation(core, label);
    for (IpnsName name : names) {
      SeqRanges held = core.store.log(name).map(StoredLog::held).orElse(SeqRanges.none());
      long from = begin.applyAsLong(name);
      if (held.end() <= from) continue;
      AliasTable aliases = new LogAliases(core).table(label, name, held);
      SeqRanges coming = SeqRanges.of(held.within(new SeqRange(from, held.end())));
      sources.put(name, new CausalMerge.Source(new Resolved(core, name, from, aliases), coming));
    }
    return sources;
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

    Resolved(Core core, IpnsName name, long from, AliasTable aliases) {
      this.entries = new Entries(name, core.store, from, Limits.SEQ_MAX);
      this.aliases = aliases;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public LogEntry next() {
      Entry entry = entries.next();
      return new LogEntry(entry, aliases.resolve(entry));
    }
  }
}
