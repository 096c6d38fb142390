package org.tidelog.log.follow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.fork.ForkSearch;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogStore;

/**
 * Brings a log of somebody else's up to date, once: takes the best record, keeps the newest entries
 * that ride in it, then walks the index from the newest page to the oldest within a budget. What is
 * kept is verified and durable at once, so it may be stopped anywhere and begun anew. Owned by one
 * thread.
 */
public final class Follower {
  /** Blocks asked for at once. */
  private static final int IN_FLIGHT_MAX = 8;

  /** More names the same wrong thing over and over. */
  private static final int FINDINGS_MAX = 32;

  /**
   * Blocks that are what their hash says and are wrong all the same: only the author makes such.
   * After so many no more of this log is asked for, or a small index could name one large block for
   * each of thousands of ranges.
   */
  private static final int FAULTS_MAX = 32;

  /** More than one further branch is named and not looked into. */
  private static final int RIVALS_MAX = 4;

  private final IpnsName name;
  private final Verifier verifier;
  private final LogStore store;
  private final Holdings holdings;
  private final RecordChoice choice;
  private final Queue<FollowEffect> effects = new ArrayDeque<>();
  private final Deque<IndexChild> wanted = new ArrayDeque<>();
  private final Map<Cid, @Nullable IndexChild> inFlight = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int faults;
  private final List<Rival> rivals = new ArrayList<>();
  private final Deque<RecordChoice.Candidate> remaining = new ArrayDeque<>();

  /** What the comparison has read of the record that is followed then: bounded as it is. */
  private final Map<Cid, byte[]> fetched = new HashMap<>();

  private long budget;
  private long bytesRead;
  private long blocksRead;
  private long recordBytes;
  private boolean stoppedAtBudget;
  private boolean done;
  private @Nullable RemoteHead remote;
  private @Nullable Comparison comparing;

  /** Keeps every payload but those that delete entries which come along name. */
  public Follower(IpnsName name, LogStore store, Verifier verifier) {
    this(name, store, verifier, Unwanted.none());
  }

  /**
   * @param unwanted payloads not to be kept, beside those that delete entries which come along name
   */
  public Follower(IpnsName name, LogStore store, Verifier verifier, Unwanted unwanted) {
    this.name = name;
    this.verifier = verifier;
    this.store = store;
    this.holdings = new Holdings(name, store, unwanted);
    this.choice = new RecordChoice(name, verifier);
  }

  /**
   * A record that is being compared with what is here.
   *
   * @param toFollow it is the best there is; else a better one is followed already
   */
  private record Comparison(
      RecordChoice.Candidate candidate, ForkSearch search, boolean toFollow) {}

  /** A record as a layer gave it. */
  public record Sourced(String layer, byte[] record) {}

  /** What is wrong with a record by itself, as far as that shows before anything is compared. */
  public static Optional<Finding> problem(IpnsName name, Sourced record, Verifier verifier) {
    List<Finding> findings = new ArrayList<>();
    new RecordChoice(name, verifier).offer(record, findings::add);
    return findings.stream().findFirst();
  }

  /**
   * Begins.
   *
   * @param bytesMax blocks are asked for until so many bytes came; the record is read in any case,
   *     and where it brings nothing new, one page and the way to it
   */
  public void start(long bytesMax) {
    budget = bytesMax;
    effects.add(new FollowEffect.GetRecords(name));
  }

