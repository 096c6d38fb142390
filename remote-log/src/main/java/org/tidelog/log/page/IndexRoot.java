package org.tidelog.log.page;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;

/**
 * The block that a name's record points to: which log, a head of the size that is paged, and the
 * topmost children. With it alone a paged log can be verified; the entries after it ride in the
 * record.
 */
public record IndexRoot(Head head, List<IndexChild> children) {
  private static final String CHILDREN = "children";
  private static final String HEAD = "head";
  private static final String LOG = "log";
  private static final int FIELDS = 3;

  public IndexRoot {
    children = List.copyOf(children);
  }

  public IpnsName log() {
    return head.statement().log();
  }

  /** Entries that are in pages. */
  public long size() {
    return head.size();
  }

  /** The peaks over all paged entries. */
  public Frontier frontier() {
    Frontier frontier = Frontier.empty();
    for (IndexChild child : children) {
      frontier.appendRange(child.end(), child.roots());
    }
    return frontier;
  }

  /** What does not fit the record that names this block, or is not signed; empty if all is well. */
  public Optional<String> problem(IpnsName name, RemoteHead remote, Verifier verifier) {
    if (!log().equals(name)) return Optional.of("it is the index of another log");
    if (size() != remote.paged()) {
      return Optional.of("it covers " + size() + " entries, the record says " + remote.paged());
    }
    if (!head.last().equals(remote.previous())) return Optional.of("it ends in another entry");
    if (!head.verify(verifier)) return Optional.of("its head's signature does not verify");
    if (!remote.rootWith(frontier()).equals(remote.head().root())) {
      return Optional.of("its entries are not those of the head");
    }
    return Optional.empty();
  }

  public byte[] encode() {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put(LOG, new Cbor.Bytes(log().key()));
    map.put(HEAD, new Cbor.Bytes(encodeHead()));
    map.put(CHILDREN, IndexNode.encodeChildren(children));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  /** Last id, time, signature; size and root follow from the children. */
  private byte[] encodeHead() {
    return new ByteWriter()
        .digest(head.last())
        .u64(head.timeMillis())
        .bytes(head.signature())
        .toByteArray();
  }

  /** Reads a root and derives its head, whose signature is still to be checked. */
  public static IndexRoot parse(byte[] block) throws MalformedException {
    if (block.length > Limits.PAGE_BYTES_MAX) {
      throw new MalformedException("index root of " + block.length + " bytes");
    }
    Cbor.Mapping map = DagCbor.decode(block).asMap();
    if (map.entries().size() != FIELDS) {
      throw new MalformedException("index root of " + map.entries().size() + " fields");
    }
    List<IndexChild> children = IndexNode.parseChildren(map.field(CHILDREN));
    IndexChild oldest = children.get(0);
    if (oldest.first() != 0 || !oldest.previous().equals(Digest.ZERO)) {
      throw new MalformedException("index that begins at " + oldest.first());
    }
    IpnsName log = IpnsName.parse(map.field(LOG).asBytes());
    return new IndexRoot(head(log, children, map.field(HEAD).asBytes()), children);
  }

  private static Head head(IpnsName log, List<IndexChild> children, byte[] bytes)
      throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    Digest last = in.digest();
    long time = in.u64();
    if (time > Limits.TIME_MILLIS_MAX)
      throw new MalformedException("index head at " + time + " ms");
    byte[] signature = in.bytes(Head.SIGNATURE_BYTES);
    in.end();
    long size = children.get(children.size() - 1).end();
    Frontier frontier = Frontier.empty();
    frontier.appendRange(size, AlignedRoots.join(0, IndexNode.parts(children)));
    return Head.claimed(new Head.Statement(log, size, last, frontier.root(), time), signature);
  }
}
