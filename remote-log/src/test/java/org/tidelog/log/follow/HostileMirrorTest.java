package org.tidelog.log.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.PublishOutcome;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredSlice;

/** Mirrors that lost, changed or swapped what they hold, and records of other times. */
class HostileMirrorTest {
  private static final long NOW = TestLogs.NOW;
  private static final long YEAR = 366L * 24 * 60 * 60 * 1_000;
  private static final long ALL = Long.MAX_VALUE / 2;

  private final TestMirror mirror = new TestMirror();
  private final TestHome home = new TestHome(1);

  private void publish(int seed, int count, int payloadMax) {
    home.appendAny(new Random(seed), count, payloadMax, NOW);
    mirror.published(home.publisher, false, NOW);
  }

  private FollowOutcome follow(MemoryLogStore reader) {
    return mirror.follow(home.name(), reader, ALL, NOW);
  }

  /** Every entry taken is the author's. */
  private void isPartOfTheLog(MemoryLogStore reader) {
    Set<String> all = new HashSet<>(home.contents());
    assertThat(all).containsAll(TestHome.contents(home.name(), reader));
  }

  @Test
  void namesMissingBlocksAndTakesTheRest() {
    for (int seed = 0; seed < 20; seed++) {
      HostileMirrorTest one = new HostileMirrorTest();
      one.publish(seed, 3_000, 1_000);
      Random random = new Random(seed);
      List<Cid> cids = one.mirror.blocks.cids();
      Cid gone = cids.get(random.nextInt(cids.size()));
      one.mirror.blocks.remove(gone);
      MemoryLogStore reader = new MemoryLogStore();

      FollowOutcome outcome = one.follow(reader);

      assertThat(outcome.findings())
          .containsExactly(
              new Finding(Finding.Kind.MISSING_BLOCK, "no layer has the block", gone.text()));
      assertThat(outcome.missing().isEmpty()).isFalse();
      one.isPartOfTheLog(reader);
      one.healedByTheAuthor(reader);
    }
  }

  private void healedByTheAuthor(MemoryLogStore reader) {
    PublishOutcome healed = mirror.published(home.publisher, true, NOW);
    assertThat(healed.blocksWritten()).isEqualTo(1);
    assertThat(follow(reader).findings()).isEmpty();
    assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
  }

  @Test
  void namesDamagedBlocksAndTakesNothingFromThem() {
    for (int seed = 0; seed < 20; seed++) {
      HostileMirrorTest one = new HostileMirrorTest();
      one.publish(seed, 3_000, 1_000);
      Random random = new Random(seed);
      List<Cid> cids = one.mirror.blocks.cids();
      Cid damaged = cids.get(random.nextInt(cids.size()));
      byte[] block = one.mirror.block(damaged, 1 << 20).get();
      block[random.nextInt(block.length)] ^= (byte) (1 << random.nextInt(8));
      one.mirror.blocks.put(damaged, block);
      MemoryLogStore reader = new MemoryLogStore();

      FollowOutcome outcome = one.follow(reader);

      assertThat(outcome.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.BAD_BLOCK);
      one.isPartOfTheLog(reader);
      one.healedByTheAuthor(reader);
    }
  }

  @Test
  void refusesADamagedRecordAndSaysSo() {
    publish(1, 40, 60);
    byte[] record = mirror.record(home.name()).get();
    Random random = new Random(1);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = record.clone();
      int bit = random.nextInt(8 * record.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      mirror.names.put(home.name(), damaged);
      MemoryLogStore reader = new MemoryLogStore();

      FollowOutcome outcome = follow(reader);

      assertThat(outcome.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.BAD_RECORD);
      assertThat(reader.logs()).isEmpty();
    }
    mirror.published(home.publisher, false, NOW);
    assertThat(mirror.record(home.name())).contains(record);
  }

