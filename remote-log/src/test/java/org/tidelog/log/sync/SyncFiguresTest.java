package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.memory.MemorySyncNotes;

/** What the talk costs, itemised: the figures that documents quote are printed here. */
class SyncFiguresTest {
  private static final int LOGS = 10_000;

  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);

  private static void append(TestDevice device, int log, int bytes) {
    EntryKind kind = device.log(log).size() == 0 ? EntryKind.GENESIS : EntryKind.DATA;
    device.append(log, List.of(NewEntry.plain(kind, TestLogs.NOW, new byte[bytes])));
  }

  private TestLink sync(String what) {
    long began = System.nanoTime();
    TestLink link = new TestLink(one, other).run();
    long millis = (System.nanoTime() - began) / 1_000_000;
    assertThat(link.closed()).isEmpty();
    assertThat(link.initiator.isSettled()).isTrue();
    assertThat(link.responder.isSettled()).isTrue();
    assertThat(one.logs.fingerprint()).isEqualTo(other.logs.fingerprint());
    System.out.println("[sync] " + what + ": " + link.itemised() + ", " + millis + " ms");
    return link;
  }

  @BeforeEach
  void begin() {
    append(one, 1, 50);
  }

  @Test
  void tenThousandLogs() {
    for (int log = 1; log <= LOGS; log++) {
      append(one, log, 50);
    }
    sync("10,000 logs, all new");
    TestLink none = sync("10,000 logs, none changed");
    changeThree(other, 77);
    TestLink theirs = sync("10,000 logs, 3 changed at the responder, last state known");
    changeThree(one, 78);
    TestLink ours = sync("10,000 logs, 3 changed at the initiator, last state known");
    one.notes = new MemorySyncNotes();
    changeThree(other, 77);
    TestLink forgotten = sync("10,000 logs, 3 changed at the responder, initiator knows nothing");
    one.notes = new MemorySyncNotes();
    other.notes = new MemorySyncNotes();
    changeThree(one, 78);
    TestLink unknown = sync("10,000 logs, 3 changed at the initiator, nobody knows anything");

    assertThat(none.bytes).isLessThan(200);
    for (TestLink known : List.of(theirs, ours)) {
      assertThat(known.bytes).isLessThanOrEqualTo(1_024);
      assertThat(known.roundTrips()).isLessThanOrEqualTo(2);
    }
    for (TestLink lost : List.of(forgotten, unknown)) {
      assertThat(lost.bytes).isLessThanOrEqualTo(3 * 1_024);
      assertThat(lost.roundTrips()).isLessThanOrEqualTo(3);
    }
  }

  private static void changeThree(TestDevice device, int first) {
    for (int i = 0; i < 3; i++) {
      append(device, first + i * 3_000, 50);
    }
  }

  @Test
  void oneEntry() {
    sync("one log, new");
    append(one, 1, 100);
    TestLink link = sync("one entry of 100 bytes, last state known");

    append(one, 1, 100);
    IpnsName log = TestLogs.name(1);
    long before = link.bytes;
    link.initiator.onChanged(log, TestLogs.NOW);
    link.run();

    System.out.println("[sync] one entry of 100 bytes while connected: " + (link.bytes - before));
    assertThat(link.bytes - before).isLessThan(250);
    assertThat(other.contents()).isEqualTo(one.contents());
  }
}
