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
    if (tailWeight + weight > tailWeightMax()) cutTail();
    end++;
    tailWeight += weight;
    if (tailWeight > tailWeightMax()) cutTail();
  }

  private int tailWeightMax() {
    boolean paged = tailFirst > 0;
    return paged ? limits.tailWeightMax() : limits.firstWeightMax();
  }

  private void cutTail() {
    if (tailFirst == end) return;
    Extent page = new Extent(tailFirst, end, tailWeight);
    tailFirst = end;
    tailWeight = 0;
    pages.add(page);
    while (true) {
      int run = trailing();
      if (run < 2) break;
      joinTrailing(run);
    }
    if (lastClass() == PageLimits.SETTLED) settled = pages.size();
  }

  /**
   * How many of the newest pages are to become one: smaller ones before a larger, or {@link
   * PageLimits#JOIN} of a class. So classes never rise from old to young, and none has more than
   * {@code JOIN - 1} young pages: what a root must name, and a join can hold, is bounded whatever
   * the entries are.
   */
  private int trailing() {
    int last = pages.size() - 1;
    int sizeClass = lastClass();
    int smaller = 0;
    while (last - smaller > settled && pages.get(last - smaller - 1).sizeClass() < sizeClass) {
      smaller++;
    }
    if (smaller > 0) return smaller + 1;
    int equal = 1;
    while (last - equal >= settled && pages.get(last - equal).sizeClass() == sizeClass) {
      equal++;
    }
    return equal < PageLimits.JOIN || sizeClass == PageLimits.SETTLED ? 0 : equal;
  }

  private int lastClass() {
    return pages.get(pages.size() - 1).sizeClass();
  }

  private void joinTrailing(int count) {
    List<Extent> run = pages.subList(pages.size() - count, pages.size());
    long weight = 0;
    for (Extent page : run) {
      weight += page.weight();
    }
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
