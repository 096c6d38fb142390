package org.tidelog.log.page;

import java.util.Arrays;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.log.merkle.AlignedRoots;

/**
 * Whatever bytes come, below a parent that fits their children: a refusal, or a node whose one
 * encoding they are.
 */
public final class IndexNodeFuzz {
  private IndexNodeFuzz() {}

  private static IndexChild parent(List<IndexChild> children) {
    IndexChild oldest = children.get(0);
    long end = children.get(children.size() - 1).end();
    return new IndexChild(
        IndexChild.LEVEL_MAX,
        oldest.first(),
        end,
        1,
        oldest.cid(),
        oldest.previous(),
        AlignedRoots.join(oldest.first(), IndexNode.parts(children)));
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      List<IndexChild> children = IndexNode.parseChildren(DagCbor.decode(bytes));
      if (!Arrays.equals(IndexNode.parse(bytes, parent(children)).encode(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