  /** What is wrong with an index root by itself, as far as its head tells. */
  public static Optional<String> indexProblem(IpnsName name, byte[] root, Verifier verifier) {
    try {
      Head head = IndexRoot.parse(root).head();
      if (!head.statement().log().equals(name)) return Optional.of("it is of another log");
      boolean signed = head.verify(verifier);
      return signed ? Optional.empty() : Optional.of("the signature of its head does not verify");
    } catch (MalformedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Begins with an index root that came without a record, such as in a file: its head is the
   * author's word for all that is paged. What a record held besides is not there.
   *
   * @param head of the root, verified
   */
  public void startAt(Cid root, Head head, long bytesMax) {
    budget = bytesMax;
    RemoteHead paged =
        new RemoteHead(head, Optional.of(root), head.size(), head.last(), Optional.empty());
    remaining.add(new RecordChoice.Candidate(Optional.empty(), paged));
    next();
  }

  /**
   * The records that layers hold under the name, and what went wrong in asking.
   *
   * @param nowMillis decides which records are expired: such a one never beats one that is not
   */
  public void onRecords(List<Sourced> records, List<Finding> failures, long nowMillis) {
    failures.forEach(this::found);
    holdings.record().ifPresent(choice::known);
    for (Sourced sourced : records) {
      recordBytes += sourced.record.length;
      choice.offer(sourced, this::found);
    }
    bytesRead += recordBytes;
    if (records.isEmpty() && failures.isEmpty()) {
      found(new Finding(Finding.Kind.NO_RECORD, "no record under this name", name.text()));
    }
    remaining.addAll(choice.ranked(nowMillis));
    next();
  }

  /** Takes the best record that does not contradict what is here; the others are rivals. */
  private void next() {
    while (!remaining.isEmpty()) {
      RecordChoice.Candidate best = remaining.removeFirst();
      Optional<String> contradiction = holdings.contradiction(best.remote());
      if (contradiction.isPresent()) {
        rival(best, contradiction.get(), Optional.empty());
        continue;
      }
      if (isUncertain(best.remote())) {
        compare(best, true);
        return;
      }
      begin(best);
      return;
    }
    finish();
  }

  /** Whether it takes blocks to tell that the record's log goes on where this one ends. */
  private boolean isUncertain(RemoteHead theirs) {
    Optional<Head> known = holdings.head();
    return known.isPresent()
        && known.get().size() < theirs.head().size()
        && !holdings.missingBelow(theirs.paged()).isEmpty();
  }

  private void compare(RecordChoice.Candidate candidate, boolean toFollow) {
    Head ours = newestHead().orElseThrow(AssertionError::new);
    ForkSearch search = new ForkSearch(name, store, ours, candidate.remote(), verifier);
    fetched.clear();
    onCompared(new Comparison(candidate, search, toFollow));
  }

  /** Asks for the next block on the way to where both differ, or acts on the result. */
  private void onCompared(Comparison at) {
    ForkSearch search = at.search;
    Optional<ForkSearch.Wanted> wanted = search.wanted();
    while (wanted.isPresent() && fetched.containsKey(wanted.get().cid())) {
      search.onBlock(fetched.get(wanted.get().cid())); // An index may name one block twice.
      wanted = search.wanted();
    }
    if (wanted.isPresent()) {
      if (bytesRead < budget || (search.decidesContinuation() && mayOverrun())) {
        comparing = at;
        ask(wanted.get().cid(), wanted.get().bytes(), null);
        return;
      }
      stoppedAtBudget = true;
      search.onUnavailable();
    }
    comparing = null;
    ForkSearch.Result result = search.result().orElseThrow(AssertionError::new);
    if (result instanceof ForkSearch.Result.Agrees && at.toFollow) {
      begin(at.candidate);
      return;
    }
    fetched.clear();
    if (result instanceof ForkSearch.Result.Forked forked) {
      String what = forked.proof().map(ForkProof::describe).orElse("the entries here are others");
      rival(at.candidate, what, forked.proof());
    } else if (result instanceof ForkSearch.Result.Refused refused) {
      found(bad(refused.what(), refused.block()));
    }
    if (at.toFollow) {
      next();
    } else {
      finish();
    }
  }

  private void rival(RecordChoice.Candidate candidate, String what, Optional<ForkProof> proof) {
    found(new Finding(Finding.Kind.FORK, what, name.text()));
    if (rivals.size() < RIVALS_MAX && candidate.record().isPresent()) {
      byte[] record = candidate.record().get().bytes();
      rivals.add(new Rival(candidate.remote(), record, what, proof));
    }
  }

  /**
   * Records that were not looked at because a better one was there: now it can be told, for some
   * only by blocks of theirs.
   */
  private void judgeTheRest() {
    while (!remaining.isEmpty() && comparing == null) {
      RecordChoice.Candidate candidate = remaining.removeFirst();
      Optional<String> contradiction = contradiction(candidate.remote());
      if (contradiction.isPresent()) {
        rival(candidate, contradiction.get(), Optional.empty());
      } else if (isHidden(candidate.remote())) {
        compare(candidate, false);
      }
    }
  }

  private Optional<String> contradiction(RemoteHead other) {
    Optional<String> here = holdings.contradiction(other);
    if (here.isPresent() || remote == null) return here;
    Head taken = remote.head();
    boolean both = taken.size() == other.head().size() && !taken.agreesWith(other.head());
    return both ? Optional.of("two heads of size " + taken.size()) : Optional.empty();
  }

  /** Whether there may be another branch that ends in a gap of what is here. */
  private boolean isHidden(RemoteHead other) {
    long size = other.head().size();
    long tail = Math.max(0, other.paged() - 1);
    return newestHead().filter(ours -> size < ours.size()).isPresent()
        && size > 0
        && !holdings.hasSome(new SeqRange(tail, size));
  }

  private void begin(RecordChoice.Candidate best) {
    remote = best.remote();
    Optional<Head> known = holdings.head();
    if (known.isPresent() && known.get().size() > remote.head().size()) {
      finish(); // The mirror is behind what is here already.
      return;
    }
    holdings.keepTail(remote, best.record());
    if (!remote.index().isPresent() || holdings.missingBelow(remote.paged()).isEmpty()) {
      finish();
      return;
    }
    if (bytesRead >= budget && !mayOverrun()) {
      stoppedAtBudget = true;
      finish();
      return;
    }
    ask(remote.index().get(), Limits.PAGE_BYTES_MAX, null);
    takeFetched();
    if (inFlight.isEmpty()) pump();
  }

  private Optional<Head> newestHead() {
    return holdings.headWith(Optional.ofNullable(remote).map(RemoteHead::head));
  }

  private void ask(Cid cid, int bytes, @Nullable IndexChild child) {
    inFlight.put(cid, child);
    if (!fetched.containsKey(cid)) effects.add(new FollowEffect.GetBlock(cid, bytes));
  }

  /** What the comparison has read already is not asked for again. */
  private void takeFetched() {
    for (Cid cid : new ArrayList<>(inFlight.keySet())) {
      byte @Nullable [] block = fetched.remove(cid);
      if (block != null && inFlight.containsKey(cid)) take(cid, block);
    }
  }

  /** A block whose hash is that of its CID. */
  public void onBlock(Cid cid, byte[] block) {
    if (!inFlight.containsKey(cid)) return;
    bytesRead += block.length;
    blocksRead++;
    Comparison at = comparing;
    if (at != null) {
      inFlight.remove(cid);
      if (at.toFollow) fetched.put(cid, block);
      at.search.onBlock(block);
      onCompared(at);
      return;
    }
    take(cid, block);
    pump();
  }

  private void take(Cid cid, byte[] block) {
    IndexChild child = inFlight.remove(cid);
    if (child == null) {
      onIndexRoot(cid, block);
    } else if (child.level() == 0) {
      onPage(child, block);
    } else {
      onNode(child, block);
    }
  }

  private boolean wasForComparison() {
    Comparison at = comparing;
    if (at == null) return false;
    at.search.onUnavailable();
    onCompared(at);
    return true;
  }

  /** No layer has the block. */
  public void onBlockMissing(Cid cid) {
    inFlight.remove(cid);
    found(new Finding(Finding.Kind.MISSING_BLOCK, "no layer has the block", cid.text()));
    if (!wasForComparison()) pump();
  }

  /** Layers that have something under the CID have something else, or none could be asked. */
  public void onBlockBad(Cid cid, List<Finding> why) {
    inFlight.remove(cid);
    why.forEach(this::found);
    if (!wasForComparison()) pump();
  }

  private void onIndexRoot(Cid cid, byte[] block) {
    try {
      IndexRoot root = IndexRoot.parse(block);
      Optional<String> problem = root.problem(name, Objects.requireNonNull(remote), verifier);
      if (problem.isPresent()) {
        found(bad(problem.get(), cid));
        return;
      }
      want(root.children());
    } catch (MalformedException e) {
      found(bad(e.getMessage(), cid));
    }
  }

  private void onNode(IndexChild child, byte[] block) {
    try {
      want(IndexNode.parse(block, child).children());
    } catch (MalformedException e) {
      found(bad(e.getMessage(), child.cid()));
    }
  }

  /** Puts the newest of the children first, before anything older that is waiting. */
  private void want(List<IndexChild> children) {
    for (IndexChild child : children) {
      if (!holdings.has(child.range())) {
        wanted.addFirst(child);
      } else if (!holdings.roots().roots(child.first(), child.end()).equals(child.roots())) {
        String what = "the entries here are others in " + child.range();
        found(new Finding(Finding.Kind.FORK, what, name.text()));
      }
    }
  }

  private void onPage(IndexChild child, byte[] block) {
    try {
      Page page = Page.parse(block);
      holdings.keepPage(page, child).ifPresent(this::found);
    } catch (MalformedException e) {
      found(new Finding(Finding.Kind.BAD_PAGE, e.getMessage(), child.cid().text()));
    }
  }

  private void pump() {
    while (inFlight.size() < IN_FLIGHT_MAX
        && !wanted.isEmpty()
        && !stoppedAtBudget
        && faults < FAULTS_MAX) {
      IndexChild first = wanted.getFirst();
      boolean fits =
          fetched.containsKey(first.cid()) || bytesRead + promised() + first.bytes() <= budget;
      if (!fits && !mayOverrun()) {
        stoppedAtBudget = true;
        break;
      }
      IndexChild next = wanted.removeFirst();
      if (inFlight.containsKey(next.cid())) {
        found(bad("it names one block twice", next.cid()));
        continue;
      }
      ask(next.cid(), next.bytes(), next);
      takeFetched();
    }
    if (inFlight.isEmpty()) finish();
  }

  /** A round that has brought nothing yet takes one page whatever its size, or it never would. */
  private boolean mayOverrun() {
    return budget > 0 && inFlight.isEmpty() && holdings.added().isEmpty();
  }

  private long promised() {
    long bytes = 0;
    for (@Nullable IndexChild child : inFlight.values()) {
      if (child != null) bytes += child.bytes();
    }
    return bytes;
  }

  private static Finding bad(String what, Cid index) {
    return new Finding(Finding.Kind.BAD_INDEX, what, index.text());
  }

  private void found(Finding finding) {
    if (finding.kind() == Finding.Kind.BAD_INDEX || finding.kind() == Finding.Kind.BAD_PAGE) {
      faults++;
    }
    if (findings.size() < FINDINGS_MAX) findings.add(finding);
  }

  private void finish() {
    judgeTheRest();
    if (done || comparing != null) return;
    done = true;
    Optional<Head> head = newestHead();
    SeqRanges missing = head.map(h -> holdings.missingBelow(h.size())).orElse(SeqRanges.none());
    effects.add(
        new FollowEffect.Done(
            new FollowOutcome(
                name,
                head,
                holdings.added(),
                missing,
                stoppedAtBudget,
                bytesRead,
                blocksRead,
                recordBytes,
                findings,
                rivals)));
  }

  /** Entries that are here, of how many there are: what a progress bar shows. */
  public long entriesHeld() {
    return holdings.count();
  }

  /** Entries in the log as far as known, 0 before the record came. */
  public long entriesKnown() {
    return remote == null ? 0 : remote.head().size();
  }

  /** The effects asked for since the last call, in order. */
  public List<FollowEffect> drain() {
    List<FollowEffect> drained = new ArrayList<>(effects);
    effects.clear();
    return drained;
  }
}
