package org.tidelog.log.fork;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/**
 * Compares what a record says of a log with what is here of it: whether one continues the other,
 * and if not, from which position they differ. Compares aligned roots and asks only for the blocks
 * on the way to three positions: our end, where the run begins that ends there, and where they
 * differ first; and some more index nodes whose entries are here in part. So it reads {@link
 * #BLOCKS_MAX} blocks at most, and {@link #BYTES_MAX} bytes: what lies beyond is somebody's
 * intention to waste time. Stores nothing. Owned by one thread.
 */
public final class ForkSearch {
  private static final int PATH_BLOCKS = IndexChild.LEVEL_MAX + 1;

  /** The root, the way to three positions, and as many nodes as one more has. */
  public static final int BLOCKS_MAX = 1 + 4 * PATH_BLOCKS;

  /** Three pages and what leads to them are smaller unless they are made to be large. */
  public static final int BYTES_MAX = 4 * Limits.PAGE_BYTES_MAX;

  private final IpnsName name;
  private final LogStore store;
  private final StoredRoots roots;
  private final SeqRanges held;

  /** Where the entries begin that are here without a gap up to our end. */
  private final long newestRun;

  private final Head ours;
  private final RemoteHead theirs;
  private final Branch branch;
  private @Nullable IndexChild asked;
  private boolean started;
  private int blocks;
  private int nodesInPart;
  private long bytes;

  /** Everything before this position is compared, or is not going to be. */
  private long compared;

  private @Nullable Result result;

  /** What the comparison came to. */
  public sealed interface Result {
    /** One continues the other, as far as can be told. */
    record Agrees() implements Result {}

    /**
     * Neither continues the other.
     *
     * @param proof empty where what is here is too little for one
     */
    record Forked(Optional<ForkProof> proof) implements Result {}

    /** A block on the way could not be had. */
    record Unsettled() implements Result {}

    /** A block is not what it has to be: the record leads to nothing. */
    record Refused(String what, Cid block) implements Result {}
  }

  /** A block to be brought, its hash checked. */
  public record Wanted(Cid cid, int bytes) {}

  /**
   * Begins a comparison.
   *
   * @param ours the newest head of what is here
   * @param theirs of a record that verifies
   */
  public ForkSearch(
      IpnsName name, LogStore store, Head ours, RemoteHead theirs, Verifier verifier) {
    this.name = name;
    this.store = store;
    this.roots = new StoredRoots(name, store);
    this.held = store.log(name).map(StoredLog::held).orElse(SeqRanges.none());
    this.newestRun = newestRun(held, ours.size());
    this.ours = ours;
    this.theirs = theirs;
    this.branch = new Branch(name, theirs, verifier);
    if (!theirs.index().isPresent()) go();
  }

  /** The block that is needed next; empty once there is a result. */
  public Optional<Wanted> wanted() {
    if (result != null) return Optional.empty();
    if (!started) return theirs.index().map(cid -> new Wanted(cid, Limits.PAGE_BYTES_MAX));
    IndexChild child = asked;
    return child == null ? Optional.empty() : Optional.of(new Wanted(child.cid(), child.bytes()));
  }

  public Optional<Result> result() {
    return Optional.ofNullable(result);
  }

  /**
   * Whether the block that is wanted tells if the log goes on where what is here ends: without it
   * nothing can be taken of it.
   */
  public boolean decidesContinuation() {
    return theirs.head().size() > ours.size()
        && (!started || branch.straddling(ours.size()).isPresent());
  }

  /** The block that was wanted. */
  public void onBlock(byte[] block) {
    IndexChild child = asked;
    blocks++;
    bytes += block.length;
    try {
      if (!started) {
        branch.root(block);
      } else if (child != null) {
        branch.expand(child, block);
      }
      go();
    } catch (MalformedException e) {
      Cid cid = child != null ? child.cid() : theirs.index().orElseThrow(AssertionError::new);
      result = new Result.Refused(String.valueOf(e.getMessage()), cid);
    }
  }

  /** The block that was wanted cannot be had, or is not to be. */
  public void onUnavailable() {
    asked = null;
    Optional<ForkProof> heads = decidesContinuation() || agrees() ? Optional.empty() : heads();
    result = heads.isPresent() ? new Result.Forked(heads) : new Result.Unsettled();
  }

