package org.tidelog.replicator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
public final class SeenFrontier {
  private static final int KEY_BYTES = 32;

  private final SortedMap<IpnsName, Long> newest = new TreeMap<>();

  /** Positions that were named before they were seen. */
  private final SortedMap<IpnsName, Long> namedAhead = new TreeMap<>();

  /** Logs of which something has changed since it was last remembered. */
  private final Set<IpnsName> changed = new TreeSet<>();

  public boolean isEmpty() {
    return newest.isEmpty();
  }

  /** Entries up to {@code seq} of a log are here. */
  public void seen(IpnsName log, long seq) {
    long named = namedAhead.getOrDefault(log, -1L);
    if (named <= seq) namedAhead.remove(log);
    if (named < seq) newest.merge(log, seq, Math::max);
    changed.add(log);
  }

  /**
   * Some entry names this one as its parent.
   *
   * @param isHere whether it has been seen
   */
  public void named(LogEntry.Parent parent, boolean isHere) {
    Long seq = newest.get(parent.log());
    boolean isNamed = seq != null && seq <= parent.seq();
    if (isNamed) newest.remove(parent.log());
    if (!isHere) namedAhead.merge(parent.log(), parent.seq(), Math::max);
    if (isNamed || !isHere) changed.add(parent.log());
  }

  /**
   * Takes the parents for one entry: at most {@link Limits#PARENTS_MAX}; what is left goes to the
   * next.
   */
  public List<LogEntry.Parent> take() {
    List<LogEntry.Parent> parents = new ArrayList<>();
    for (Map.Entry<IpnsName, Long> entry : newest.entrySet()) {
      if (parents.size() == Limits.PARENTS_MAX) break;
      parents.add(new LogEntry.Parent(entry.getKey(), entry.getValue()));
    }
    for (LogEntry.Parent parent : parents) {
      newest.remove(parent.log());
      changed.add(parent.log());
    }
    return parents;
  }

  /**
   * What to remember of each log that has changed since the last call; empty where nothing is left
   * to remember. Each value is the newest position and the one named ahead, 0 for none and else one
   * more.
   */
  public SortedMap<IpnsName, Optional<byte[]>> takeChanges() {
    SortedMap<IpnsName, Optional<byte[]>> values = new TreeMap<>();
    for (IpnsName log : changed) {
      long seen = newest.getOrDefault(log, -1L) + 1;
      long named = namedAhead.getOrDefault(log, -1L) + 1;
      boolean gone = seen == 0 && named == 0;
      values.put(
          log,
          gone
              ? Optional.empty()
              : Optional.of(new ByteWriter().varint(seen).varint(named).toByteArray()));
    }
    changed.clear();
    return values;
  }

  /** Takes up again what {@link #takeChanges} gave. */
  public SeenFrontier put(IpnsName log, byte[] value) throws MalformedException {
    ByteReader in = new ByteReader(value);
    long seen = in.varint();
    long named = in.varint();
    in.end();
    if (seen > 0) newest.put(log, seen - 1);
    if (named > 0) namedAhead.put(log, named - 1);
    return this;
  }

  /** Reads what the first version remembered, in one value. */
  public static SeenFrontier parse(byte[] bytes) throws MalformedException {
    SeenFrontier frontier = new SeenFrontier();
    ByteReader in = new ByteReader(bytes);
    long count = in.varint();
    for (long i = 0; in.remaining() > 0; i++) {
      SortedMap<IpnsName, Long> map = i < count ? frontier.newest : frontier.namedAhead;
      IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
      map.put(log, in.varint());
      frontier.changed.add(log);
    }
    return frontier;
  }
}
