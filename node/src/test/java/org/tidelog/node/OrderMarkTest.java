package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;

/** The last entries of several logs, read from a mark, are those of the whole order. */
class OrderMarkTest {
  private static final int LOGS = 4;

  @TempDir Path root;
  private Core core;
  private final Random random = new Random(11);

  @BeforeEach
  void open() {
    Path home = root.resolve("home");
    Tidelog.init(home, InitOptions.defaults());
    core = Homes.open(home, TidelogOptions.defaults());
  }

  @AfterEach
  void close() {
    core.store.close();
    core.home.close();
  }

  /** A topic of logs that name each other's entries, among them some that are not there yet. */
  private final class Story {
    private final String label;
    private final List<LocalLog> logs = new ArrayList<>();
    private final boolean wild;
    private long clock = 1_000_000;

    /**
     * @param wild whether authors name what cannot have been there, and date entries as they like
     */
    Story(int number, boolean wild) {
      this.label = "topic " + number;
      this.wild = wild;
      core.book.putTopic(
          label, new TopicRecord(Optional.empty(), true, Optional.empty(), Optional.empty()));
      for (int i = 0; i < LOGS; i++) logs.add(log(number * LOGS + i));
      for (LocalLog log : logs) {
        List<IpnsName> others = new ArrayList<>();
        logs.forEach(other -> others.add(other.name()));
        others.remove(log.name());
        commit(
            log,
            List.of(
                NewEntry.plain(EntryKind.GENESIS, clock, new byte[1]),
                NewEntry.plain(EntryKind.ALIAS, clock, Aliases.encode(others))));
        core.book.putMember(label, log.name(), Membership.FOLLOWED);
      }
      core.book.commit();
    }

    private LocalLog log(int number) {
      byte[] seed = Arrays.copyOf(Sha256.hash(new byte[] {(byte) number, 1}).bytes(), 32);
      Signer signer = Ed25519.signer(seed);
      return LocalLog.open(signer, core.store);
    }

    private void commit(LocalLog log, List<NewEntry> entries) {
      LocalLog.Group group = log.prepare(entries, clock);
      core.store.commit(List.of(group.change()));
      log.committed(group);
    }

    /** Each log gets up to so many entries, or none. */
    void goOn(int entriesMax) {
      goOn(entriesMax, logs);
    }

    void goOn(int entriesMax, List<LocalLog> writers) {
      for (LocalLog log : writers) {
        List<NewEntry> entries = new ArrayList<>();
        for (int count = random.nextInt(entriesMax + 1); count > 0; count--) {
          entries.add(entry(log));
        }
        if (!entries.isEmpty()) commit(log, entries);
      }
    }

    private NewEntry entry(LocalLog log) {
      clock += random.nextInt(3);
      long time = clock + random.nextInt(60);
      if (wild && random.nextInt(100) == 0) time += random.nextInt(2_000) - 1_000;
      List<LocalLog> others = new ArrayList<>(logs);
      others.remove(log);
      List<ParentRef> parents = new ArrayList<>();
      for (int alias = 0; alias < others.size(); alias++) {
        if (log == logs.get(0) || random.nextInt(8) > 0) continue;
        long newest = others.get(alias).size() - 1;
        long seq = newest - random.nextInt(3);
        if (wild && random.nextInt(20) == 0) seq = newest + random.nextInt(6);
        parents.add(new ParentRef(alias, Math.max(0, seq)));
      }
      return new NewEntry(EntryKind.DATA, time, 0, 0, parents, new byte[] {1});
    }

    /** Two entries that name each other; nothing of the first log waits for them. */
    void turnInACircle() {
      LocalLog one = logs.get(1);
      LocalLog other = logs.get(2);
      long first = one.size();
      circleEntry(one, new ParentRef(1, other.size())); // Its table is logs 0, 2 and 3.
      circleEntry(other, new ParentRef(1, first)); // And this one's 0, 1 and 3.
    }

    private void circleEntry(LocalLog log, ParentRef parent) {
      commit(
          log, List.of(new NewEntry(EntryKind.DATA, clock, 0, 0, List.of(parent), new byte[] {1})));
    }