  private void go() {
    try {
      advance();
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  /** What the branch says was checked when it came, so it is what is here that does not fit. */
  private StoreException damaged(IllegalArgumentException e) {
    return new StoreException(
        StoreException.Cause.DAMAGED,
        "log " + name.text() + ": its head and its entries do not fit together",
        e);
  }

  private void advance() {
    started = true;
    asked = null;
    Optional<IndexChild> straddling = branch.straddling(ours.size());
    if (straddling.isPresent()) {
      ask(straddling.get());
    } else if (agrees()) {
      result = new Result.Agrees();
    } else {
      compare();
    }
  }

  /** Whether the smaller of the two roots is that of the larger log at its size. */
  private boolean agrees() {
    long size = theirs.head().size();
    if (size == ours.size()) return ours.agreesWith(theirs.head());
    if (size > ours.size()) return branch.peaksAt(ours.size()).root().equals(ours.root());
    if (!held.missingBelow(size).isEmpty()) return false; // Entries tell, where they are here.
    return Frontier.of(size, roots.peaks(size)).root().equals(theirs.head().root());
  }

  private void ask(IndexChild child) {
    if (blocks < BLOCKS_MAX && bytes + child.bytes() <= BYTES_MAX) {
      asked = child;
      return;
    }
    onUnavailable();
    if (result instanceof Result.Unsettled) {
      String what = "it takes more than " + bytes + " bytes to tell whether it goes on from here";
      result = new Result.Refused(what, child.cid());
    }
  }

  private void compare() {
    long end = Math.min(ours.size(), theirs.head().size());
    for (Branch.Part part : branch.parts()) {
      if (part.first() >= end) break;
      if (part.end() <= compared) continue;
      if (part.child().isPresent()) {
        IndexChild child = part.child().get();
        if (tells(child)) {
          ask(child);
          return;
        }
        if (mayTell(child)) {
          nodesInPart++;
          asked = child;
          return;
        }
      } else {
        OptionalLong differs = differs(part, end);
        if (differs.isPresent()) {
          result = new Result.Forked(proof(differs.getAsLong(), part));
          return;
        }
      }
      compared = part.end();
    }
    // No entry that is here differs. Roots that do show a fork all the same.
    boolean shown = theirs.head().size() >= ours.size() || held.missingBelow(end).isEmpty();
    result = shown ? new Result.Forked(heads()) : new Result.Agrees();
  }

  /**
   * Whether what is in a block is needed: it holds other entries than those here, or the beginning
   * of the newest run.
   */
  private boolean tells(IndexChild child) {
    if (held.containsAll(child.range())) {
      return !roots.roots(child.first(), child.end()).equals(child.roots());
    }
    return child.first() < newestRun && newestRun < child.end();
  }

  /**
   * Whether there may be something in a node that differs from what is here of it. Only so many are
   * looked into, and no page: a log with a thousand gaps would have a thousand of them read.
   */
  private boolean mayTell(IndexChild child) {
    return child.level() > 0
        && nodesInPart < PATH_BLOCKS
        && bytes + child.bytes() <= Limits.PAGE_BYTES_MAX
        && !held.containsAll(child.range())
        && !held.within(child.range()).isEmpty();
  }

  private static long newestRun(SeqRanges held, long size) {
    List<SeqRange> missing = held.missingBelow(size).ranges();
    return missing.isEmpty() ? 0 : missing.get(missing.size() - 1).to();
  }

  private OptionalLong differs(Branch.Part part, long end) {
    SeqRange range = new SeqRange(part.first(), Math.min(part.end(), end));
    for (SeqRange here : held.within(range)) {
      for (long seq = here.from(); seq < here.to(); ) {
        StoredSlice stored = store.slices(name, seq, seq + 1, 1).get(0);
        List<Digest> ids = stored.ids(name);
        for (; seq < Math.min(here.to(), stored.outline().end()); seq++) {
          Digest id = ids.get((int) (seq - stored.outline().first()));
          if (!id.equals(part.id(seq))) return OptionalLong.of(seq);
        }
      }
    }
    return OptionalLong.empty();
  }

  private Optional<ForkProof> proof(long seq, Branch.Part part) {
    Entry mine = entry(seq);
    Entry other = part.entry(name, seq);
    boolean settled = mine.header().previous().equals(other.header().previous());
    boolean complete = held.containsAll(new SeqRange(seq, ours.size()));
    if (!settled || !complete) return heads();
    Frontier common = branch.peaksAt(seq);
    BranchProof here =
        new BranchProof(common, mine.id(), roots.roots(seq + 1, ours.size()), ours.size());
    long size = theirs.head().size();
    BranchProof there = new BranchProof(common, other.id(), branch.roots(seq + 1, size), size);
    if (!here.root().equals(ours.root()) || !there.root().equals(theirs.head().root())) {
      return heads();
    }
    return Optional.of(
        ForkPoint.of(
            new ForkPoint.Branch(ours, mine.header(), here.of(seq)),
            new ForkPoint.Branch(theirs.head(), other.header(), there.of(seq))));
  }

  private Entry entry(long seq) {
    StoredSlice stored = store.slices(name, seq, seq + 1, 1).get(0);
    return stored.entries(name).get((int) (seq - stored.outline().first()));
  }

  /** The contradiction of the heads alone, where it can be shown. */
  private Optional<ForkProof> heads() {
    try {
      return contradiction();
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private Optional<ForkProof> contradiction() {
    Head other = theirs.head();
    if (other.size() == ours.size()) {
      if (ours.agreesWith(other)) return Optional.empty();
      boolean here = held.missingBelow(ours.size()).isEmpty();
      return Optional.of(
          here && other.root().equals(ours.root()) ? isFalse(other) : ForkedHeads.of(ours, other));
    }
    if (other.size() > ours.size()) {
      RangeProof prefix = branch.prefix(ours.size());
      boolean same = prefix.prefixRoot().equals(Optional.of(ours.root()));
      return same ? Optional.empty() : Optional.of(ForkedHeads.of(ours, other, prefix));
    }
    if (!held.missingBelow(ours.size()).isEmpty()) return Optional.empty();
    RangeProof prefix = RangeProof.prove(other.size(), other.size(), ours.size(), roots);
    boolean same = prefix.prefixRoot().equals(Optional.of(other.root()));
    return same ? Optional.empty() : Optional.of(ForkedHeads.of(other, ours, prefix));
  }

  /** The head of what is here has the same root and ends in the entry that is here. */
  private ForkProof isFalse(Head other) {
    long size = other.size();
    RangeProof proof = RangeProof.prove(size - 1, size, size, roots);
    return FalseHead.of(other, entry(size - 1).header(), proof);
  }
}
