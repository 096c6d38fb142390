package org.tidelog.log.page;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.merkle.AlignedRoots;

/**
 * A block of the index below its root: a DAG-CBOR list of children, contiguous and all of the level
 * below.
 */
public record IndexNode(List<IndexChild> children) {
  public IndexNode {
    children = List.copyOf(children);
  }

  public byte[] encode() {
    return DagCbor.encode(encodeChildren(children));
  }

  static Cbor encodeChildren(List<IndexChild> children) {
    List<Cbor> items = new ArrayList<>();
    for (IndexChild child : children) {
      items.add(child.encode());
    }
    return new Cbor.Array(items);
  }

  static List<IndexChild> parseChildren(Cbor cbor) throws MalformedException {
    List<IndexChild> children = new ArrayList<>();
    for (Cbor item : cbor.asArray()) {
      IndexChild child = IndexChild.parse(item);
      if (!children.isEmpty() && children.get(children.size() - 1).end() != child.first()) {
        throw new MalformedException("index with a gap before " + child.range());
      }
      children.add(child);
    }
    if (children.isEmpty()) throw new MalformedException("index node without children");
    return children;
  }

  /**
   * The node that {@code parent} names, checked against it: range, link to the entry before, roots.
   *
   * @throws MalformedException saying what does not fit
   */
  public static IndexNode parse(byte[] block, IndexChild parent) throws MalformedException {
    if (block.length > Limits.PAGE_BYTES_MAX) {
      throw new MalformedException("index node of " + block.length + " bytes");
    }
    List<IndexChild> children = parseChildren(DagCbor.decode(block));
    IndexChild oldest = children.get(0);
    if (oldest.first() != parent.first()
        || children.get(children.size() - 1).end() != parent.end()) {
      throw new MalformedException("index node that does not cover " + parent.range());
    }
    if (!oldest.previous().equals(parent.previous())) {
      throw new MalformedException("index node that begins after another entry");
    }
    for (IndexChild child : children) {
      if (child.level() >= parent.level()) {
        throw new MalformedException(
            "index child at level " + child.level() + " below " + parent.level());
      }
    }
    if (!AlignedRoots.join(parent.first(), parts(children)).equals(parent.roots())) {
      throw new MalformedException("index node whose roots are not its parent's");
    }
    return new IndexNode(children);
  }

  static List<AlignedRoots.Part> parts(List<IndexChild> children) {
    List<AlignedRoots.Part> parts = new ArrayList<>();
    for (IndexChild child : children) {
      parts.add(new AlignedRoots.Part(child.end(), child.roots()));
    }
    return parts;
  }
}
