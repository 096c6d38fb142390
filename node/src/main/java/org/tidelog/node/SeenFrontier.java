package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.read.LogEntry;

/**
 * The entries of a topic that this device has seen and nobody it knows of has named yet: the
 * parents of what it appends next. An entry stands for all before it in its log and for all that it
 * names itself, so there are as many as conversations going on at once.
 */
final class SeenFrontier {
  private static final int KEY_BYTES = 32;

  private final SortedMap<IpnsName, Long> newest = new TreeMap<>();

  /** Positions that were named before they were seen. */
  private final SortedMap<IpnsName, Long> namedAhead = new TreeMap<>();

  boolean isEmpty() {
    return newest.isEmpty();
  }

  /** Entries up to {@code seq} of a log are here. */
  void seen(IpnsName log, long seq) {
    long named = namedAhead.getOrDefault(log, -1L);
    if (named <= seq) namedAhead.remove(log);
    if (named < seq) newest.merge(log, seq, Math::max);
  }

  /**
   * Some entry names this one as its parent.
   *
   * @param isHere whether it has been seen
   */
  void named(LogEntry.Parent parent, boolean isHere) {
    Long seq = newest.get(parent.log());
    if (seq != null && seq <= parent.seq()) newest.remove(parent.log());
    if (!isHere) namedAhead.merge(parent.log(), parent.seq(), Math::max);
  }

  /**
   * Takes the parents for one entry: at most {@link Limits#PARENTS_MAX}; what is left goes to the
   * next.
   */
  List<LogEntry.Parent> take() {
    List<LogEntry.Parent> parents = new ArrayList<>();
    for (Map.Entry<IpnsName, Long> entry : newest.entrySet()) {
      if (parents.size() == Limits.PARENTS_MAX) break;
      parents.add(new LogEntry.Parent(entry.getKey(), entry.getValue()));
    }
    parents.forEach(parent -> newest.remove(parent.log()));
    return parents;
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().varint(newest.size());
    newest.forEach((log, seq) -> out.bytes(log.key()).varint(seq));
    namedAhead.forEach((log, seq) -> out.bytes(log.key()).varint(seq));
    return out.toByteArray();
  }

  static SeenFrontier parse(byte[] bytes) throws MalformedException {
    SeenFrontier frontier = new SeenFrontier();
    ByteReader in = new ByteReader(bytes);
    long count = in.varint();
    for (long i = 0; in.remaining() > 0; i++) {
      SortedMap<IpnsName, Long> map = i < count ? frontier.newest : frontier.namedAhead;
      map.put(IpnsName.parse(in.bytes(KEY_BYTES)), in.varint());
    }
    return frontier;
  }
}
