package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.StoredLog;

/** Gathers what a cursor delivers next. Runs with the home's lock held; used once. */
final class Delivery {
  private final Core core;
  private final String label;
  private final Function<IpnsName, SeqRanges> done;
  private final int max;
  private final List<ReadEntry> entries = new ArrayList<>();
  private final Map<IpnsName, SeqRanges> positions = new LinkedHashMap<>();

  /** Entries that are here and cannot be shown yet. */
  private final TreeSet<Gap> awaited = new TreeSet<>();

  /**
   * @param done what was delivered before, by what it was read from
   */
  Delivery(Core core, String label, Function<IpnsName, SeqRanges> done, int max) {
    this.core = core;
    this.label = label;
    this.done = done;
    this.max = max;
  }

  List<ReadEntry> entries() {
    return entries;
  }

  /** What is delivered with this, control entries too, by what it was read from. */
  Map<IpnsName, SeqRanges> positions() {
    return positions;
  }

  /** Takes what comes next in causal order; false: there may be more. */
  boolean takeCausal() {
    return take(this::begin, name -> Limits.SEQ_MAX, (stream, seq) -> true);
  }

  /** Takes what comes next in the order of arrival; false: there may be more. */
  boolean takeArrived(ArrivalJournal journal) {
    for (Map<IpnsName, SeqRanges> run : journal.runs()) {
      Map<IpnsName, SeqRanges> left = new HashMap<>();
      run.forEach(
          (log, ranges) -> {
            SeqRanges rest = ArrivalJournal.without(ranges, done.apply(log));
            if (!rest.isEmpty()) left.put(log, rest);
          });
      if (!left.isEmpty() && !takeRun(left)) return false;
    }
    return takeCausal();
  }

  private boolean takeRun(Map<IpnsName, SeqRanges> run) {
    SeqRanges none = SeqRanges.none();
    return take(
        log -> run.containsKey(log) ? run.get(log).ranges().get(0).from() : Limits.SEQ_MAX,
        log -> run.getOrDefault(log, none).end(),
        (log, seq) -> run.getOrDefault(log, none).contains(seq));
  }

  private interface Wanted {
    boolean test(IpnsName stream, long seq);
  }

  private boolean take(Reading.Bound from, Reading.Bound to, Wanted wanted) {
    ReadQuery query = ReadQuery.all().withControls();
    try (Reading stream = new Reading(core, label, query, from, to)) {
      while (entries.size() < max) {
        if (!stream.hasNext()) return true;
        take(stream.next(), stream.stream(), wanted);
      }
    }
    return false;
  }

  /**
   * @param stream its log, or what stands for the second branch of that: both are delivered
   */
  private void take(ReadEntry entry, IpnsName stream, Wanted wanted) {
    long seq = entry.seq();
    if (!wanted.test(stream, seq) || done.apply(stream).contains(seq)) return;
    if (positions.getOrDefault(stream, SeqRanges.none()).contains(seq)) return;
    Optional<Gap.Reason> reason = awaits(entry);
    if (reason.isPresent()) {
      awaited.add(new Gap(entry.name(), seq, seq + 1, reason.get()));
      return;
    }
    if (entry.isData()) entries.add(entry);
    positions.merge(stream, SeqRanges.of(List.of(new SeqRange(seq, seq + 1))), SeqRanges::with);
  }

  /** Its payload may still come, or the key to it. */
  private static Optional<Gap.Reason> awaits(ReadEntry entry) {
    if (!entry.isData()) return Optional.empty();
    if (entry.state() == PayloadState.MISSING) return Optional.of(Gap.Reason.PAYLOAD);
    return entry.state() == PayloadState.SEALED ? Optional.of(Gap.Reason.KEY) : Optional.empty();
  }

  /** The first position of a log that is here and was not delivered. */
  private long begin(IpnsName stream) {
    SeqRanges delivered = done.apply(stream);
    SeqRanges here = held(core, stream);
    for (SeqRange range : here.ranges()) {
      List<SeqRange> left = delivered.gapsWithin(range);
      if (!left.isEmpty()) return left.get(0).from();
    }
    return here.end();
  }

  static SeqRanges held(Core core, IpnsName log) {
    return core.store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
  }

  /**
   * What is missing before these entries: in their logs, and in those that their authors had seen.
   */
  List<Gap> gaps() {
    Map<IpnsName, Long> ends = new HashMap<>();
    for (ReadEntry entry : entries) {
      ends.merge(entry.name(), entry.seq(), Math::max);
      for (Parent parent : entry.parents()) {
        ends.merge(parent.name(), parent.seq() + 1, Math::max);
      }
    }
    return gaps(ends);
  }

  /** All that is missing, by the newest heads. */
  List<Gap> gaps(List<LogStatus> logs) {
    Map<IpnsName, Long> ends = new HashMap<>();
    logs.forEach(log -> ends.put(log.name(), log.size()));
    return gaps(ends);
  }

  private List<Gap> gaps(Map<IpnsName, Long> ends) {
    TreeSet<Gap> gaps = new TreeSet<>();
    ends.forEach((log, end) -> gaps.addAll(absent(log, held(core, log).missingBelow(end))));
    for (Gap gap : awaited) {
      if (gap.from() < ends.getOrDefault(gap.name(), 0L)) gaps.add(gap);
    }
    return joined(gaps);
  }

  static List<Gap> absent(IpnsName log, SeqRanges missing) {
    List<Gap> gaps = new ArrayList<>();
    for (SeqRange range : missing.ranges()) {
      gaps.add(new Gap(log, range.from(), range.to(), Gap.Reason.ABSENT));
    }
    return gaps;
  }

  /** Neighbours that are missing for one reason are one gap. */
  private static List<Gap> joined(SortedSet<Gap> gaps) {
    List<Gap> joined = new ArrayList<>();
    for (Gap gap : gaps) {
      int end = joined.size() - 1;
      Gap last = end < 0 ? gap : joined.get(end);
      boolean goesOn =
          end >= 0
              && last.name().equals(gap.name())
              && last.reason() == gap.reason()
              && last.to() == gap.from();
      if (goesOn) {
        joined.set(end, new Gap(gap.name(), last.from(), gap.to(), gap.reason()));
      } else {
        joined.add(gap);
      }
    }
    return joined;
  }
}
