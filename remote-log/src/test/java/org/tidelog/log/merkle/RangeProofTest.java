package org.tidelog.log.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;

class RangeProofTest {
  private static final int SIZE_MAX = 64;
  private static final int HASH_BYTES = Digest.LENGTH;

  private final NaiveMerkle naive = NaiveMerkle.ofSize(SIZE_MAX);

  @Test
  void verifiesEveryRangeOfEverySize() throws Exception {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int from = 0; from <= size; from++) {
        for (int to = Math.max(1, from); to <= size; to++) {
          RangeProof proof = RangeProof.prove(from, to, size, naive);
          RangeProof read = read(from, to, size, proof.encode());

          assertThat(read.rootWith(naive.roots(from, to))).isEqualTo(naive.root(size));
          assertThat(read.prefixRoot())
              .isEqualTo(from == 0 ? Optional.empty() : Optional.of(naive.root(from)));
        }
      }
    }
  }

  private static RangeProof read(long from, long to, long size, byte[] bytes)
      throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    RangeProof proof = RangeProof.read(from, to, size, in);
    in.end();
    return proof;
  }

  @Test
  void showsThatAnEarlierHeadIsAPrefix() throws Exception {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int earlier = 1; earlier <= size; earlier++) {
        byte[] proof = RangeProof.prove(earlier, earlier, size, naive).encode();
        RangeProof read = read(earlier, earlier, size, proof);

        assertThat(read.prefixRoot()).contains(naive.root(earlier));
        assertThat(read.rootWith(List.of())).isEqualTo(naive.root(size));
      }
    }
  }

  @Test
  void doesNotVerifyWithAnyBitFlipped() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      int size = 2 + random.nextInt(SIZE_MAX - 1);
      int from = random.nextInt(size);
      int to = from + 1 + random.nextInt(size - from);
      byte[] proof = RangeProof.prove(from, to, size, naive).encode();
      if (proof.length == 0) continue;
      int bit = random.nextInt(8 * proof.length);
      proof[bit / 8] ^= (byte) (1 << bit % 8);

      Digest root = read(from, to, size, proof).rootWith(naive.roots(from, to));

      assertThat(root).isNotEqualTo(naive.root(size));
    }
  }

  @Test
  void doesNotVerifyOtherEntries() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int seq = 0; seq < size; seq++) {
        RangeProof proof = RangeProof.prove(seq, seq + 1, size, naive);

        assertThat(proof.rootWith(List.of(Digest.ZERO))).isNotEqualTo(naive.root(size));
      }
    }
  }

  @Test
  void refusesTruncatedOnes() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      byte[] proof = RangeProof.prove(size / 2, size / 2 + 1, size, naive).encode();
      int at = size / 2;
      int last = size;
      for (int length = 0; length < proof.length; length++) {
        byte[] cut = Arrays.copyOf(proof, length);
        assertThatThrownBy(() -> read(at, at + 1, last, cut))
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void neverVerifiesUnderOtherNumbers() {
    int size = 29;
    for (int from = 0; from < size; from++) {
      byte[] proof = RangeProof.prove(from, from + 1, size, naive).encode();
      List<Digest> roots = naive.roots(from, from + 1);
      for (int otherSize = 1; otherSize <= SIZE_MAX; otherSize++) {
        for (int otherFrom = 0; otherFrom < otherSize; otherFrom++) {
          if (otherSize == size && otherFrom == from) continue;
          assertThat(verifies(otherFrom, otherSize, proof, roots, naive.root(size))).isFalse();
        }
      }
    }
  }

  private static boolean verifies(
      int seq, int size, byte[] proof, List<Digest> roots, Digest expected) {
    try {
      return read(seq, seq + 1, size, proof).rootWith(roots).equals(expected);
    } catch (MalformedException e) {
      return false;
    }
  }

  @Test
  void refusesNumbersThatMakeNoRange() {
    long[][] wrong = {
      {-1, 1, 4}, {2, 1, 4}, {0, 0, 4}, {0, 5, 4}, {0, 1, RangeProof.SIZE_MAX}, {0, 1, -5},
    };
    for (long[] numbers : wrong) {
      assertThatThrownBy(() -> read(numbers[0], numbers[1], numbers[2], new byte[4096]))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(() -> RangeProof.prove(numbers[0], numbers[1], numbers[2], naive))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesAtMostTwentyOneHashesForOneOfAMillionEntries() {
    Random random = new Random(4);
    int longest = 0;
    for (int round = 0; round < 20_000; round++) {
      long size = round == 0 ? 1L << 20 : 1 + random.nextInt(1 << 20);
      long seq = Math.floorMod(random.nextLong(), size);
      int hashes = RangeProof.prove(seq, seq + 1, size, new Shapes()).encode().length / HASH_BYTES;

      assertThat(hashes).isLessThanOrEqualTo(64 - Long.numberOfLeadingZeros(size));
      longest = Math.max(longest, hashes);
    }
    assertThat(longest).isLessThanOrEqualTo(21);
  }

  /** As many hashes as there are, whatever they are. */
  private static final class Shapes implements RangeProof.Source {
    @Override
    public List<Digest> peaks(long size) {
      return Collections.nCopies(Long.bitCount(size), Digest.ZERO);
    }

    @Override
    public List<Digest> roots(long from, long to) {
      return new ArrayList<>(
          Collections.nCopies(AlignedRoots.heights(from, to).length, Digest.ZERO));
    }
  }
}
