package org.tidelog.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowEffect;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.node.car.CarFile;
import org.tidelog.replicator.conversation.Pending;

/** Carries out what a follower asks for against the layers, until it is done. */
final class FollowDriver implements FollowEffect.Driver {
  /** Who has more than a record holds of a log would be sent most of it once more. */
  private static final int BRANCH_ENTRIES_MAX = 64;

  /** What is held in memory of a branch that comes at once. */
  private static final long BRANCH_BYTES_MAX = 4 * 1024 * 1024;

  /** More than was ever asked for: what is left of no bound at all. */
  private static final long BUDGET_NONE = Long.MAX_VALUE / 2;

  private final Follower follower;
  private final Layers layers;
  private final Optional<byte[]> hinted;
  private final Progress progress;
  private final String what;
  private final long nowMillis;
  private final List<String> sources = new ArrayList<>();
  private final Set<Cid> indexes = new HashSet<>();
  private final Map<Cid, byte[]> roots = new HashMap<>();

  private final Deque<Pending> underWay = new ArrayDeque<>();

  /** Whoever counts bytes gets the blocks that they want, newest first, and none beside. */
  private boolean bounded;

  private final List<Follower.Sourced> passedOver = new ArrayList<>();
  private Optional<byte[]> otherBranch = Optional.empty();
  private @Nullable List<Follower.Sourced> given;
  private BiConsumer<Cid, byte[]> filling = (cid, block) -> {};
  private CarFile.@Nullable Index index;
  private @Nullable FollowOutcome outcome;

  /** A block that was asked for. */
  private record Pending(Cid cid, Future<Layers.Block> answer) {}

  /**
   * @param hinted a record of the log that came by another way, such as a topic index
   */
  FollowDriver(
      Follower follower,
      String what,
      Layers layers,
      Optional<byte[]> hinted,
      Progress progress,
      long nowMillis) {
    this.follower = follower;
    this.what = what;
    this.layers = layers;
    this.hinted = hinted;
    this.progress = progress;
    this.nowMillis = nowMillis;
  }

  /** Keeps a record that is known to be of the other branch of the log from the follower. */
  FollowDriver without(Optional<byte[]> record) {
    otherBranch = record;
    return this;
  }

  /** Hands on what comes from remote layers. */
  FollowDriver filling(BiConsumer<Cid, byte[]> sink) {
    filling = sink;
    return this;
  }

  /** Asks no layer for records: there is an index alone. */
  FollowDriver at(CarFile.@Nullable Index root) {
    index = root;
    return this;
  }

  /** Asks no layer for records: there are these. */
  FollowDriver given(List<Follower.Sourced> records) {
    given = records;
    return this;
  }

  /** Records that were kept from the follower. */
  List<Follower.Sourced> passedOver() {
    return passedOver;
  }

  FollowOutcome run(long budget) {
    bounded = budget < BUDGET_NONE;
    if (index == null) {
      follower.start(budget);
    } else {
      indexes.add(index.root());
      follower.startAt(index.root(), index.head(), budget);
    }
    while (outcome == null) {
      List<FollowEffect> effects = follower.drain();
      for (FollowEffect effect : effects) {
        effect.applyTo(this);
      }
      if (effects.isEmpty()) awaitBlock();
      progress.at(
          what, follower.entriesHeld(), Math.max(follower.entriesKnown(), follower.entriesHeld()));
    }
    return outcome;
  }

  /** The oldest that was asked for: those asked for after it come meanwhile. */
  private void awaitBlock() {
    Pending oldest = underWay.removeFirst();
    Layers.Block block = Layers.taken(oldest.answer);
    hand(oldest.cid, block);
  }

  /** The layers that had a record. */
  List<String> sources() {
    return sources;
  }