    List<String> read(ReadQuery query) {
      List<String> entries = new ArrayList<>();
      try (Reading reading = new Reading(core, label, query).withMarkSlack(8)) {
        while (reading.hasNext()) {
          ReadEntry entry = reading.next();
          entries.add(entry.name().shortText() + " " + entry.seq());
        }
      }
      return entries;
    }

    void assertEnds(int... counts) {
      List<String> all = read(ReadQuery.all());
      for (int last : counts) {
        assertThat(read(ReadQuery.all().withLast(last)))
            .isEqualTo(all.subList(Math.max(0, all.size() - last), all.size()));
      }
    }

    long passed() {
      return OrderMark.of(core.book, label)
          .map(mark -> mark.passed().values().stream().mapToLong(Long::longValue).sum())
          .orElse(0L);
    }

    long size() {
      return logs.stream().mapToLong(LocalLog::size).sum();
    }
  }

  @Test
  void leadsToTheEndOfTheWholeOrderHoweverItGrows() {
    int marked = 0;
    for (int i = 0; i < 12; i++) {
      Story story = new Story(i, i % 3 > 0);
      story.goOn(60);
      if (i % 3 == 2) story.turnInACircle();
      for (int round = 0; round < 25; round++) {
        story.goOn(1 + random.nextInt(round % 5 + 2));
        story.assertEnds(1 + random.nextInt(40), random.nextInt(3));
      }
      story.assertEnds(0, 1, 3, 10, 40, 1_000);
      if (story.passed() > 0) marked++;
    }
    assertThat(marked).isGreaterThan(6);
  }

  /** What waits in a circle comes after all that does not, however much later that is written. */
  @Test
  void isNeverSetBehindABrokenCircle() {
    Story story = new Story(50, false);
    story.goOn(60);
    long before = story.size();
    story.turnInACircle();
    for (int round = 0; round < 10; round++) {
      story.goOn(20, story.logs.subList(1, LOGS));
    }
    story.assertEnds(3);
    assertThat(story.passed()).isBetween(1L, before);

    story.goOn(20, story.logs.subList(0, 1));
    story.assertEnds(3);
    story.assertEnds(3);
  }

  @Test
  void movesOnWithTheTopic() {
    Story story = new Story(60, false);
    for (int round = 0; round < 5; round++) {
      story.goOn(100);
      story.assertEnds(1);
      assertThat(story.size() - story.passed()).isLessThan(100);
    }
  }

  @Test
  void holdsWhileNothingOfItIsGoneAndNothingOfWhatWasMissingHasCome() {
    IpnsName one = name(1);
    IpnsName other = name(2);
    OrderMark mark =
        new OrderMark(7, new TreeMap<>(Map.of(one, 5L)), new TreeMap<>(Map.of(other, 3L)));

    assertThat(mark.holds(held(one, 0, 5))).isTrue();
    assertThat(mark.holds(held(one, 0, 9, other, 0, 3))).isTrue();
    assertThat(mark.holds(held(one, 0, 5, other, 0, 4))).isFalse();
    assertThat(mark.holds(held(one, 0, 5, other, 8, 9))).isFalse();
    assertThat(mark.holds(held(one, 0, 4))).isFalse();
    assertThat(mark.holds(held(one, 1, 9))).isFalse();
    assertThat(mark.holds(Map.of())).isFalse();
  }

  @Test
  void isReadAsItWasKept() throws Exception {
    OrderMark mark =
        new OrderMark(
            7, new TreeMap<>(Map.of(name(1), 5L, name(2), 1L)), new TreeMap<>(Map.of(name(3), 0L)));

    assertThat(OrderMark.parse(mark.encode())).isEqualTo(mark);
  }

  private static IpnsName name(int number) {
    return IpnsName.of(Sha256.hash(new byte[] {(byte) number}).bytes());
  }

  private static Map<IpnsName, SeqRanges> held(Object... logs) {
    Map<IpnsName, SeqRanges> held = new LinkedHashMap<>();
    for (int i = 0; i < logs.length; i += 3) {
      SeqRange range = new SeqRange((int) logs[i + 1], (int) logs[i + 2]);
      held.put((IpnsName) logs[i], SeqRanges.of(List.of(range)));
    }
    return held;
  }
}
