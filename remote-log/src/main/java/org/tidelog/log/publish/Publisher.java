package org.tidelog.log.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexTree;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;

/**
 * Mirrors one log of this device: asks what the layers have, writes the blocks that are missing,
 * then the record, then drops the blocks that nothing names any more, and remembers what stands. A
 * crash at any point leaves the old record with all its blocks, or the new one with all of its; the
 * next publication makes the same blocks and goes on. It drops what a publication that did not end
 * has left, because what is to be written is remembered before, and what is to be dropped is
 * forgotten after. Owned by one thread.
 */
public final class Publisher {
  /**
   * Blocks under way at once: enough to keep a slow layer busy, little enough to hold in memory.
   */
  private static final int IN_FLIGHT_MAX = 8;

  /**
   * A head older than this is signed anew at the next publication, so that readers see the log is
   * alive.
   */
  private static final long RESTATE_AFTER_MILLIS = 24L * 60 * 60 * 1000;

  /**
   * While all blocks of a log are no more than this, each publication makes sure of every one of
   * them.
   */
  private static final long RECHECK_BYTES_MAX = 1024 * 1024;

  private static final int RECHECK_BLOCKS_MAX = 64;

  private final LocalLog log;
  private final Signer signer;
  private final Verifier verifier;
  private final LogStore store;
  private final PageLimits limits;
  private final Queue<PublishEffect> effects = new ArrayDeque<>();
  private SeqRanges dropped = SeqRanges.none();
  private @Nullable Run run;

  public Publisher(
      LocalLog log, Signer signer, Verifier verifier, LogStore store, PageLimits limits) {
    this.log = log;
    this.signer = signer;
    this.verifier = verifier;
    this.store = store;
    this.limits = limits;
  }

  /** One publication under way: the state it mirrors is fixed when it begins. */
  private static final class Run {
    final Head head;
    final SeqRanges dropped;
    final boolean check;
    @Nullable TreeBuilder tree;
    @Nullable IpnsRecord record;
    Optional<Cid> root = Optional.empty();
    boolean rootPut;
    boolean recordStands;
    int inFlight;
    int removing;
    long blocksWritten;
    long blockBytes;
    long recordBytes;
    Set<Cid> before = new HashSet<>();

    Run(Head head, SeqRanges dropped, boolean check) {
      this.head = head;
      this.dropped = dropped;
      this.check = check;
    }
  }

  /**
   * Payloads are gone from the store since they were published: their pages are to be built again.
   */
  public void onDropped(SeqRanges positions) {
    dropped = dropped.with(positions);
  }

  /** Whether a publication is under way. */
  public boolean isPublishing() {
    return run != null;
  }

  /**
   * Publishes the log as it is now.
   *
   * @param check whether every block is to be made sure of, and written again where it is missing
   *     or damaged
   * @throws IllegalStateException if a publication is under way, or the log is empty
   */
  public void publish(boolean check, long nowMillis) {
    if (run != null) throw new IllegalStateException("publishing: " + log.name());
    Head head = freshHead(log, store, nowMillis);
    run = new Run(head, dropped, check);
    dropped = SeqRanges.none();
    effects.add(new PublishEffect.GetRecord(log.name()));
  }

  /**
   * Blocks that a layer may have though the record last published does not lead to them. They are
   * dropped at the end of the publication under way, unless they are part of it. To be told before
   * {@link #onRecords}.
   */
  public void onLeftovers(Collection<Cid> blocks) {
    running().before.addAll(blocks);
  }

  /** The head to publish: signed anew if readers could take the log for dead. */
  static Head freshHead(LocalLog log, LogStore store, long nowMillis) {
    Head head = log.head().orElseThrow(() -> new IllegalStateException("size: 0"));
    if (head.timeMillis() + RESTATE_AFTER_MILLIS >= nowMillis) return head;
    log.restate(store, nowMillis);
    return log.head().get();
  }

  /** As {@link #onRecords(List, boolean)}; makes sure of the blocks of a small log. */
  public void onRecords(List<Optional<byte[]>> layers) {
    onRecords(layers, isSmall());
  }

