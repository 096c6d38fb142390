package org.tidelog.node;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.ContentStore;

/**
 * The blocks that an older record of a log of this device leads to in one layer: one that was not
 * there when the log was last published, such as a stick, still has them all. Reads index nodes and
 * no pages. A record that does not verify leads to nothing: whoever could write one would otherwise
 * have blocks of others removed.
 */
final class StaleTree {
  /** More than a log of 10 million entries has. */
  private static final int BLOCKS_MAX = 1 << 20;

  private static final int ROOT_BYTES_MAX = 1 << 20;

  /**
   * A layer may look elsewhere for each node, and a publication waits for this: what is not found
   * by then stays there.
   */
  static final long NANOS_MAX = 20_000_000_000L;

  private final ContentStore blocks;
  private final LongSupplier nanos;
  private final Set<Cid> found = new HashSet<>();

  private StaleTree(ContentStore blocks, LongSupplier nanos) {
    this.blocks = blocks;
    this.nanos = nanos;
  }

  static Set<Cid> of(IpnsName log, byte[] record, ContentStore blocks, Verifier verifier) {
    return of(log, record, blocks, verifier, System::nanoTime);
  }

  static Set<Cid> of(
      IpnsName log, byte[] record, ContentStore blocks, Verifier verifier, LongSupplier nanos) {
    StaleTree tree = new StaleTree(blocks, nanos);
    try {
      IpnsRecord parsed = IpnsRecord.parse(record);
      if (!parsed.verify(log, verifier)) return tree.found;
      Optional<Cid> index = RemoteHead.parse(log, parsed).index();
      if (index.isPresent()) tree.walk(index.get());
    } catch (MalformedException | IOException e) {
      // What cannot be read leads no further.
    }
    return tree.found;
  }

  private void walk(Cid index) throws IOException, MalformedException {
    long began = nanos.getAsLong();
    found.add(index);
    Optional<byte[]> root = block(index, ROOT_BYTES_MAX);
    if (!root.isPresent()) return;
    Deque<IndexChild> todo = new ArrayDeque<>(IndexRoot.parse(root.get()).children());
    while (!todo.isEmpty() && found.size() < BLOCKS_MAX) {
      if (nanos.getAsLong() - began > NANOS_MAX) return;
      IndexChild child = todo.pop();
      boolean known = !found.add(child.cid());
      if (known || child.level() == 0) continue;
      Optional<byte[]> node = block(child.cid(), child.bytes());
      if (node.isPresent()) todo.addAll(IndexNode.parse(node.get(), child).children());
    }
  }

  private Optional<byte[]> block(Cid cid, int bytesMax) throws IOException {
    return blocks.get(cid, bytesMax).filter(cid::matches);
  }
}
