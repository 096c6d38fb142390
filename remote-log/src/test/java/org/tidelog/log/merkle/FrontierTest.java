package org.tidelog.log.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;

class FrontierTest {
  private static final int SIZE_MAX = 64;

  private final NaiveMerkle naive = NaiveMerkle.ofSize(SIZE_MAX);

  @Test
  void hasTheRootOfItsLeavesAtEverySize() {
    Frontier frontier = Frontier.empty();

    for (int size = 1; size <= SIZE_MAX; size++) {
      frontier.append(naive.leaves().get(size - 1));

      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root()).isEqualTo(naive.root(size));
      assertThat(frontier.peaks()).isEqualTo(naive.peaks(size));
    }
  }

  @Test
  void takesOverRangesInsteadOfLeaves() {
    for (int middle = 0; middle <= SIZE_MAX; middle++) {
      for (int size = Math.max(1, middle); size <= SIZE_MAX; size++) {
        Frontier frontier = Frontier.of(middle, naive.peaks(middle));

        frontier.appendRange(size, AlignedRoots.of(middle, naive.leaves().subList(middle, size)));

        assertThat(frontier.root()).isEqualTo(naive.root(size));
      }
    }
  }

  @Test
  void hasAnotherRootAtEverySizeEvenWithEqualLeaves() {
    Frontier frontier = Frontier.empty();
    List<Digest> roots = new ArrayList<>();

    for (int size = 1; size <= SIZE_MAX; size++) {
      frontier.append(Digest.ZERO);
      roots.add(frontier.root());
    }

    assertThat(roots).doesNotHaveDuplicates().doesNotContain(Digest.ZERO);
  }

  @Test
  void hasAnotherRootWhereALeafIsWhatTwoLeavesMake() {
    Digest a = naive.leaves().get(0);
    Digest b = naive.leaves().get(1);
    Frontier two = Frontier.empty();
    two.append(a);
    two.append(b);
    Frontier one = Frontier.empty();
    one.append(new Merkle().node(a, b));

    assertThat(one.root()).isNotEqualTo(two.root());
  }

  @Test
  void aCopyGoesItsOwnWay() {
    Frontier frontier = Frontier.of(5, naive.peaks(5));

    frontier.copy().append(Digest.ZERO);

    assertThat(frontier.root()).isEqualTo(naive.root(5));
  }

  @Test
  void refusesWhatDoesNotFitItsSize() {
    assertThatThrownBy(() -> Frontier.of(3, naive.peaks(4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.of(-1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.of(3, naive.peaks(3)).append(1, Digest.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.empty().appendRange(3, naive.peaks(4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.empty().root()).isInstanceOf(IllegalStateException.class);
  }
}
