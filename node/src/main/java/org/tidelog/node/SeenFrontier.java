package org.tidelog.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.read.LogEntry;

/**
 * The entries of a topic that this device has seen and nobody it knows of has named yet: the parents of what it appends next. An entry stands for all
 * before it in its log and for all that it names itself, so there are as many as conversations going on at once.
 */
final class SeenFrontier {
  private final SortedMap<IpnsName, Long> newest;

  SeenFrontier(Map<IpnsName, Long> newest) {
    this.newest = new TreeMap<>(newest);
  }

  SortedMap<IpnsName, Long> newest() {
    return new TreeMap<>(newest);
  }

  boolean isEmpty() {
    return newest.isEmpty();
  }

  /** Entries up to {@code seq} of a log are here. */
  void seen(IpnsName log, long seq) {
    newest.merge(log, seq, Math::max);
  }

  /** Some entry names these as its parents. */
  void named(Collection<LogEntry.Parent> parents) {
    for (LogEntry.Parent parent : parents) {
      Long seq = newest.get(parent.log());
      if (seq != null && seq <= parent.seq()) newest.remove(parent.log());
    }
  }

  /** Takes the parents for one entry: at most {@link Limits#PARENTS_MAX}; what is left goes to the next. */
  List<LogEntry.Parent> take() {
    List<LogEntry.Parent> parents = new ArrayList<>();
    for (Map.Entry<IpnsName, Long> entry : newest.entrySet()) {
      if (parents.size() == Limits.PARENTS_MAX) break;
      parents.add(new LogEntry.Parent(entry.getKey(), entry.getValue()));
    }
    parents.forEach(parent -> newest.remove(parent.log()));
    return parents;
  }
}
