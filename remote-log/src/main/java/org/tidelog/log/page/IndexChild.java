package org.tidelog.log.page;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.spi.PublishedBlock;

/**
 * What an index node says of a block below it. Its aligned roots never change as the log grows, and
 * those of all children together give the head's root: so whatever the block holds is checked
 * before it is taken.
 *
 * @param level 0 for a page, else that of the node
 * @param first position of the first entry below
 * @param end position after the last
 * @param bytes of the block
 * @param previous the id before the first entry
 * @param roots the aligned roots of {@code [first, end)}
 */
public record IndexChild(
    int level, long first, long end, int bytes, Cid cid, Digest previous, List<Digest> roots) {
  /** Three levels of 64 hold ten million entries; a deeper tree is made to waste time. */
  public static final int LEVEL_MAX = 8;

  private static final int FIELDS = 7;

  public IndexChild {
    roots = List.copyOf(roots);
  }

  static IndexChild of(PublishedBlock block) {
    return new IndexChild(
        block.level(),
        block.first(),
        block.end(),
        (int) block.bytes(),
        block.cid(),
        block.previous(),
        block.roots());
  }

  /** Whether it is of the one form that names blocks of a remote log. */
  static boolean isBlock(Cid cid) {
    return cid.isCodec(Codec.DAG_CBOR) && !cid.isIdentity();
  }

  public SeqRange range() {
    return new SeqRange(first, end);
  }

  Cbor encode() {
    ByteWriter hashes = new ByteWriter();
    roots.forEach(hashes::digest);
    return new Cbor.Array(
        List.of(
            Cbor.of(level),
            Cbor.of(first),
            Cbor.of(end),
            Cbor.of(bytes),
            new Cbor.Link(cid),
            new Cbor.Bytes(previous.bytes()),
            new Cbor.Bytes(hashes.toByteArray())));
  }

  static IndexChild parse(Cbor cbor) throws MalformedException {
    List<Cbor> fields = cbor.asArray();
    if (fields.size() != FIELDS)
      throw new MalformedException("index child of " + fields.size() + " fields");
    long level = fields.get(0).asLong();
    long first = fields.get(1).asLong();
    long end = fields.get(2).asLong();
    long bytes = fields.get(3).asLong();
    if (level > LEVEL_MAX) throw new MalformedException("index child at level " + level);
    if (first >= end || end > Limits.SIZE_MAX) {
      throw new MalformedException("index child over [" + first + ", " + end + ")");
    }
    if (bytes < 1 || bytes > Limits.PAGE_BYTES_MAX) {
      throw new MalformedException("index child of " + bytes + " bytes");
    }
    Cid cid = fields.get(4).asLink();
    if (!isBlock(cid))
      throw new MalformedException("index child " + cid + ", which names no block");
    ByteReader hashes = new ByteReader(fields.get(6).asBytes());
    List<Digest> roots = new ArrayList<>();
    int count = AlignedRoots.heights(first, end).length;
    for (int i = 0; i < count; i++) {
      roots.add(hashes.digest());
    }
    hashes.end();
    return new IndexChild(
        (int) level, first, end, (int) bytes, cid, Digest.parse(fields.get(5).asBytes()), roots);
  }
}
