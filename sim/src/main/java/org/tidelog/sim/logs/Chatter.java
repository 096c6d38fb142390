package org.tidelog.sim.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.sim.world.Topic;

/**
 * What everybody in a run may know from the beginning, as from an invitation, and what only the run
 * knows: which message each entry is, and how many deliveries are still to come of what a device
 * has written. One thread.
 */
final class Chatter {
  private final Map<Integer, List<IpnsName>> logs = new HashMap<>();
  private final Map<IpnsName, Written> written = new HashMap<>();
  private final Map<Integer, Long> awaited = new HashMap<>();

  /** The messages of a log, by position. */
  private record Written(int device, NavigableMap<Long, Integer> messages) {}

  /** The logs of a topic: those of all its members. */
  List<IpnsName> logs(Topic topic) {
    return logs.computeIfAbsent(topic.id(), id -> new ArrayList<>());
  }

  void onWritten(IpnsName log, long seq, int message, int device, int recipients) {
    Written known = written.computeIfAbsent(log, name -> new Written(device, new TreeMap<>()));
    known.messages.put(seq, message);
    awaited.merge(device, (long) recipients, Long::sum);
  }

  /** A device has been given these entries of a log. */
  void onDelivered(IpnsName log, SeqRange range) {
    @Nullable Written known = written.get(log);
    if (known == null) return;
    long came = messages(known, range).size();
    awaited.merge(known.device, -came, Long::sum);
  }

  boolean isAllDelivered(int device) {
    return awaited.getOrDefault(device, 0L) == 0;
  }

  private static NavigableMap<Long, Integer> messages(Written known, SeqRange range) {
    return known.messages.subMap(range.from(), true, range.to(), false);
  }
}
