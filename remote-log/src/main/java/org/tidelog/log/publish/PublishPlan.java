package org.tidelog.log.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.PagePlan;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.StoredSlice;

/**
 * Which pages a log is to have at a size, which of them stand already, and from where entries ride
 * in the record.
 *
 * @param slots one a page, by ordinal
 * @param paged entries that are in pages
 */
record PublishPlan(List<Slot> slots, long paged) {
  /** Reading weights takes entries in steps of about this many bytes. */
  private static final long READ_BYTES = 4 * 1024 * 1024;

  /** A page as it is to be, and the block that is it already. */
  record Slot(PagePlan.Extent extent, Optional<PublishedBlock> standing) {}

  /**
   * @param dropped positions whose payloads went since the last publication: their pages are built
   *     again
   */
  static PublishPlan of(
      IpnsName log, LogStore store, PageLimits limits, long size, SeqRanges dropped) {
    List<PublishedBlock> before = store.published(log, 0, 0);
    int settled = 0;
    for (int i = 0; i < before.size(); i++) {
      if (PagePlan.isSettled(before.get(i).weight())) settled = i + 1;
    }
    List<PublishedBlock> young = before.subList(settled, before.size());
    long from = before.isEmpty() ? 0 : before.get(before.size() - 1).end();
    PagePlan plan =
        new PagePlan(
            limits, young.stream().map(PublishPlan::extent).collect(Collectors.toList()), from);
    weigh(log, store, size, plan);
    List<Slot> slots = new ArrayList<>();
    for (PublishedBlock page : before.subList(0, settled)) {
      slots.add(slot(extent(page), page, dropped));
    }
    Map<Long, PublishedBlock> byFirst = new HashMap<>();
    young.forEach(page -> byFirst.put(page.first(), page));
    for (PagePlan.Extent extent : plan.pages()) {
      PublishedBlock page = byFirst.get(extent.first());
      slots.add(
          page != null && page.end() == extent.end()
              ? slot(extent, page, dropped)
              : new Slot(extent, Optional.empty()));
    }
    return new PublishPlan(List.copyOf(slots), plan.tailFirst());
  }

  private static Slot slot(PagePlan.Extent extent, PublishedBlock page, SeqRanges dropped) {
    boolean touched =
        dropped.ranges().stream().anyMatch(r -> r.from() < page.end() && page.first() < r.to());
    return new Slot(extent, touched ? Optional.empty() : Optional.of(page));
  }

  private static PagePlan.Extent extent(PublishedBlock page) {
    return new PagePlan.Extent(page.first(), page.end(), page.weight());
  }

  private static void weigh(IpnsName log, LogStore store, long size, PagePlan plan) {
    while (plan.end() < size) {
      for (StoredSlice stored : store.slices(log, plan.end(), size, READ_BYTES)) {
        int[] weights = stored.slice().weights();
        for (long seq = plan.end(); seq < Math.min(size, stored.slice().end()); seq++) {
          plan.add(weights[(int) (seq - stored.slice().first())]);
        }
      }
    }
  }

  /** The same pages, all to be built: what a mirror that has lost blocks needs. */
  PublishPlan rebuilt() {
    return new PublishPlan(
        slots.stream()
            .map(slot -> new Slot(slot.extent, Optional.empty()))
            .collect(Collectors.toList()),
        paged);
  }
}
