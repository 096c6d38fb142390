package org.tidelog.log.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

class CausalMergeTest {
  private static final List<IpnsName> NAMES = names();

  /** Ascending, so that a smaller index is a smaller name. */
  private static List<IpnsName> names() {
    List<IpnsName> names = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) names.add(TestLogs.name(seed));
    Collections.sort(names);
    return names;
  }

  private static LogEntry entry(int log, long seq, long time, LogEntry.Parent... parents) {
    EntryHeader header =
        new EntryHeader(
            NAMES.get(log),
            seq,
            EntryKind.DATA,
            Digest.ZERO,
            time,
            0,
            0,
            List.of(),
            0,
            Digest.ZERO);
    return new LogEntry(new Entry(header, header.id(), Optional.empty()), List.of(parents));
  }

  private static LogEntry.Parent parent(int log, long seq) {
    return new LogEntry.Parent(NAMES.get(log), seq);
  }

  private static List<String> merge(List<List<LogEntry>> logs) {
    Map<IpnsName, CausalMerge.Source> sources = new LinkedHashMap<>();
    for (List<LogEntry> log : logs) {
      List<SeqRange> present = new ArrayList<>();
      log.forEach(entry -> present.add(new SeqRange(entry.seq(), entry.seq() + 1)));
      sources.put(log.get(0).log(), new CausalMerge.Source(log.iterator(), SeqRanges.of(present)));
    }
    List<String> order = new ArrayList<>();
    new CausalMerge(sources).forEachRemaining(e -> order.add(text(e)));
    return order;
  }

  private static String text(LogEntry entry) {
    return NAMES.indexOf(entry.log()) + "/" + entry.seq();
  }

  @Test
  void ordersByTimeThenNameThenPosition() {
    assertThat(
            merge(
                List.of(
                    List.of(entry(2, 0, 5), entry(2, 1, 5), entry(2, 2, 9)),
                    List.of(entry(1, 0, 5), entry(1, 1, 8)),
                    List.of(entry(0, 0, 7)))))
        .containsExactly("1/0", "2/0", "2/1", "0/0", "1/1", "2/2");
  }

  @Test
  void keepsTheOrderOfALogWhoseClockWentBack() {
    assertThat(merge(List.of(List.of(entry(0, 0, 9), entry(0, 1, 1)), List.of(entry(1, 0, 5)))))
        .containsExactly("1/0", "0/0", "0/1");
  }

  @Test
  void putsParentsBeforeChildrenWhateverTheClocksSay() {
    assertThat(
            merge(
                List.of(
                    List.of(entry(0, 0, 1, parent(1, 1)), entry(0, 1, 2)),
                    List.of(entry(1, 0, 50), entry(1, 1, 60), entry(1, 2, 70)))))
        .containsExactly("1/0", "1/1", "0/0", "0/1", "1/2");
  }

  @Test
  void waitsForNothingThatIsMissing() {
    assertThat(
            merge(
                List.of(
                    List.of(entry(0, 0, 1, parent(1, 0), parent(3, 7))), List.of(entry(1, 1, 60)))))
        .containsExactly("0/0", "1/1");
  }

  @Test
  void breaksCyclesAtTheSmallest() {
    assertThat(
            merge(
                List.of(
                    List.of(entry(0, 0, 4, parent(1, 0))),
                    List.of(entry(1, 0, 3, parent(2, 0))),
                    List.of(entry(2, 0, 5, parent(0, 0))))))
        .containsExactly("1/0", "0/0", "2/0");
    assertThat(merge(List.of(List.of(entry(0, 0, 1, parent(0, 1)), entry(0, 1, 2)))))
        .containsExactly("0/0", "0/1");
  }

  @Test
  void givesEveryReaderTheSameOrder() {
    for (int seed = 0; seed < 200; seed++) {
      List<List<LogEntry>> logs = anyLogs(new Random(seed));
      List<String> order = merge(logs);
      List<List<LogEntry>> shuffled = new ArrayList<>(logs);
      Collections.shuffle(shuffled, new Random(seed));

      assertThat(merge(shuffled)).isEqualTo(order);
      parentsComeFirst(logs, order);
    }
  }

  /** Honest authors: a parent was written earlier in real time, whatever the clocks say. */
  private static List<List<LogEntry>> anyLogs(Random random) {
    List<List<LogEntry>> logs = new ArrayList<>();
    for (int log = 0; log < NAMES.size(); log++) logs.add(new ArrayList<>());
    for (int i = 0; i < 60; i++) {
      int log = i < NAMES.size() ? i : random.nextInt(NAMES.size());
      int other = random.nextInt(NAMES.size());
      List<LogEntry.Parent> parents = new ArrayList<>();
      int seen = logs.get(other).size();
      if (other != log && seen > 0) parents.add(parent(other, random.nextInt(seen)));
      long seq = logs.get(log).size();
      logs.get(log)
          .add(entry(log, seq, random.nextInt(20), parents.toArray(new LogEntry.Parent[0])));
    }
    return logs;
  }

  private static void parentsComeFirst(List<List<LogEntry>> logs, List<String> order) {
    Set<String> shown = new HashSet<>();
    Map<String, LogEntry> byText = new LinkedHashMap<>();
    logs.forEach(log -> log.forEach(entry -> byText.put(text(entry), entry)));
    assertThat(order).hasSameSizeAs(byText.keySet());
    for (String next : order) {
      for (LogEntry.Parent parent : byText.get(next).parents()) {
        assertThat(shown).contains(NAMES.indexOf(parent.log()) + "/" + parent.seq());
      }
      shown.add(next);
    }
  }
}
