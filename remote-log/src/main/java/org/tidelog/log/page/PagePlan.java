package org.tidelog.log.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws page boundaries, one entry at a time, by the entries' weights alone: never by when one
 * published. Entries gather in the tail; when it is full it becomes a page; four pages of a size
 * class become one of the next, like an LSM tree's levels, until they are settled. Owned by one
 * thread.
 */
public final class PagePlan {
  private final PageLimits limits;
  private final List<Extent> pages = new ArrayList<>();
  private int settled;
  private long tailFirst;
  private long end;
  private long tailWeight;

  /** A planned page: entries {@code [first, end)} and their weight in bytes. */
  public record Extent(long first, long end, long weight) {
    int sizeClass() {
      return PageLimits.sizeClass(weight);
    }
  }

  /** Goes on behind pages drawn before: those that are not settled, oldest first. */
  public PagePlan(PageLimits limits, List<Extent> young, long from) {
    this.limits = limits;
    this.pages.addAll(young);
    this.tailFirst = from;
    this.end = from;
  }

  /** Whether a page is never joined with another again, whatever comes. */
  public static boolean isSettled(long weight) {
    return PageLimits.sizeClass(weight) == PageLimits.SETTLED;
  }

  /** The next entry, of the weight {@link org.tidelog.log.entry.Slice#weights()} gives. */
  public void add(int weight) {
    if (tailWeight + weight > limits.tailWeightMax()) cutTail();
    end++;
    tailWeight += weight;
    if (tailWeight > limits.tailWeightMax()) cutTail();
  }

  private void cutTail() {
    if (tailFirst == end) return;
    Extent page = new Extent(tailFirst, end, tailWeight);
    tailFirst = end;
    tailWeight = 0;
    joinTrailing(trailingBelow(page.sizeClass()));
    pages.add(page);
    settle();
    while (trailingOf(lastClass()) >= PageLimits.JOIN) {
      joinTrailing(PageLimits.JOIN);
      settle();
    }
  }

  /** Whatever stands before a settled page stays as it is. */
  private void settle() {
    if (lastClass() == PageLimits.SETTLED) settled = pages.size();
  }

  private int lastClass() {
    return pages.size() == settled ? PageLimits.SETTLED : pages.get(pages.size() - 1).sizeClass();
  }

  private int trailingBelow(int sizeClass) {
    int count = 0;
    for (int i = pages.size() - 1; i >= settled && pages.get(i).sizeClass() < sizeClass; i--) {
      count++;
    }
    return count;
  }

  private int trailingOf(int sizeClass) {
    int count = 0;
    for (int i = pages.size() - 1; i >= settled && pages.get(i).sizeClass() == sizeClass; i--) {
      count++;
    }
    return count;
  }

  private void joinTrailing(int count) {
    if (count < 2) return;
    List<Extent> run = pages.subList(pages.size() - count, pages.size());
    long weight = run.stream().mapToLong(Extent::weight).sum();
    Extent joined = new Extent(run.get(0).first(), run.get(count - 1).end(), weight);
    run.clear();
    pages.add(joined);
  }

  /** The pages drawn so far, oldest first, from the first young one that was given. */
  public List<Extent> pages() {
    return List.copyOf(pages);
  }

  /** The position from which entries ride in the record. */
  public long tailFirst() {
    return tailFirst;
  }

  /** The position after the last entry added. */
  public long end() {
    return end;
  }
}