  /**
   * What each layer holds under the name; empty where it holds nothing.
   *
   * @param all whether blocks that stand are to be put again as well: a layer may lack them
   */
  public void onRecords(List<Optional<byte[]>> layers, boolean all) {
    Run now = running();
    Optional<byte[]> own = store.log(log.name()).flatMap(stored -> stored.record());
    Optional<RemoteHead> ours = own.flatMap(this::parsed);
    boolean complete = own.isPresent();
    boolean stands = own.isPresent();
    for (Optional<byte[]> layer : layers) {
      boolean same = own.isPresent() && layer.isPresent() && Arrays.equals(layer.get(), own.get());
      stands &= same;
      if (same) continue;
      Optional<RemoteHead> held = layer.flatMap(this::verified);
      if (held.isPresent() && isUnknown(held.get().head(), now.head)) {
        effects.add(new PublishEffect.OwnHeadAhead(held.get().head()));
        run = null;
        return;
      }
      // A record that lost payloads here since it was published still stands for the same blocks.
      complete &= held.isPresent() && ours.isPresent() && held.get().leadsAs(ours.get());
    }
    begin(now, own, stands, now.check || !complete || all);
  }

  private Optional<RemoteHead> verified(byte[] record) {
    try {
      if (!IpnsRecord.parse(record).verify(log.name(), verifier)) return Optional.empty();
      return parsed(record).filter(remote -> remote.head().verify(verifier));
    } catch (MalformedException e) {
      return Optional.empty(); // A damaged record is written anew like a missing one.
    }
  }

  private Optional<RemoteHead> parsed(byte[] record) {
    try {
      return Optional.of(RemoteHead.parse(log.name(), IpnsRecord.parse(record)));
    } catch (MalformedException e) {
      return Optional.empty(); // A damaged record is written anew like a missing one.
    }
  }

  /**
   * Whether a head of this log is not one that this device signed on the way to its present one.
   */
  private boolean isUnknown(Head theirs, Head ours) {
    long size = theirs.size();
    if (size >= ours.size()) return !theirs.agreesWith(ours);
    List<Digest> peaks = new StoredRoots(log.name(), store).peaks(size);
    return !Frontier.of(size, peaks).root().equals(theirs.root());
  }

  /** Whether looking at all blocks that stand costs next to nothing where that needs no network. */
  public boolean isSmall() {
    List<PublishedBlock> pages = store.published(log.name(), 0, 0);
    long bytes = pages.stream().mapToLong(PublishedBlock::bytes).sum();
    return pages.size() <= RECHECK_BLOCKS_MAX && bytes <= RECHECK_BYTES_MAX;
  }

  private void begin(Run now, Optional<byte[]> own, boolean stands, boolean all) {
    PublishPlan plan = PublishPlan.of(log.name(), store, limits, now.head.size(), now.dropped);
    TreeBuilder tree = new TreeBuilder(log.name(), store, all ? plan.rebuilt() : plan, all);
    now.tree = tree;
    now.before.addAll(blocksBefore(own));
    now.recordStands = stands;
    pump();
  }

  private Set<Cid> blocksBefore(Optional<byte[]> own) {
    Set<Cid> cids = store.publishedCids(log.name());
    own.flatMap(this::parsed).flatMap(RemoteHead::index).ifPresent(cids::add);
    return cids;
  }

  /** A block is durable in every layer. */
  public void onBlockStored(long bytesWritten) {
    Run now = running();
    now.inFlight--;
    if (bytesWritten > 0) {
      now.blocksWritten++;
      now.blockBytes += bytesWritten;
    }
    pump();
  }

  /** A layer failed; what stood before still stands. The driver knows why. */
  public void onFailed() {
    onDropped(running().dropped);
    run = null;
    effects.clear();
  }

  private void pump() {
    Run now = running();
    TreeBuilder tree = Objects.requireNonNull(now.tree);
    while (now.inFlight < IN_FLIGHT_MAX && !now.rootPut) {
      Optional<TreeBuilder.Built> next = tree.next();
      if (next.isPresent()) {
        put(now, next.get().block().cid(), next.get().bytes());
      } else {
        now.rootPut = true;
        putRoot(now, tree);
      }
    }
    if (now.rootPut && now.inFlight == 0) putRecord(now);
  }

