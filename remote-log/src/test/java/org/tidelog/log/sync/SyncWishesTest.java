package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

/** Who wants part of what there is, has part of it, or cannot read it. */
class SyncWishesTest {
  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);
  private final IpnsName log = TestLogs.name(1);
  private final Random random = new Random(1);

  private static TestLink sync(TestDevice a, TestDevice b) {
    TestLink link = new TestLink(a, b).run();
    assertThat(link.closed()).isEmpty();
    assertThat(link.initiator.isSettled()).as("%s", link).isTrue();
    assertThat(link.responder.isSettled()).as("%s", link).isTrue();
    return link;
  }

  private static List<NewEntry> plain(int first, int count) {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      EntryKind kind = i == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      entries.add(NewEntry.plain(kind, TestLogs.NOW + i, new byte[200]));
    }
    return entries;
  }

  @Test
  void bringTheLastEntriesOnly() {
    one.append(1, plain(0, 3_000));
    other.wish = Wish.newest(100);

    sync(one, other);
    one.append(1, plain(3_000, 50));
    TestLink again = sync(one, other);

    assertThat(other.held(log)).containsExactly(new SeqRange(0, 1), new SeqRange(2_900, 3_050));
    assertThat(again.bytes).isLessThan(20_000);
    assertThat(sync(other, one).bytes).isLessThan(300);
  }

  @Test
  void bringWhatIsNewSinceATime() {
    one.append(1, plain(0, 5_000));
    other.wish = Wish.since(TestLogs.NOW + 4_500);

    sync(one, other);
    TestLink again = sync(one, other);

    SeqRange newest = other.held(log).get(1);
    assertThat(newest.from()).isBetween(3_000L, 4_500L);
    assertThat(newest.to()).isEqualTo(5_000);
    assertThat(again.slices()).isZero();
  }

  @Test
  void bringTheRestOnceMoreIsWanted() {
    one.append(1, plain(0, 3_000));
    other.wish = Wish.newest(10);
    sync(one, other);
    other.wish = Wish.ALL;

    sync(other, one);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void bringNothingOfALogThatIsNotWantedOrNotAdmitted() {
    one.append(1, plain(0, 10));
    one.append(2, plain(0, 10));
    other.admitted = name -> !name.equals(log);
    sync(one, other);
    assertThat(other.store.logs()).containsExactly(TestLogs.name(2));

    TestDevice third = new TestDevice(3);
    third.wish = Wish.NOTHING;
    sync(one, third);
    assertThat(third.store.logs()).isEmpty();
  }

  @Test
  void staysWithinTheBudget() {
    one.append(1, plain(0, 5_000));
    other.limits = new SyncLimits(SyncLimits.WINDOW_BYTES_MIN, 400_000, true);

    TestLink link = sync(one, other);

    long taken = link.sent.get(FrameKind.SLICE)[1];
    assertThat(taken).isBetween(390_000L, 402_000L);
    sync(one, other);
    sync(one, other);
    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void namesWhatThePeerHasNot() {
    one.append(1, plain(0, 3_000));
    other.wish = Wish.newest(100);
    sync(one, other);
    TestDevice third = new TestDevice(3);
    third.wish = Wish.newest(200);
    sync(one, third);
    third.wish = Wish.ALL;

    TestLink link = sync(third, other);

    assertThat(link.told)
        .contains(
            new SyncEffect.Missing(third.id(), log, SeqRanges.none().with(new SeqRange(1, 2_800))));
  }

  @Test
  void goThroughAHelperThatKnowsTheBlindKeyOnly() {
    TestDevice helper = new TestDevice(9);
    helper.keys = List.of(FindKey.of(TestDevice.SECRET).blind());
    one.append(1, random, 300, 1_000);

    sync(one, helper);
    sync(helper, other);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void tellNothingToWhoKnowsNoTopic() {
    TestDevice stranger = new TestDevice(9);
    stranger.keys = List.of(FindKey.of(new byte[] {9}));
    one.append(1, random, 3, 100);

    TestLink link = sync(stranger, one);

    assertThat(link.sent).containsOnlyKeys(FrameKind.HELLO, FrameKind.PROVE);
    assertThat(sync(one, stranger).sent).containsOnlyKeys(FrameKind.HELLO, FrameKind.PROVE);
  }

  @Test
  void neverBringAPayloadThatADeletionNames() {
    one.append(1, plain(0, 10));
    byte[] gone = Deletion.encode(SeqRanges.none().with(new SeqRange(3, 5)));
    one.append(1, List.of(NewEntry.plain(EntryKind.DELETE, TestLogs.NOW + 10, gone)));

    sync(one, other);

    List<Entry> entries = new ArrayList<>();
    other.store.slices(log, 0, 11, 1 << 20).forEach(s -> entries.addAll(s.entries(log)));
    assertThat(entries.get(2).payload()).isPresent();
    assertThat(entries.get(3).payload()).isEmpty();
    assertThat(entries.get(4).payload()).isEmpty();
  }
}
