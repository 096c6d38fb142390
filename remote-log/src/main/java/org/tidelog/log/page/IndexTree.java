package org.tidelog.log.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.spi.PublishedBlock;

/**
 * The shape of the index: settled pages in groups of 64 by position, their nodes in groups of 64,
 * until eight or fewer are left for the root, which names the young pages itself. So a new page
 * rewrites the root alone, and a settled one the path above it.
 */
public final class IndexTree {
  private IndexTree() {}

  /** Whether so many blocks of a level are too many for the root to name. */
  public static boolean needsLevelOver(int blocks) {
    return blocks > PageLimits.ROOT_SUBTREES_MAX;
  }

  /** How many nodes a level has over so many blocks. */
  public static int nodesOver(int blocks) {
    return (blocks + PageLimits.FAN_OUT - 1) / PageLimits.FAN_OUT;
  }

  /** The blocks of the level below that belong to the node at {@code ordinal}. */
  public static List<PublishedBlock> childrenOf(int ordinal, List<PublishedBlock> below) {
    int from = ordinal * PageLimits.FAN_OUT;
    return below.subList(from, Math.min(below.size(), from + PageLimits.FAN_OUT));
  }

  /** Builds a node over its children; {@code make} receives its line and its bytes. */
  public static <T> T node(
      int level,
      long ordinal,
      List<PublishedBlock> children,
      BiFunction<PublishedBlock, byte[], T> make) {
    byte[] bytes = new IndexNode(children(children)).encode();
    PublishedBlock oldest = children.get(0);
    long end = children.get(children.size() - 1).end();
    List<AlignedRoots.Part> parts = new ArrayList<>();
    long weight = 0;
    for (PublishedBlock child : children) {
      parts.add(new AlignedRoots.Part(child.end(), child.roots()));
      weight += child.weight();
    }
    List<Digest> roots = AlignedRoots.join(oldest.first(), parts);
    Cid cid = Cid.sha256(Codec.DAG_CBOR, bytes);
    return make.apply(
        new PublishedBlock(
            level,
            ordinal,
            oldest.first(),
            end,
            weight,
            bytes.length,
            cid,
            oldest.previous(),
            roots),
        bytes);
  }

  /** The root over its children, with the head of the size that is paged. */
  public static IndexRoot root(Head pagedHead, List<PublishedBlock> children) {
    return new IndexRoot(pagedHead, children(children));
  }

  private static List<IndexChild> children(List<PublishedBlock> blocks) {
    List<IndexChild> children = new ArrayList<>();
    for (PublishedBlock block : blocks) {
      children.add(IndexChild.of(block));
    }
    return children;
  }
}