  /**
   * The author's head under the index that {@code kept} names, where that was read now; not
   * verified. The indexes of other records may have been read as well: of older ones, or of another
   * branch.
   */
  Optional<Head> pagedHead(RemoteHead kept) {
    Optional<byte[]> root = kept.index().map(roots::get);
    try {
      return root.isPresent() ? Optional.of(IndexRoot.parse(root.get()).head()) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static Optional<Cid> index(IpnsName log, byte[] record) {
    try {
      return RemoteHead.parse(log, IpnsRecord.parse(record)).index();
    } catch (MalformedException e) {
      return Optional.empty(); // The follower says so.
    }
  }

  @Override
  public void getRecords(FollowEffect.GetRecords effect) {
    if (given != null) {
      follower.onRecords(given, List.of(), nowMillis);
      return;
    }
    Layers.Found found = layers.find(effect.name());
    List<Follower.Sourced> records = new ArrayList<>(found.records());
    records.forEach(record -> sources.add(record.layer()));
    hinted.ifPresent(record -> records.add(new Follower.Sourced("topic index", record)));
    for (Follower.Sourced record : new ArrayList<>(records)) {
      if (!otherBranch.isPresent() || !Arrays.equals(otherBranch.get(), record.record())) continue;
      records.remove(record);
      passedOver.add(record);
    }
    records.forEach(one -> index(effect.name(), one.record()).ifPresent(indexes::add));
    follower.onRecords(records, found.failures(), nowMillis);
  }

  @Override
  public void getBlock(FollowEffect.GetBlock effect) {
    Cid cid = effect.cid();
    Layers.Block local = layers.localBlock(cid, effect.bytes());
    if (local.bytes().isPresent() || !layers.areRemote()) {
      hand(cid, local);
      return;
    }
    if (indexes.contains(cid) && !bounded && follower.entriesHeld() < BRANCH_ENTRIES_MAX) {
      // What is below the root is in memory when it is asked for.
      Map<Cid, byte[]> branch = layers.branch(cid, BRANCH_BYTES_MAX);
      branch.forEach(filling);
      Optional<byte[]> root = Optional.ofNullable(branch.get(cid));
      if (root.filter(bytes -> bytes.length <= effect.bytes()).isPresent()) {
        hand(cid, new Layers.Block(root, local.failures(), false));
        return;
      }
    }
    underWay.add(new Pending(cid, layers.submit(() -> layers.remoteBlock(cid, effect.bytes()))));
  }

  private void hand(Cid cid, Layers.Block block) {
    if (indexes.contains(cid)) block.bytes().ifPresent(bytes -> roots.put(cid, bytes));
    if (block.distant()) block.bytes().ifPresent(bytes -> filling.accept(cid, bytes));
    if (block.bytes().isPresent()) {
      follower.onBlock(cid, block.bytes().get());
    } else if (block.failures().isEmpty()) {
      follower.onBlockMissing(cid);
    } else {
      follower.onBlockBad(cid, block.failures());
    }
  }

  @Override
  public void done(FollowEffect.Done effect) {
    outcome = effect.outcome();
  }

  /** The finding as a problem with the error word that programs know. */
  static Problem problem(Finding finding) {
    return new Problem(kind(finding.kind()), finding.what(), finding.where());
  }

  private static ErrorKind kind(Finding.Kind kind) {
    return switch (kind) {
      case FORK -> ErrorKind.FORK;
      case BAD_HEAD -> ErrorKind.BAD_HEAD;
      case BAD_RECORD -> ErrorKind.BAD_RECORD;
      case BAD_BLOCK -> ErrorKind.BAD_BLOCK;
      case BAD_INDEX -> ErrorKind.BAD_INDEX;
      case BAD_PAGE -> ErrorKind.BAD_PAGE;
      case MISSING_BLOCK -> ErrorKind.INCOMPLETE;
      case NO_RECORD -> ErrorKind.UNREACHABLE;
      case UNREACHABLE -> ErrorKind.UNREACHABLE;
    };
  }
}
