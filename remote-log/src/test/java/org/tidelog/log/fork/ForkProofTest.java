package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;

class ForkProofTest {
  private static final long MILLION = 1L << 20;

  private static ForkProof parsed(ForkProof proof) throws Exception {
    ForkProof parsed = ForkProof.parse(proof.encode());
    assertThat(parsed.encode()).isEqualTo(proof.encode());
    assertThat(parsed.heads()).isEqualTo(proof.heads());
    assertThat(parsed.point()).isEqualTo(proof.point());
    assertThat(parsed.log()).isEqualTo(TestForks.LOG);
    return parsed;
  }

  private static List<ForkProof> samples() {
    return List.of(
        TestForks.fork(0, 1, 1, 0),
        TestForks.fork(5, 6, 100, 2),
        TestForks.fork(1_000_000, MILLION, MILLION - 1, 0),
        TestForks.heads(7, 7),
        TestForks.heads(7, 1_000),
        TestForks.falseHead(1),
        TestForks.falseHead(77));
  }

  @Test
  void holdsAfterItWasWrittenAndRead() throws Exception {
    for (ForkProof proof : samples()) {
      assertThat(parsed(proof).problem(TestLogs.VERIFIER)).isEmpty();
    }
  }

  @Test
  void staysWithinTwoKilobytesUpToAMillionEntriesAndFourAlways() throws Exception {
    for (long size : new long[] {MILLION - 1, MILLION}) {
      for (long seq :
          new long[] {0, 1, 2, 1 << 19, (1 << 19) - 1, MILLION / 3, size - 2, size - 1}) {
        for (long other : new long[] {MILLION - 1, MILLION, seq + 1}) {
          assertThat(parsed(TestForks.fork(seq, size, Math.max(other, seq + 1), 16)).encode())
              .hasSizeLessThan(2_049);
        }
      }
      assertThat(parsed(TestForks.heads(size - 1, size)).encode()).hasSizeLessThan(2_049);
      assertThat(parsed(TestForks.falseHead(size)).encode()).hasSizeLessThan(2_049);
    }
    long most = Limits.SIZE_MAX;
    for (long seq : new long[] {0, 1, 1L << 39, (1L << 39) - 1, most / 3, most - 2, most - 1}) {
      assertThat(parsed(TestForks.fork(seq, most, most, 16)).encode())
          .hasSizeLessThanOrEqualTo(ForkProof.BYTES_MAX);
    }
    assertThat(parsed(TestForks.heads(most - 1, most)).encode()).hasSizeLessThan(4_097);
    assertThat(parsed(TestForks.falseHead(most)).encode()).hasSizeLessThan(4_097);
  }

  @Test
  void isTheSameWhicheverBranchComesFirst() {
    ForkPoint.Branch one = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    ForkPoint.Branch other = TestForks.branch(TestForks.entry(5, 3, 0), 20);

    assertThat(ForkPoint.of(one, other).encode()).isEqualTo(ForkPoint.of(other, one).encode());
    Head a = TestForks.heads(7, 7).heads().get(0);
    Head b = TestForks.heads(7, 7).heads().get(1);
    assertThat(ForkedHeads.of(a, b).encode()).isEqualTo(ForkedHeads.of(b, a).encode());
  }

  @Test
  void refusesSwappedBranches() {
    byte[] proof = TestForks.fork(0, 1, 1, 0).encode();
    int shared = 2 + 32 + 1; // Version, form, log, position.
    int half = (proof.length - shared) / 2;
    byte[] swapped = proof.clone();
    System.arraycopy(proof, shared, swapped, shared + half, half);
    System.arraycopy(proof, shared + half, swapped, shared, half);

    assertThatThrownBy(() -> ForkProof.parse(swapped))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("not in order");
  }

  @Test
  void refusesOneBranchTwice() {
    ForkPoint.Branch one = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    byte[] proof = TestForks.fork(0, 1, 1, 0).encode();
    int shared = 2 + 32 + 1;
    int half = (proof.length - shared) / 2;
    byte[] twice = proof.clone();
    System.arraycopy(proof, shared, twice, shared + half, half);

    assertThatThrownBy(() -> ForkPoint.of(one, one)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ForkProof.parse(twice)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesEntriesOfDifferentPositionsOrBehindDifferentOnes() {
    ForkPoint.Branch one = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    ForkPoint.Branch later = TestForks.branch(TestForks.entry(6, 3, 0), 10);
    ForkPoint.Branch first = TestForks.branch(TestForks.entry(0, 3, 0), 10);

    assertThatThrownBy(() -> ForkPoint.of(one, later)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ForkPoint.of(one, first)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTwoHeadsOfWhichOneContinuesTheOther() {
    Head head = TestForks.heads(7, 7).heads().get(0);
    Head restated =
        Head.sign(
            new Head.Statement(TestForks.LOG, 7, head.last(), head.root(), TestLogs.NOW + 1),
            TestForks.SIGNER);

    assertThatThrownBy(() -> ForkedHeads.of(head, restated))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAHeadThatIsRight() {
    byte[] proof = TestForks.falseHead(1).encode();
    Digest id = TestForks.entry(0, 2, 0).id();
    id.copyTo(proof, 2 + 32 + 1);

    assertThatThrownBy(() -> ForkProof.parse(proof))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("a head that is right");
  }

  @Test
  void doesNotHoldWithAForgedSignature() throws Exception {
    ForkPoint.Branch real = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    ForkPoint.Branch made = TestForks.branch(TestForks.entry(5, 3, 0), 10);
    Head forged = Head.sign(made.head().statement(), TestLogs.signer(2));
    ForkPoint proof = ForkPoint.of(real, new ForkPoint.Branch(forged, made.entry(), made.proof()));

    assertThat(parsed(proof).problem(TestLogs.VERIFIER)).isPresent();
    assertThatThrownBy(() -> ForkProof.verified(proof.encode(), TestLogs.VERIFIER))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesTheProofOfAnotherHead() {
    ForkPoint.Branch one = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    Head other = TestForks.head(10, Digest.ZERO, Sha256.hash(new byte[] {8}));

    assertThatThrownBy(() -> new ForkPoint.Branch(other, one.entry(), one.proof()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATruncatedProofAndOneWithABytesBehind() {
    for (ForkProof proof : samples()) {
      byte[] bytes = proof.encode();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> ForkProof.parse(cut)).isInstanceOf(MalformedException.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> ForkProof.parse(longer)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> ForkProof.parse(new byte[ForkProof.BYTES_MAX + 1]))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("4097 bytes");
  }

  @Test
  void noDamagedBitLeavesAProofThatHolds() {
    Random random = new Random(2);
    for (ForkProof proof : samples()) {
      byte[] bytes = proof.encode();
      for (int round = 0; round < 400; round++) {
        int bit = random.nextInt(8 * bytes.length);
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatThrownBy(() -> ForkProof.verified(damaged, TestLogs.VERIFIER))
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void takesAnyBytesWithoutCrashing() {
    Random random = new Random(1);
    List<String> crashes = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = TestLogs.bytes(random, random.nextInt(400));
      if (bytes.length > 1) {
        bytes[0] = 1;
        bytes[1] = (byte) (1 + random.nextInt(3));
      }
      try {
        ForkProof.parse(bytes);
      } catch (MalformedException e) {
        continue;
      } catch (RuntimeException e) {
        crashes.add(e.toString());
      }
    }
    assertThat(crashes).isEmpty();
  }
}