  private void put(Run now, Cid cid, byte[] bytes) {
    now.inFlight++;
    effects.add(new PublishEffect.PutBlock(cid, bytes, !now.before.contains(cid)));
  }

  private void putRoot(Run now, TreeBuilder tree) {
    List<PublishedBlock> children = tree.rootChildren();
    Optional<Slice> tail = Optional.empty();
    long paged = children.isEmpty() ? 0 : children.get(children.size() - 1).end();
    Digest previous = Digest.ZERO;
    if (paged > 0) {
      Entry newestPaged = LogCopy.entry(store, log.name(), paged - 1);
      previous = newestPaged.id();
      byte[] root = IndexTree.root(pagedHead(children, newestPaged), children).encode();
      Cid cid = Cid.sha256(Codec.DAG_CBOR, root);
      now.root = Optional.of(cid);
      put(now, cid, root);
    }
    if (paged < now.head.size()) {
      tail = Optional.of(LogCopy.tail(store, log.name(), paged, now.head.size()));
    }
    now.record = new RemoteHead(now.head, now.root, paged, previous, tail).sign(signer);
  }

  private Head pagedHead(List<PublishedBlock> children, Entry newestPaged) {
    Frontier frontier = Frontier.empty();
    for (PublishedBlock child : children) {
      frontier.appendRange(child.end(), child.roots());
    }
    return log.headAt(frontier, newestPaged.id(), newestPaged.timeMillis());
  }

  private void putRecord(Run now) {
    byte[] record = Objects.requireNonNull(now.record).bytes();
    Optional<byte[]> own = store.log(log.name()).flatMap(stored -> stored.record());
    if (now.recordStands && own.isPresent() && Arrays.equals(own.get(), record)) {
      dropOld(now);
    } else {
      effects.add(new PublishEffect.PutRecord(log.name(), record));
    }
  }

  /** The record is the name's in every layer. */
  public void onRecordStored() {
    Run now = running();
    now.recordBytes = Objects.requireNonNull(now.record).bytes().length;
    dropOld(now);
  }

  /** What stood before is remembered until it is gone: a crash in between drops it later. */
  private void dropOld(Run now) {
    Set<Cid> standing = new HashSet<>();
    for (List<PublishedBlock> level : Objects.requireNonNull(now.tree).levels()) {
      level.forEach(block -> standing.add(block.cid()));
    }
    now.root.ifPresent(standing::add);
    for (Cid cid : now.before) {
      if (standing.contains(cid)) continue;
      now.removing++;
      effects.add(new PublishEffect.RemoveBlock(cid));
    }
    if (now.removing == 0) finish(now);
  }

  /** The block is gone from every layer, or the driver remembers that it is not. */
  public void onBlockRemoved() {
    Run now = running();
    now.removing--;
    if (now.removing == 0) finish(now);
  }

  private void finish(Run now) {
    IpnsRecord record = Objects.requireNonNull(now.record);
    store.commit(List.of(change(Objects.requireNonNull(now.tree), record)));
    effects.add(
        new PublishEffect.Published(
            new PublishOutcome(
                log.name(),
                now.head.size(),
                record.content().validity(),
                now.root,
                now.blocksWritten,
                now.blockBytes,
                now.recordBytes)));
    run = null;
  }

  private LogChange change(TreeBuilder tree, IpnsRecord record) {
    LogChange change = new LogChange(log.name()).record(record.bytes());
    for (int level = 0; level < tree.levels().size(); level++) {
      change.unpublish(level, tree.levels().get(level).size());
    }
    change.unpublish(tree.levels().size(), 0);
    tree.built().forEach(change::publish);
    return change;
  }

  private Run running() {
    if (run == null) throw new IllegalStateException("not publishing: " + log.name());
    return run;
  }

  /** The effects asked for since the last call, in order. */
  public List<PublishEffect> drain() {
    List<PublishEffect> drained = new ArrayList<>(effects);
    effects.clear();
    return drained;
  }

  public IpnsName name() {
    return log.name();
  }
}
