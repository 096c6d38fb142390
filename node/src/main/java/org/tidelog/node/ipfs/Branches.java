package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Map;
import org.tidelog.crypto.multiformats.Cid;

/**
 * A place that gives a root and all below it with one request, if it has it. One that would have to
 * look for it goes from block to block, and is faster when it is asked for several at a time.
 */
public interface Branches {
  /**
   * The blocks below a root, checked, the root first and as far as they came within the bound;
   * empty where the root is not found. Half an answer is as good as its blocks.
   *
   * @throws IOException also where a block is not what its name says
   */
  Map<Cid, byte[]> branch(Cid root, long bytesMax) throws IOException;
}
