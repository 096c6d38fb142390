package org.tidelog.log.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.log.entry.Limits;

class PagePlanTest {
  /** What an entry weighs at least and at most. */
  private static final int WEIGHT_MIN = 38;

  private static final int WEIGHT_MAX = Limits.PAYLOAD_BYTES_MAX + 250;

  /** Three of each of four classes. */
  private static final int YOUNG_MAX = 12;

  /** What may be added to weights where they become bytes: 4 of 38, and the frame of slices. */
  private static final double BYTES_PER_WEIGHT_MAX = 42.0 / 38 + 0.01;

  @Test
  void drawsTheSameBoundariesInAnyIncrements() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      PageLimits limits = limits(random);
      int[] weights = weights(random, 1 + random.nextInt(3_000));

      assertThat(inIncrements(random, limits, weights)).isEqualTo(atOnce(limits, weights));
    }
  }

  private static PageLimits limits(Random random) {
    if (random.nextBoolean()) return PageLimits.DEFAULT;
    return new PageLimits(random.nextInt(8193), random.nextInt(8193));
  }

  private static List<PagePlan.Extent> atOnce(PageLimits limits, int[] weights) {
    PagePlan plan = new PagePlan(limits, List.of(), 0);
    for (int weight : weights) plan.add(weight);
    return plan.pages();
  }

  /** As a publisher does: it keeps pages, forgets the rest, and begins anew behind the last one. */
  private static List<PagePlan.Extent> inIncrements(
      Random random, PageLimits limits, int[] weights) {
    List<PagePlan.Extent> pages = new ArrayList<>();
    int size = 0;
    while (size < weights.length) {
      size = Math.min(weights.length, size + 1 + random.nextInt(200));
      int settled = settled(pages);
      List<PagePlan.Extent> young = List.copyOf(pages.subList(settled, pages.size()));
      long from = pages.isEmpty() ? 0 : pages.get(pages.size() - 1).end();
      PagePlan plan = new PagePlan(limits, young, from);
      while (plan.end() < size) plan.add(weights[(int) plan.end()]);
      pages.subList(settled, pages.size()).clear();
      pages.addAll(plan.pages());
    }
    return pages;
  }

  private static int settled(List<PagePlan.Extent> pages) {
    int settled = 0;
    for (int i = 0; i < pages.size(); i++) {
      if (PagePlan.isSettled(pages.get(i).weight())) settled = i + 1;
    }
    return settled;
  }

  /** Logs of many kinds: all small, mixed with pictures, huge and tiny in turn. */
  private static int[] weights(Random random, int count) {
    int[] weights = new int[count];
    int large = 1 + random.nextInt(WEIGHT_MAX - WEIGHT_MIN);
    int often = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      int spread = random.nextInt(often) == 0 ? large : 160;
      weights[i] = WEIGHT_MIN + random.nextInt(spread);
    }
    return weights;
  }

  @Test
  void keepsPagesAndTheirNumberSmallWhateverTheEntriesAre() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      PageLimits limits = limits(random);
      PagePlan plan = new PagePlan(limits, List.of(), 0);
      int settled = 0;
      for (int weight : weights(random, 2_000)) {
        plan.add(weight);
        settled = settled(plan.pages());
        assertThat(plan.pages().size() - settled).isLessThanOrEqualTo(YOUNG_MAX);
      }
      bounded(plan.pages());
      assertThat(plan.end() - plan.tailFirst()).isLessThanOrEqualTo(8192 / WEIGHT_MIN);
    }
  }

  private static void bounded(List<PagePlan.Extent> pages) {
    long at = 0;
    for (PagePlan.Extent page : pages) {
      assertThat(page.first()).isEqualTo(at);
      assertThat(page.weight() * BYTES_PER_WEIGHT_MAX).isLessThan(Limits.PAGE_BYTES_MAX);
      at = page.end();
    }
  }

  @Test
  void joinsSmallPagesThatStandBetweenPictures() {
    PagePlan plan = new PagePlan(PageLimits.DEFAULT, List.of(), 0);

    for (int i = 0; i < 10_000; i++) {
      plan.add(i % 20 == 0 ? 40_000 : 100);
    }

    assertThat(plan.pages()).hasSizeLessThan(200);
    bounded(plan.pages());
  }

  @Test
  void keepsNoMoreInTheTailThanTheLimit() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      PageLimits limits = new PageLimits(random.nextInt(8193), random.nextInt(8193));
      PagePlan plan = new PagePlan(limits, List.of(), 0);
      int[] weights = weights(random, 500);
      for (int i = 0; i < weights.length; i++) {
        plan.add(weights[i]);
        long tail = 0;
        for (long seq = plan.tailFirst(); seq < plan.end(); seq++) tail += weights[(int) seq];
        boolean paged = plan.tailFirst() > 0;
        assertThat(paged).isEqualTo(!plan.pages().isEmpty());
        assertThat(tail)
            .isLessThanOrEqualTo(paged ? limits.tailWeightMax() : limits.firstWeightMax());
      }
    }
  }

  @Test
  void makesTheFirstPageOnlyOfALogThatIsWorthAnIndex() {
    PagePlan plan = new PagePlan(PageLimits.DEFAULT, List.of(), 0);

    for (int i = 0; i < 30; i++) plan.add(100);
    assertThat(plan.pages()).isEmpty();
    plan.add(100);
    assertThat(plan.pages()).containsExactly(new PagePlan.Extent(0, 30, 3000));
    for (int i = 0; i < 10; i++) plan.add(100);
    assertThat(plan.pages()).hasSize(2);
    assertThat(plan.tailFirst()).isEqualTo(40);
  }

  @Test
  void writesAnEntryOnceAClass() {
    long written = 0;
    long total = 0;
    PagePlan plan = new PagePlan(PageLimits.DEFAULT, List.of(), 0);
    List<PagePlan.Extent> before = plan.pages();
    for (int i = 0; i < 100_000; i++) {
      plan.add(100);
      total += 100;
      List<PagePlan.Extent> now = plan.pages();
      for (int p = now.size() - 1; p >= 0 && !before.contains(now.get(p)); p--) {
        written += now.get(p).weight();
      }
      before = now;
    }

    double times = (double) written / total;
    System.out.printf(
        "100,000 entries of 100 bytes, published one by one: pages written %.2f times over%n",
        times);
    assertThat(times).isLessThan(5.1);
  }
}
