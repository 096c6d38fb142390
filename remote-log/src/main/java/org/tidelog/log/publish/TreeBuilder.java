package org.tidelog.log.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.page.IndexTree;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.PagePlan;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.StoredSlice;

/**
 * Builds the blocks of a log's tree one at a time, pages before nodes, so that a log of any length
 * is published in bounded memory. What stands already is taken over unread.
 */
final class TreeBuilder {
  /** Entries of a page are read in steps of about this many bytes. */
  private static final long READ_BYTES = 1024 * 1024;

  private final IpnsName log;
  private final LogStore store;
  private final PublishPlan plan;
  private final List<List<PublishedBlock>> levelsBefore;
  private final List<List<PublishedBlock>> levels = new ArrayList<>();
  private final List<PublishedBlock> built = new ArrayList<>();
  private int settled;

  TreeBuilder(IpnsName log, LogStore store, PublishPlan plan, boolean all) {
    this.log = log;
    this.store = store;
    this.plan = plan;
    this.levelsBefore = all ? List.of() : levelsBefore();
    this.levels.add(new ArrayList<>());
  }

  /** A block to be put, and its line in the published tree. */
  record Built(PublishedBlock block, byte[] bytes) {}

  private List<List<PublishedBlock>> levelsBefore() {
    List<List<PublishedBlock>> all = new ArrayList<>();
    List<PublishedBlock> level = store.published(log, 0, 0);
    while (!level.isEmpty()) {
      all.add(level);
      level = store.published(log, all.size(), 0);
    }
    return all;
  }

  /** The next block to put; empty when all pages and nodes below the root are there. */
  Optional<Built> next() {
    while (true) {
      int top = levels.size() - 1;
      if (top == 0 && levels.get(0).size() < plan.slots().size()) {
        Optional<Built> page = nextPage();
        if (page.isPresent()) return page;
        continue;
      }
      List<PublishedBlock> below = top == 0 ? List.of() : levels.get(top - 1);
      int belowCount = top == 1 ? settled : below.size();
      if (top > 0 && levels.get(top).size() < IndexTree.nodesOver(belowCount)) {
        Optional<Built> node = nextNode(top, below.subList(0, belowCount));
        if (node.isPresent()) return node;
        continue;
      }
      if (!IndexTree.needsLevelOver(top == 0 ? settled : levels.get(top).size())) {
        return Optional.empty();
      }
      levels.add(new ArrayList<>());
    }
  }

  private Optional<Built> nextPage() {
    List<PublishedBlock> pages = levels.get(0);
    PublishPlan.Slot slot = plan.slots().get(pages.size());
    Optional<Built> page =
        slot.standing().isPresent()
            ? Optional.empty()
            : Optional.of(page(pages.size(), slot.extent()));
    PublishedBlock block = page.map(Built::block).orElseGet(() -> slot.standing().get());
    boolean moved = block.ordinal() != pages.size();
    PublishedBlock placed = moved ? block.at(pages.size()) : block;
    if (page.isPresent() || moved) built.add(placed);
    pages.add(placed);
    if (PagePlan.isSettled(placed.weight())) settled = pages.size();
    return page;
  }

  private Built page(long ordinal, PagePlan.Extent extent) {
    List<Slice> slices = new ArrayList<>();
    List<Digest> ids = new ArrayList<>();
    Digest previous = null;
    SliceBuilder builder = new SliceBuilder(extent.first());
    while (builder.end() < extent.end()) {
      for (StoredSlice stored : store.slices(log, builder.end(), extent.end(), READ_BYTES)) {
        long to = Math.min(extent.end(), stored.slice().end());
        int skip = (int) (builder.end() - stored.slice().first());
        List<Digest> storedIds = stored.ids(log);
        if (previous == null)
          previous = skip == 0 ? stored.outline().previous() : storedIds.get(skip - 1);
        ids.addAll(storedIds.subList(skip, (int) (to - stored.slice().first())));
        while (stored.slice().addTo(builder, builder.end(), to) < to) {
          slices.add(builder.build());
          builder = new SliceBuilder(builder.end());
        }
      }
    }
    slices.add(builder.build());
    byte[] bytes = new Page(log, slices).encode();
    Cid cid = Cid.sha256(Codec.DAG_CBOR, bytes);
    List<Digest> roots = AlignedRoots.of(extent.first(), ids);
    PublishedBlock block =
        new PublishedBlock(
            0,
            ordinal,
            extent.first(),
            extent.end(),
            extent.weight(),
            bytes.length,
            cid,
            Objects.requireNonNull(previous),
            roots);
    return new Built(block, bytes);
  }

  private Optional<Built> nextNode(int level, List<PublishedBlock> below) {
    List<PublishedBlock> nodes = levels.get(level);
    List<PublishedBlock> children = IndexTree.childrenOf(nodes.size(), below);
    Built node = IndexTree.node(level, nodes.size(), children, Built::new);
    nodes.add(node.block());
    boolean stands =
        level < levelsBefore.size()
            && node.block().ordinal() < levelsBefore.get(level).size()
            && levelsBefore.get(level).get((int) node.block().ordinal()).equals(node.block());
    if (stands) return Optional.empty();
    built.add(node.block());
    return Optional.of(node);
  }

  /** The children of the root: the topmost nodes, then the young pages. */
  List<PublishedBlock> rootChildren() {
    int top = levels.size() - 1;
    List<PublishedBlock> pages = levels.get(0);
    List<PublishedBlock> children =
        new ArrayList<>(top == 0 ? pages.subList(0, settled) : levels.get(top));
    children.addAll(pages.subList(settled, pages.size()));
    return children;
  }

  /** Lines of the published tree that are new. */
  List<PublishedBlock> built() {
    return built;
  }

  /** All blocks of the tree, root left out. */
  List<List<PublishedBlock>> levels() {
    return levels;
  }
}