  @Test
  void refusesARecordOfAnotherLog() {
    publish(1, 40, 60);
    TestHome other = new TestHome(2);
    other.appendAny(new Random(2), 5, 10, NOW);
    mirror.published(other.publisher, false, NOW);
    mirror.names.put(home.name(), mirror.record(other.name()).get());

    FollowOutcome outcome = follow(new MemoryLogStore());

    assertThat(outcome.findings())
        .containsExactly(
            new Finding(
                Finding.Kind.BAD_RECORD,
                "its signature does not verify",
                home.name().text() + " in memory"));
  }

  @Test
  void saysThatThereIsNoRecord() {
    FollowOutcome outcome = follow(new MemoryLogStore());

    assertThat(outcome.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.NO_RECORD);
    assertThat(outcome.head()).isEmpty();
    assertThat(outcome.missing().isEmpty()).isTrue();
  }

  @Test
  void anOlderRecordNeverReplacesANewer() {
    publish(1, 40, 60);
    byte[] older = mirror.record(home.name()).get();
    publish(2, 1, 60);
    MemoryLogStore reader = new MemoryLogStore();
    follow(reader);
    mirror.names.put(home.name(), older);

    FollowOutcome outcome = follow(reader);

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.head()).isEqualTo(home.log.head());
    assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
    assertThat(reader.log(home.name()).get().record().get()).isNotEqualTo(older);
  }

  @Test
  void anExpiredRecordStillYieldsItsHead() {
    publish(1, 3_000, 60);
    MemoryLogStore reader = new MemoryLogStore();

    FollowOutcome outcome = mirror.follow(home.name(), reader, ALL, NOW + YEAR);

    assertThat(outcome.head()).isEqualTo(home.log.head());
    assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
  }

  @Test
  void anExpiredRecordNeverBeatsOneThatIsNot() {
    home.appendAny(new Random(1), 5, 60, NOW + YEAR);
    mirror.published(home.publisher, false, NOW + YEAR);
    byte[] unexpired = mirror.record(home.name()).get();
    TestHome same = new TestHome(1);
    same.append(TestLogs.anyEntries(new Random(1), 0, 5, 60), NOW);
    same.appendAny(new Random(2), 2, 60, NOW);
    TestMirror elsewhere = new TestMirror();
    elsewhere.published(same.publisher, false, NOW);
    byte[] longerButExpired = elsewhere.record(home.name()).get();

    FollowOutcome outcome = offer(new MemoryLogStore(), NOW + YEAR, unexpired, longerButExpired);

    assertThat(outcome.head().get().size()).isEqualTo(5);
  }

  /** Offers records as of several layers, none of which has blocks. */
  private FollowOutcome offer(MemoryLogStore reader, long nowMillis, byte[]... records) {
    Follower follower = new Follower(home.name(), reader, TestLogs.VERIFIER);
    follower.start(1);
    follower.drain();
    List<Follower.Sourced> sourced = new ArrayList<>();
    for (byte[] record : records) sourced.add(new Follower.Sourced("layer", record));
    follower.onRecords(sourced, List.of(), nowMillis);
    return ((FollowEffect.Done) follower.drain().get(0)).outcome();
  }

  @Test
  void aHeadOfItsOwnThatIsAheadStopsAPublisher() {
    publish(1, 40, 60);
    TestHome rolledBack = new TestHome(1);
    rolledBack.append(TestLogs.anyEntries(new Random(1), 0, 40, 60).subList(0, 30), NOW);
    List<Cid> before = mirror.blocks.cids();
    Optional<byte[]> record = mirror.record(home.name());

    PublishEffect result = mirror.publish(rolledBack.publisher, false, NOW);

    assertThat(result).isEqualTo(new PublishEffect.OwnHeadAhead(home.log.head().get()));
    assertThat(mirror.blocks.cids()).isEqualTo(before);
    assertThat(mirror.record(home.name()).get()).isEqualTo(record.get());
  }

  @Test
  void anotherHeadOfItsOwnStopsAPublisherWhateverItsSize() {
    for (int size : new int[] {20, 40, 60}) {
      HostileMirrorTest one = new HostileMirrorTest();
      one.publish(1, 40, 60);
      TestHome copy = new TestHome(1);
      copy.appendAny(new Random(2), size, 60, NOW);

      PublishEffect result = one.mirror.publish(copy.publisher, false, NOW);

      assertThat(result).isInstanceOf(PublishEffect.OwnHeadAhead.class);
      assertThat(one.follow(new MemoryLogStore()).head()).isEqualTo(one.home.log.head());
    }
  }

  @Test
  void twoHomesThatShareAKeyMakeAForkWhateverTheirSizes() {
    for (int size : new int[] {25, 40, 60, 800}) {
      for (int common : new int[] {0, 10}) {
        HostileMirrorTest one = new HostileMirrorTest();
        one.home.append(TestLogs.anyEntries(new Random(9), 0, common + 1, 60), NOW);
        one.publish(1, 40, 60);
        MemoryLogStore reader = new MemoryLogStore();
        one.follow(reader);
        List<String> taken = TestHome.contents(one.home.name(), reader);
        TestHome copy = new TestHome(1);
        copy.append(TestLogs.anyEntries(new Random(9), 0, common + 1, 60), NOW);
        copy.appendAny(new Random(2), size, 60, NOW);
        TestMirror theirs = new TestMirror();
        theirs.published(copy.publisher, false, NOW);

        FollowOutcome outcome = theirs.follow(copy.name(), reader, ALL, NOW);

        assertThat(outcome.findings()).extracting(Finding::kind).contains(Finding.Kind.FORK);
        assertThat(TestHome.contents(copy.name(), reader)).containsAll(taken);
      }
    }
  }

  @Test
  void twoRecordsOfOneSizeAndOtherContentAreAFork() {
    publish(1, 10, 60);
    TestHome copy = new TestHome(1);
    copy.appendAny(new Random(2), 10, 60, NOW);
    TestMirror theirs = new TestMirror();
    theirs.published(copy.publisher, false, NOW);
    MemoryLogStore reader = new MemoryLogStore();

    FollowOutcome outcome =
        offer(reader, NOW, mirror.record(home.name()).get(), theirs.record(home.name()).get());

    assertThat(outcome.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.FORK);
    assertThat(TestHome.contents(home.name(), reader)).isIn(home.contents(), copy.contents());
    assertThat(outcome.rivals()).hasSize(1);
  }

  @Test
  void neverMixesTheBranchesOfAForkThatIsFoundLate() {
    TestHome first = new TestHome(1);
    first.appendAny(new Random(3), 2_000, 500, NOW);
    mirror.published(first.publisher, false, NOW);
    MemoryLogStore reader = new MemoryLogStore();
    mirror.follow(first.name(), reader, 30_000, NOW); // The newest only.
    TestHome copy = new TestHome(1);
    copy.appendAny(new Random(4), 3_000, 500, NOW);
    TestMirror theirs = new TestMirror();
    theirs.published(copy.publisher, false, NOW);

    FollowOutcome outcome = theirs.follow(first.name(), reader, ALL, NOW);

    assertThat(outcome.findings()).extracting(Finding::kind).contains(Finding.Kind.FORK);
    Set<String> firstBranch = new HashSet<>(first.contents());
    Set<String> otherBranch = new HashSet<>(copy.contents());
    for (StoredSlice slice : reader.slices(first.name(), 0, Long.MAX_VALUE, ALL)) {
      List<String> contents = sliceContents(slice);
      assertThat(firstBranch.containsAll(contents) || otherBranch.containsAll(contents)).isTrue();
    }
  }

  private List<String> sliceContents(StoredSlice slice) {
    MemoryLogStore one = new MemoryLogStore();
    one.commit(List.of(new LogChange(home.name()).put(slice)));
    return TestHome.contents(home.name(), one);
  }
}
