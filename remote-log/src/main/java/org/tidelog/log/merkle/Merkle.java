package org.tidelog.log.merkle;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;

/**
 * The three hashes of the range. A leaf is the entry id itself: ids, inner nodes, bags and roots
 * start from different tags, so none can be passed off as another. Owned by one thread, because the
 * hasher is.
 */
final class Merkle {
  private static final byte[] NODE = Sha256.tag("tidelog/node/1");
  private static final byte[] BAG = Sha256.tag("tidelog/bag/1");
  private static final byte[] ROOT = Sha256.tag("tidelog/root/1");

  private final Sha256 sha = Sha256.create();

  Digest node(Digest left, Digest right) {
    return sha.update(NODE).update(left).update(right).finish();
  }

  /** Folds peaks right to left, so that all peaks behind some point are proved by one hash. */
  Digest bag(List<Digest> peaks) {
    Digest bag = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      bag = sha.update(BAG).update(peaks.get(i)).update(bag).finish();
    }
    return bag;
  }

  Digest root(long size, Digest bag) {
    return sha.update(ROOT).u64(size).update(bag).finish();
  }
}
