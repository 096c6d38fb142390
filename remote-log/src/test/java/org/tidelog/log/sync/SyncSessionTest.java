package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.log.TestLogs;
import org.tidelog.log.memory.MemorySyncNotes;

class SyncSessionTest {
  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);
  private final Random random = new Random(1);

  private TestLink sync() {
    TestLink link = new TestLink(one, other).run();
    assertThat(link.closed()).isEmpty();
    assertThat(link.initiator.isSettled()).as("initiator settled: %s", link).isTrue();
    assertThat(link.responder.isSettled()).as("responder settled: %s", link).isTrue();
    return link;
  }

  @Test
  void bringsOverWhatEitherLacks() {
    for (int seed = 1; seed <= 6; seed++) {
      (seed % 2 == 0 ? one : other).append(seed, random, 1 + random.nextInt(200), 3_000);
    }

    TestLink link = sync();

    assertThat(one.contents()).isEqualTo(other.contents()).hasSize(6);
    assertThat(link.told).hasAtLeastOneElementOfType(SyncEffect.Stored.class);
  }

  @Test
  void saysNothingTwice() {
    one.append(1, random, 20, 100);
    sync();

    TestLink again = sync();

    assertThat(again.slices()).isZero();
    assertThat(again.bytes).isLessThan(200);
  }

  @Test
  void pushesWhileConnected() {
    one.append(1, random, 20, 100);
    TestLink link = sync();
    long before = link.bytes;
    int trips = link.trips;

    one.append(1, random, 1, 10);
    link.initiator.onChanged(TestLogs.name(1), TestLogs.NOW);
    link.run();

    assertThat(one.contents()).isEqualTo(other.contents());
    assertThat(link.trips - trips).isEqualTo(2);
    assertThat(link.bytes - before).isLessThan(400);
  }

  @Test
  void findsWhatChangedByASketchWhereNothingIsRemembered() {
    for (int seed = 1; seed <= 40; seed++) {
      one.append(seed, random, 2, 50);
    }
    sync();
    other.append(50, random, 3, 50);
    one.append(3, random, 1, 50);
    other.notes = new MemorySyncNotes();
    one.notes = other.notes;

    TestLink link = sync();

    assertThat(link.sent).containsKeys(FrameKind.SKETCH, FrameKind.REVEAL);
    assertThat(link.slices()).isEqualTo(2);
    assertThat(one.contents()).isEqualTo(other.contents()).hasSize(41);
  }

  @Test
  void listsTheLogsWhereASketchWouldBeLonger() {
    for (int seed = 1; seed <= 120; seed++) {
      (seed % 3 == 0 ? one : other).append(seed, random, 2, 50);
    }

    sync();

    assertThat(one.contents()).isEqualTo(other.contents()).hasSize(120);
  }

  @Test
  void convergesWhateverIsThere() {
    for (int seed = 0; seed < 200; seed++) {
      property(seed);
    }
  }

  private static void property(int seed) {
    Random random = new Random(seed);
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    for (int round = 0; round < 4; round++) {
      for (int i = random.nextInt(6); i > 0; i--) {
        int log = 1 + random.nextInt(30);
        int bytes = random.nextInt(10) == 0 ? 200_000 : 300;
        (log % 2 == 0 ? one : other).append(log, random, 1 + random.nextInt(60), bytes);
      }
      boolean swapped = random.nextBoolean();
      TestLink link = swapped ? new TestLink(other, one) : new TestLink(one, other);
      link.cuts = new Random(seed);
      if (random.nextInt(4) == 0) one.notes = new MemorySyncNotes();
      link.framesMax = random.nextInt(3) == 0 ? random.nextInt(20) : Integer.MAX_VALUE;
      link.run();
      assertThat(link.closed()).as("seed %s", seed).isEmpty();
      if (link.framesMax < Integer.MAX_VALUE) continue;
      assertThat(one.contents()).as("seed %s", seed).isEqualTo(other.contents());
      assertThat(link.initiator.isSettled()).as("seed %s: %s", seed, link).isTrue();
      assertThat(link.responder.isSettled()).as("seed %s: %s", seed, link).isTrue();
    }
  }
}
