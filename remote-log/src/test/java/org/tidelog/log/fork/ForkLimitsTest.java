package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.RangeProof;

/** What stands at a bound of the format is taken in a proof, and what they say to people. */
final class ForkLimitsTest {
  private static final long LAST = Limits.TIME_MILLIS_MAX;
  private static final Digest ANY = Sha256.hash(new byte[] {1});

  private static EntryHeader entry(int which, long time, long expiry, int length) {
    return new EntryHeader(
        TestForks.LOG,
        5,
        EntryKind.DATA,
        ANY,
        time,
        expiry == 0 ? 0 : Flags.EXPIRING,
        expiry,
        List.of(),
        length,
        Sha256.hash(new byte[] {(byte) which}));
  }

  private static byte[] fork(long time, long expiry, int length) {
    return ForkPoint.of(
            TestForks.branch(entry(2, time, expiry, length), 10),
            TestForks.branch(entry(3, time, expiry, length), 12))
        .encode();
  }

  @Test
  void takesEntriesAtTheirBounds() throws Exception {
    for (byte[] proof :
        List.of(
            fork(LAST, 0, 0),
            fork(0, 0, Limits.PAYLOAD_BYTES_MAX),
            fork(LAST - 1, LAST, 0),
            fork(0, LAST, 0))) {
      assertThat(ForkProof.verified(proof, TestLogs.VERIFIER).encode()).isEqualTo(proof);
    }
    for (byte[] proof :
        List.of(
            fork(LAST + 1, 0, 0),
            fork(0, 0, Limits.PAYLOAD_BYTES_MAX + 1),
            fork(7, LAST + 1, 0),
            fork(7, 7, 0))) {
      assertThatThrownBy(() -> ForkProof.parse(proof)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void ordersHeadsOfOneRootByTheirLastId() throws Exception {
    Head one = TestForks.head(7, Sha256.hash(new byte[] {2}), ANY);
    Head other = TestForks.head(7, Sha256.hash(new byte[] {3}), ANY);
    ForkedHeads proof = ForkedHeads.of(one, other);

    assertThat(proof.encode()).isEqualTo(ForkedHeads.of(other, one).encode());
    assertThat(ForkProof.parse(proof.encode()).heads()).isEqualTo(proof.heads());
    assertThat(proof.heads().get(0).last()).isLessThan(proof.heads().get(1).last());
  }

  @Test
  void areOfOneLog() {
    Head one = TestForks.head(7, ANY, ANY);
    Head elsewhere =
        Head.sign(
            new Head.Statement(TestLogs.name(2), 7, ANY, Digest.ZERO, TestLogs.NOW),
            TestLogs.signer(2));

    assertThatThrownBy(() -> ForkedHeads.of(one, elsewhere))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sayWhatTheyShow() {
    ForkPoint point = TestForks.fork(5, 10, 12, 0);
    assertThat(point.describe()).startsWith("two entries at position 5, ").endsWith(" entries");
    assertThat(point.branches()).extracting(b -> b.head().size()).containsOnly(10L, 12L);
    assertThat(point.branches().get(0).id()).isLessThan(point.branches().get(1).id());
    assertThat(TestForks.heads(7, 7).describe()).isEqualTo("two heads of size 7");
    assertThat(TestForks.heads(7, 9).describe())
        .isEqualTo("a head of size 7 that one of size 9 does not continue");
    assertThat(TestForks.falseHead(4).describe())
        .isEqualTo("a head of size 4 whose last id and root disagree");
    assertThat(TestForks.falseHead(4).point()).hasValue(3);
  }

  @Test
  void refusesAForkBehindTheLastEntry() {
    byte[] proof = TestForks.fork(5, 6, 6, 0).encode();
    int size = 2 + 32 + 1 + 32 + 2 * 32; // Version, form, log, position, id before, two peaks.
    assertThat(proof[size]).isEqualTo((byte) 6);
    proof[size] = 5;

    assertThatThrownBy(() -> ForkProof.parse(proof))
        .isInstanceOf(MalformedException.class)
        .hasMessage("fork at 5 of 5 entries");
  }

  /** The entries before the point are in both branches, so their peaks are there once. */
  @Test
  void refusesBranchesBehindOtherEntries() {
    EntryHeader entry = entry(3, 0, 0, 0);
    RangeProof proof = RangeProof.prove(5, 6, 10, new OtherLeaves());
    Head head = TestForks.head(10, ANY, proof.rootWith(List.of(entry.id())));
    ForkPoint.Branch here = TestForks.branch(entry(2, 0, 0, 0), 10);
    ForkPoint.Branch there = new ForkPoint.Branch(head, entry, proof);

    assertThatThrownBy(() -> ForkPoint.of(here, there))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final class OtherLeaves implements RangeProof.Source {
    @Override
    public List<Digest> peaks(long size) {
      return roots(0, size);
    }

    @Override
    public List<Digest> roots(long from, long to) {
      return Collections.nCopies(AlignedRoots.heights(from, to).length, ANY);
    }
  }

  @Test
  void readsProofsOfFourKilobytes() {
    assertThatThrownBy(() -> ForkProof.parse(new byte[ForkProof.BYTES_MAX]))
        .isInstanceOf(MalformedException.class)
        .hasMessage("fork proof of version 0");
  }
}
