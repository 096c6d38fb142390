package org.tidelog.log.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;

class AlignedRootsTest {
  private static final int SIZE_MAX = 64;

  private final NaiveMerkle naive = NaiveMerkle.ofSize(SIZE_MAX);

  @Test
  void areThoseOfTheMaximalAlignedSubtreesOfEveryRange() {
    for (int from = 0; from <= SIZE_MAX; from++) {
      for (int to = from; to <= SIZE_MAX; to++) {
        List<Digest> roots = AlignedRoots.of(from, naive.leaves().subList(from, to));

        assertThat(roots).isEqualTo(naive.roots(from, to));
        assertThat(AlignedRoots.heights(from, to)).hasSize(roots.size());
      }
    }
  }

  @Test
  void areTheSameWhereverARangeIsCut() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      int from = random.nextInt(SIZE_MAX);
      int to = from + 1 + random.nextInt(SIZE_MAX - from);

      assertThat(AlignedRoots.join(from, parts(random, from, to))).isEqualTo(naive.roots(from, to));
    }
  }

  private List<AlignedRoots.Part> parts(Random random, int from, int to) {
    List<AlignedRoots.Part> parts = new ArrayList<>();
    for (int at = from; at < to; ) {
      int end = at + 1 + random.nextInt(to - at);
      parts.add(new AlignedRoots.Part(end, naive.roots(at, end)));
      at = end;
    }
    return parts;
  }

  @Test
  void coverRangesOfAnySizeWithAtMostTwoOfAHeight() {
    Random random = new Random(2);
    for (int round = 0; round < 10_000; round++) {
      long from = random.nextLong() >>> (24 + random.nextInt(40));
      long to = from + (random.nextLong() >>> (24 + random.nextInt(40)));

      int[] heights = AlignedRoots.heights(from, to);

      long at = from;
      for (int height : heights) {
        assertThat(at % (1L << height)).isZero();
        at += 1L << height;
      }
      assertThat(at).isEqualTo(to);
      assertThat(Arrays.stream(heights).filter(h -> h == heights[0]).count())
          .isLessThanOrEqualTo(2);
      assertThat(heights.length).isLessThanOrEqualTo(2 * 41);
    }
  }

  @Test
  void refusesRangesAndRootsThatDoNotFit() {
    assertThatThrownBy(() -> AlignedRoots.heights(-1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AlignedRoots.heights(4, 3))
        .isInstanceOf(IllegalArgumentException.class);
    AlignedRoots.Part oneRootTooFew = new AlignedRoots.Part(3, List.of(Digest.ZERO));
    assertThatThrownBy(() -> AlignedRoots.join(0, List.of(oneRootTooFew)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
