package org.tidelog.benchmarks.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.EntryStream;
import org.tidelog.node.PayloadState;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;

/**
 * Everything that anybody was ever told of some logs: which entry is where, what it says, what was
 * deleted. What contradicts it is a {@link Contradiction}.
 */
final class Ledger {
  private final Map<String, TreeMap<Long, String>> ids = new HashMap<>();
  private final Map<String, Set<Long>> acknowledged = new HashMap<>();
  private final Map<String, Map<Long, String>> texts = new HashMap<>();
  private final Map<String, Set<Long>> deleted = new HashMap<>();
  private final Map<String, String> asked = new HashMap<>();
  private final Set<String> gone = new HashSet<>();

  /** Something acknowledged is lost, or two statements cannot both be true. */
  static final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Contradiction(String what) {
      super(what);
    }
  }

  static void require(boolean holds, String what) {
    if (!holds) throw new Contradiction(what);
  }

  /** All of this, to be gone on with apart from it. */
  Ledger copy() {
    Ledger copy = new Ledger();
    ids.forEach((log, known) -> copy.ids.put(log, new TreeMap<>(known)));
    acknowledged.forEach((log, seqs) -> copy.acknowledged.put(log, new HashSet<>(seqs)));
    texts.forEach((log, known) -> copy.texts.put(log, new HashMap<>(known)));
    deleted.forEach((log, seqs) -> copy.deleted.put(log, new HashSet<>(seqs)));
    copy.asked.putAll(asked);
    copy.gone.addAll(gone);
    return copy;
  }

  /** An entry of that id is at that position of a log, for ever. */
  void seen(String log, long seq, String id) {
    String before = ids.computeIfAbsent(log, name -> new TreeMap<>()).put(seq, id);
    require(
        before == null || before.equals(id),
        "two entries at " + seq + " of " + log + ": " + before + " and " + id);
  }

  /** Somebody was told that it is durable. */
  void appended(String log, long seq, String id, String text) {
    seen(log, seq, id);
    acknowledged.computeIfAbsent(log, name -> new HashSet<>()).add(seq);
    texts.computeIfAbsent(log, name -> new HashMap<>()).put(seq, text);
  }

  /** Somebody was told that all of these are durable. */
  void imported(String log, long first, long last) {
    Set<Long> seqs = acknowledged.computeIfAbsent(log, name -> new HashSet<>());
    for (long seq = first; seq <= last; seq++) {
      seqs.add(seq);
    }
  }

  /** It was asked for, and may have been done. */
  void deleting(String log, long seq) {
    String text = texts.getOrDefault(log, new HashMap<>()).remove(seq);
    if (text != null) asked.put(log + " " + seq, text);
  }

  void deleted(String log, long seq) {
    deleted.computeIfAbsent(log, name -> new HashSet<>()).add(seq);
    String text = asked.get(log + " " + seq);
    if (text != null) gone.add(text);
  }

  /** What deleted entries said: it must be nowhere. */
  Set<String> gone() {
    return gone;
  }

  /** Positions that were deleted, and not only asked to be. */
  boolean isDeleted(String log, long seq) {
    return deleted.getOrDefault(log, Set.of()).contains(seq);
  }

  /** Takes in what a process has said before it was killed. */
  void hear(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", 6);
      if (line.startsWith("ack appended ")) {
        appended(words[2], Long.parseLong(words[3]), words[4], words[5]);
      } else if (line.startsWith("ack imported ")) {
        imported(words[2], Long.parseLong(words[3]), Long.parseLong(words[4]));
      } else if (line.startsWith("begin delete ")) {
        deleting(words[2], Long.parseLong(words[3]));
      } else if (line.startsWith("ack deleted ")) {
        deleted(words[2], Long.parseLong(words[3]));
      }
    }
  }

  /** Whether it is a log whose entries were shown or acknowledged. */
  boolean knows(String log) {
    return ids.containsKey(log);
  }

  /** Whether somebody was told here of an entry in a log of theirs that they do not have. */
  boolean addsTo(Ledger original) {
    return original.ids.entrySet().stream()
        .anyMatch(
            log -> ids.getOrDefault(log.getKey(), new TreeMap<>()).size() > log.getValue().size());
  }

  long entries() {
    return ids.values().stream().mapToLong(Map::size).sum();
  }

  /** The id at the end of a log of that size; null where nobody was told. */
  @Nullable String lastOf(String log, long size) {
    return ids.getOrDefault(log, new TreeMap<>()).get(size - 1);
  }

  /**
   * Compares what a home shows with what is known, and learns from it.
   *
   * @param whole whether all that was acknowledged has to be here, and all that was deleted be
   *     gone; a reader may not have been told yet
   */
  void compare(Tidelog home, boolean whole) {
    Map<String, Set<Long>> here = new HashMap<>();
    for (Topic topic : home.topics()) {
      try (EntryStream entries = topic.read(ReadQuery.all().withControls())) {
        while (entries.hasNext()) {
          ReadEntry entry = entries.next();
          String log = entry.name().text();
          seen(log, entry.seq(), entry.id().hex());
          here.computeIfAbsent(log, name -> new HashSet<>()).add(entry.seq());
          payload(log, entry, whole);
        }
      }
    }
    if (!whole) return;
    acknowledged.forEach(
        (log, seqs) -> {
          Set<Long> lost = new HashSet<>(seqs);
          lost.removeAll(here.getOrDefault(log, Set.of()));
          require(lost.isEmpty(), "acknowledged and lost: " + lost + " of " + log);
        });
  }

  private void payload(String log, ReadEntry entry, boolean whole) {
    String where = entry.seq() + " of " + log;
    if (whole && isDeleted(log, entry.seq())) {
      require(entry.state() == PayloadState.DELETED, "deleted and " + entry.state() + ": " + where);
    }
    String text = texts.getOrDefault(log, Map.of()).get(entry.seq());
    if (text == null || entry.isLarge()) return;
    require(
        entry.state() == PayloadState.PRESENT, entry.state() + " without being asked: " + where);
    require(entry.text().orElse("").startsWith(text), "another text than was appended: " + where);
  }
}
