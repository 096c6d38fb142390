package org.tidelog.log.publish;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexTree;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.StoredSlice;

/**
 * All blocks and the record of a log as it is here, the ones a publication to an empty mirror would
 * write, for whoever carries the log in another way. Changes nothing in the store. One block is in
 * memory at a time. Owned by one thread.
 */
public final class LogCopy {
  private final IpnsName log;
  private final long size;
  private final PublishPlan plan;
  private final TreeBuilder tree;
  private final Ending ending;
  private @Nullable Block root;
  private boolean rootGiven;

  private LogCopy(IpnsName log, LogStore store, long size, PageLimits limits, Ending ending) {
    this.log = log;
    this.size = size;
    this.plan = PublishPlan.of(log, store, limits, size, SeqRanges.none()).rebuilt();
    this.tree = new TreeBuilder(log, store, plan, true);
    this.ending = ending;
  }

  /** A block to be written. */
  public record Block(Cid cid, byte[] bytes) {}

  /** What only the author can make, or has made: the root's head and the record. */
  private interface Ending {
    Optional<Block> root(List<PublishedBlock> children);

    IpnsRecord record(Optional<Cid> root);
  }

  /**
   * Of a log of this device. A head that is too old to be published is signed anew, as for a
   * publication.
   *
   * @throws IllegalStateException if the log is empty
   */
  public static LogCopy signed(
      LocalLog log, Signer signer, LogStore store, PageLimits limits, long nowMillis) {
    Head head = Publisher.freshHead(log, store, nowMillis);
    return new LogCopy(
        log.name(), store, head.size(), limits, new Signing(log, head, signer, store));
  }

  /**
   * Of another's log, all of whose entries are here, as its author published it last.
   *
   * @param remote what the record carries
   * @param pagedHeads heads of the paged size that the author may have signed; which one it was
   *     follows from the record
   * @throws UnlikeRecordException if the author draws pages otherwise
   */
  public static LogCopy recorded(
      IpnsRecord record,
      RemoteHead remote,
      List<Head> pagedHeads,
      LogStore store,
      PageLimits limits)
      throws UnlikeRecordException {
    IpnsName log = remote.head().statement().log();
    Ending ending = new Recorded(record, remote, pagedHeads);
    LogCopy copy = new LogCopy(log, store, remote.head().size(), limits, ending);
    if (copy.paged() != remote.paged()) throw new UnlikeRecordException(log);
    return copy;
  }

  /** Entries that are in pages; the others ride in the record. */
  public long paged() {
    return plan.paged();
  }

  /**
   * The next block, pages before what names them; empty after the last.
   *
   * @throws UnlikeRecordException if the author's index is not the one that follows from what is
   *     here
   */
  public Optional<Block> next() throws UnlikeRecordException {
    Optional<TreeBuilder.Built> next = tree.next();
    if (next.isPresent()) {
      return Optional.of(new Block(next.get().block().cid(), next.get().bytes()));
    }
    if (rootGiven || paged() == 0) return Optional.empty();
    rootGiven = true;
    root = ending.root(tree.rootChildren()).orElseThrow(() -> new UnlikeRecordException(log));
    return Optional.of(root);
  }

  /** The record, once all blocks were given. */
  public IpnsRecord record() {
    if (paged() > 0) Objects.requireNonNull(root, "blocks are left");
    return ending.record(Optional.ofNullable(root).map(Block::cid));
  }

  /** Entries of the log. */
  public long size() {
    return size;
  }

  private static Block block(Head pagedHead, List<PublishedBlock> children) {
    byte[] bytes = IndexTree.root(pagedHead, children).encode();
    return new Block(Cid.sha256(Codec.DAG_CBOR, bytes), bytes);
  }

  private static Frontier frontier(List<PublishedBlock> children) {
    Frontier frontier = Frontier.empty();
    children.forEach(child -> frontier.appendRange(child.end(), child.roots()));
    return frontier;
  }

  /** The author signs. */
  private static final class Signing implements Ending {
    private final LocalLog log;
    private final Head head;
    private final Signer signer;
    private final LogStore store;
    private long paged;
    private Digest previous = Digest.ZERO;

    Signing(LocalLog log, Head head, Signer signer, LogStore store) {
      this.log = log;
      this.head = head;
      this.signer = signer;
      this.store = store;
    }

    @Override
    public Optional<Block> root(List<PublishedBlock> children) {
      Frontier frontier = frontier(children);
      paged = frontier.size();
      Entry newest = entry(store, log.name(), paged - 1);
      previous = newest.id();
      return Optional.of(block(log.headAt(frontier, newest.id(), newest.timeMillis()), children));
    }

    @Override
    public IpnsRecord record(Optional<Cid> root) {
      Optional<Slice> tail =
          paged < head.size()
              ? Optional.of(tail(store, log.name(), paged, head.size()))
              : Optional.empty();
      return new RemoteHead(head, root, paged, previous, tail).sign(signer);
    }
  }

  /** The author has signed, and the record says what. */
  private static final class Recorded implements Ending {
    private final IpnsRecord record;
    private final RemoteHead remote;
    private final List<Head> pagedHeads;

    Recorded(IpnsRecord record, RemoteHead remote, List<Head> pagedHeads) {
      this.record = record;
      this.remote = remote;
      this.pagedHeads = List.copyOf(pagedHeads);
    }

    @Override
    public Optional<Block> root(List<PublishedBlock> children) {
      for (Head head : pagedHeads) {
        Block made = block(head, children);
        if (remote.index().equals(Optional.of(made.cid()))) return Optional.of(made);
      }
      return Optional.empty();
    }

    @Override
    public IpnsRecord record(Optional<Cid> root) {
      return record;
    }
  }

  static Entry entry(LogStore store, IpnsName log, long seq) {
    StoredSlice stored = store.slices(log, seq, seq + 1, 1).get(0);
    return stored.entries(log).get((int) (seq - stored.slice().first()));
  }

  static Slice tail(LogStore store, IpnsName log, long from, long to) {
    SliceBuilder builder = new SliceBuilder(from);
    for (StoredSlice stored : store.slices(log, from, to, Long.MAX_VALUE)) {
      stored.ids(log); // Nobody else is to be shown damage.
      stored.slice().addTo(builder, builder.end(), Math.min(to, stored.slice().end()));
    }
    return builder.build();
  }
}
