package org.tidelog.log.fork;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredSlice;

/**
 * A log of few entries whose pages and index a test lays out as it likes, with right signatures.
 */
public final class LaidOutLog {
  public static final IpnsName LOG = TestLogs.name(1);
  private static final Signer SIGNER = TestLogs.signer(1);

  /** Of the blocks that were laid out, by what names them. */
  public final Map<Cid, byte[]> blocks = new HashMap<>();

  private final Slice entries;
  private final List<Digest> ids;

  private LaidOutLog(Slice entries, List<Digest> ids) {
    this.entries = entries;
    this.ids = ids;
  }

  /** A log of which {@code common} entries are those of every other, and the others are its own. */
  public static LaidOutLog of(int common, int size, int seed) {
    List<NewEntry> entries = TestLogs.anyEntries(new Random(1), 0, common, 60);
    entries.addAll(TestLogs.anyEntries(new Random(seed), common, size - common, 60));
    Slice slice = TestLogs.slice(0, entries);
    return new LaidOutLog(slice, slice.ids(LOG, Digest.ZERO));
  }

  /** The same log, but its tree has these ids instead of the first ones. */
  public LaidOutLog with(List<Digest> first) {
    List<Digest> mixed = new ArrayList<>(first);
    mixed.addAll(ids.subList(first.size(), ids.size()));
    return new LaidOutLog(entries, mixed);
  }

  /** A log of entries that nobody has: only its tree can be laid out. */
  static LaidOutLog ofIds(List<Digest> ids) {
    return new LaidOutLog(TestLogs.slice(0, TestLogs.anyEntries(new Random(1), 0, 1, 9)), ids);
  }

  public Digest previous(int seq) {
    return seq == 0 ? Digest.ZERO : ids.get(seq - 1);
  }

  public Digest root(int size) {
    Frontier frontier = Frontier.empty();
    frontier.appendRange(size, AlignedRoots.of(0, ids.subList(0, size)));
    return frontier.root();
  }

  public Head head(int size) {
    return head(size, previous(size), root(size));
  }

  public static Head head(int size, Digest last, Digest root) {
    return Head.sign(new Head.Statement(LOG, size, last, root, TestLogs.NOW), SIGNER);
  }

  private Cid put(byte[] block) {
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    blocks.put(cid, block);
    return cid;
  }

  public IndexChild page(int from, int to) {
    byte[] block = new Page(LOG, List.of(entries.cut(from, to))).encode();
    return child(0, from, to, put(block), block.length);
  }

  public IndexChild child(int level, int from, int to, Cid cid, int bytes) {
    List<Digest> roots = AlignedRoots.of(from, ids.subList(from, to));
    return new IndexChild(level, from, to, bytes, cid, previous(from), roots);
  }

  IndexChild node(int level, List<IndexChild> children) {
    byte[] block = new IndexNode(children).encode();
    int from = (int) children.get(0).first();
    int to = (int) children.get(children.size() - 1).end();
    return child(level, from, to, put(block), block.length);
  }

  /** The record of a head over these children, whose last entry the head says is {@code last}. */
  public RemoteHead remote(Head head, Digest last, IndexChild... children) {
    List<IndexChild> all = Arrays.asList(children);
    int paged = (int) all.get(all.size() - 1).end();
    Cid index = put(new IndexRoot(head(paged, last, root(paged)), all).encode());
    int size = (int) head.size();
    Optional<Slice> tail = paged == size ? Optional.empty() : Optional.of(entries.cut(paged, size));
    return new RemoteHead(head, Optional.of(index), paged, last, tail);
  }

  public RemoteHead remote(int size, IndexChild... children) {
    return remote(head(size), previous((int) children[children.length - 1].end()), children);
  }

  /** A record that its author has signed. */
  public static byte[] signed(RemoteHead remote) {
    return remote.sign(SIGNER).bytes();
  }

  /** What somebody has who holds these ranges of it and no others. */
  public MemoryLogStore store(SeqRange... ranges) {
    LogChange change = new LogChange(LOG);
    for (SeqRange range : ranges) {
      Slice cut = entries.cut(range.from(), range.to());
      change.put(StoredSlice.of(LOG, cut, previous((int) range.from()), Optional.empty()));
    }
    MemoryLogStore store = new MemoryLogStore();
    store.commit(List.of(change));
    return store;
  }
}
