package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.memory.MemorySyncNotes;
import org.tidelog.log.spi.LogChange;

/** Random logs, cuts, interruptions and appends, each from its seed. */
class SyncPropertyTest {
  @Test
  void threeDevicesThatAppendMeanwhileConverge() {
    for (int seed = 0; seed < 150; seed++) {
      converge(seed);
    }
  }

  private static void converge(int seed) {
    Random random = new Random(seed);
    List<TestDevice> devices = List.of(new TestDevice(1), new TestDevice(2), new TestDevice(3));
    for (int meeting = 0; meeting < 8; meeting++) {
      int a = random.nextInt(3);
      int b = (a + 1 + random.nextInt(2)) % 3;
      write(devices.get(a), a, random);
      if (random.nextInt(6) == 0) devices.get(b).notes = new MemorySyncNotes();
      meet(devices, a, b, random);
    }
    for (int round = 0; round < 2; round++) {
      for (int a = 0; a < 3; a++) {
        settle(devices.get(a), devices.get((a + 1) % 3), "seed " + seed);
      }
    }
    List<String> all = devices.get(0).contents();
    for (TestDevice device : devices) {
      assertThat(device.contents()).as("seed %s", seed).isEqualTo(all);
      assertThat(device.logs.fingerprint()).isEqualTo(devices.get(0).logs.fingerprint());
      assertThat(device.logs.incomplete()).isEmpty();
    }
  }

  /** Each device has logs of its own: those whose number leaves its place by three. */
  private static IpnsName write(TestDevice device, int place, Random random) {
    int log = 3 * (1 + random.nextInt(12)) + place;
    int bytes = random.nextInt(20) == 0 ? 100_000 : 200;
    return device.append(log, random, 1 + random.nextInt(80), bytes);
  }

  private static void meet(List<TestDevice> devices, int a, int b, Random random) {
    TestLink link = new TestLink(devices.get(a), devices.get(b));
    link.cuts = new Random(random.nextInt());
    if (random.nextBoolean()) link.framesMax = random.nextInt(30);
    for (int turn = 0; turn < 12 && link.isOpen(); turn++) {
      if (random.nextInt(3) == 0) {
        link.initiator.onChanged(write(devices.get(a), a, random), TestLogs.NOW);
      }
      if (random.nextInt(3) == 0) {
        link.responder.onChanged(write(devices.get(b), b, random), TestLogs.NOW);
      }
      if (random.nextBoolean()) link.turn(link.initiator, link.responder);
      if (random.nextBoolean()) link.turn(link.responder, link.initiator);
    }
    assertThat(link.closed()).isEmpty();
  }

  private static TestLink settle(TestDevice a, TestDevice b, String what) {
    TestLink link = new TestLink(a, b).run();
    assertThat(link.closed()).as(what).isEmpty();
    assertThat(link.initiator.isSettled()).as("%s: %s", what, link).isTrue();
    assertThat(link.responder.isSettled()).as("%s: %s", what, link).isTrue();
    return link;
  }

  @Test
  void aSliceComesTwiceAtMostOnceForEachInterruption() {
    TestDevice full = new TestDevice(1);
    full.append(1, new Random(1), 3_000, 2_000);
    full.append(2, new Random(2), 500, 2_000);
    TestLink whole = new TestLink(full, new TestDevice(2)).run();
    int frames = whole.talk.size();
    for (int cut = 1; cut < frames; cut++) {
      TestDevice empty = new TestDevice(2);
      TestLink first = new TestLink(full, empty);
      first.framesMax = cut;
      first.run();
      TestLink second = settle(full, empty, "after " + cut + " frames");

      assertThat(first.slices() + second.slices())
          .as("after %s frames", cut)
          .isLessThanOrEqualTo(whole.slices() + 1);
      assertThat(empty.contents()).isEqualTo(full.contents());
    }
  }

  @Test
  void aStoreThatWasRolledBackGetsWhatItLost() {
    Random random = new Random(5);
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    for (int log = 1; log <= 30; log++) {
      one.append(log, random, 3, 100);
    }
    settle(one, other, "first");
    List<IpnsName> before = new ArrayList<>(other.store.logs());
    for (int log = 1; log <= 30; log++) {
      one.append(log, random, 1, 100);
    }
    settle(one, other, "second");

    TestDevice back = new TestDevice(2);
    back.notes = other.notes;
    copyFirst(other, back, before);
    settle(one, back, "rolled back");

    assertThat(back.contents()).isEqualTo(one.contents());
  }

  @Test
  void whatIsRememberedOfAPeerIsComparedWithWhatItHas() {
    Random random = new Random(6);
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    for (int log = 1; log <= 30; log++) {
      one.append(log, random, 3, 100);
    }
    settle(one, other, "first");
    TestDevice back = new TestDevice(2);
    for (IpnsName log : other.store.logs()) {
      copy(other, back, log);
    }
    one.append(7, random, 1, 100);
    settle(one, other, "second");
    PeerNote note =
        new PeerNote(
            Optional.of(back.logs.mark()),
            List.of(one.logs.fingerprint()),
            Optional.empty(),
            false);
    back.notes.put(one.id, one.id(), note.encode());

    settle(back, one, "rolled back, but not what it remembers");

    assertThat(back.contents()).isEqualTo(one.contents());
  }

  @Test
  void whatIsNotAdmittedIsOfferedInEachSession() {
    Random random = new Random(7);
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    for (int log = 1; log <= 30; log++) {
      one.append(log, random, 3, 100);
    }
    IpnsName unwanted = TestLogs.name(5);
    other.admitted = log -> !log.equals(unwanted);
    settle(one, other, "first");
    one.append(6, random, 1, 100);
    settle(one, other, "second");
    one.append(7, random, 1, 100);

    TestLink third = settle(one, other, "third");

    assertThat(third.sent).containsKey(FrameKind.SKETCH);
    assertThat(other.held(TestLogs.name(7))).isEqualTo(one.held(TestLogs.name(7)));
    assertThat(other.held(unwanted)).isEmpty();
    other.admitted = log -> true;
    settle(one, other, "admitted");
    assertThat(other.contents()).isEqualTo(one.contents());
    assertThat(settle(one, other, "alike").sent).doesNotContainKey(FrameKind.SKETCH);
  }

  private static void copy(TestDevice from, TestDevice to, IpnsName log) {
    LogChange change = new LogChange(log);
    from.store.slices(log, 0, Long.MAX_VALUE, Long.MAX_VALUE).forEach(change::put);
    to.store.commit(List.of(change));
    to.logs.changed(log, to.store);
  }

  private static void copyFirst(TestDevice from, TestDevice to, List<IpnsName> logs) {
    for (IpnsName log : logs) {
      LogChange change = new LogChange(log);
      change.put(from.store.slices(log, 0, 1, 1).get(0));
      to.store.commit(List.of(change));
      to.logs.changed(log, to.store);
    }
    assertThat(to.logs.size()).isEqualTo(logs.size());
  }
}
