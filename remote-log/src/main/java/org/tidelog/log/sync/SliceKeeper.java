package org.tidelog.log.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkedHeads;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/**
 * Verifies slices and stores what is right, one commit each. Entries that end with a head are taken
 * by the head's signature, those below by the id that the entries above begin with.
 */
final class SliceKeeper {
  /** Logs whose peaks are remembered, so that appending to them reads nothing. */
  private static final int FRONTIERS_MAX = 64;

  private final LogStore store;
  private final Verifier verifier;
  private final ForkTalk forks;
  private final LogIds ids;
  private final Outbox out;
  private final Set<IpnsName> refused = new HashSet<>();

  /** What delete entries named that came in this session: the topic may not know of them yet. */
  private final Map<IpnsName, SeqRanges> deleted = new HashMap<>();

  private final LinkedHashMap<IpnsName, Frontier> frontiers = new LinkedHashMap<>();

  SliceKeeper(LogStore store, Verifier verifier, ForkTalk forks, Outbox out) {
    this.store = store;
    this.verifier = verifier;
    this.forks = forks;
    this.ids = new LogIds(store);
    this.out = out;
  }

  /** What became of a slice. */
  enum Outcome {
    KEPT,
    /** All of it is here. */
    DUPLICATE,
    /** What is here is not what it continues. */
    UNFIT,
    /** The log is not taken. */
    REFUSED
  }

  boolean isRefused(IpnsName log) {
    return refused.contains(log);
  }

  /** A slice that ends with a head. */
  Outcome keepTop(SliceIntake.Arrival arrival) throws MalformedException {
    SliceFrame frame = arrival.frame();
    Slice slice = frame.slice();
    Optional<LogSet.Held> held = arrival.talk().logs().held(arrival.log());
    long size = held.isPresent() ? held.get().size() : 0;
    if (!frame.signed().isPresent()) throw new MalformedException("slice without a head");
    if (held.isPresent() && held.get().contested()) return Outcome.REFUSED;
    Optional<Digest> previous = previous(arrival, held);
    if (!previous.isPresent()) return slice.end() <= size ? Outcome.DUPLICATE : Outcome.UNFIT;
    List<Digest> sliceIds = slice.ids(arrival.log(), previous.get());
    Top top = new Top(arrival, held, size, previous.get(), sliceIds);
    if (slice.end() <= size) return isHere(top) ? Outcome.DUPLICATE : contradicted(top);
    return slice.first() <= size ? keepFollowing(top) : keepAhead(top);
  }

  /** A slice that ends with a head, and what it is compared with. */
  private record Top(
      SliceIntake.Arrival arrival,
      Optional<LogSet.Held> held,
      long size,
      Digest previous,
      List<Digest> ids) {
    IpnsName log() {
      return arrival.log();
    }

    Slice slice() {
      return arrival.frame().slice();
    }

    Head head(Digest root) {
      SliceFrame.Signed signed = arrival.frame().signed().orElseThrow(AssertionError::new);
      Digest last = ids.get(ids.size() - 1);
      return Head.claimed(
          new Head.Statement(log(), slice().end(), last, root, signed.timeMillis()),
          signed.signature());
    }
  }

  private Optional<Digest> previous(SliceIntake.Arrival arrival, Optional<LogSet.Held> held) {
    long first = arrival.frame().slice().first();
    if (first == 0) return Optional.of(Digest.ZERO);
    if (arrival.frame().previous().isPresent()) return arrival.frame().previous();
    if (!held.isPresent() || held.get().size() < first) return Optional.empty();
    if (held.get().size() == first) return Optional.of(held.get().head().last());
    return ids.has(arrival.log(), first - 1)
        ? Optional.of(ids.at(arrival.log(), first - 1))
        : Optional.empty();
  }

  /** Whether the last entry of a slice is not other than the one that is held. */
  private boolean isHere(Top top) {
    long last = top.slice().end() - 1;
    Digest id = top.ids().get(top.ids().size() - 1);
    return !ids.has(top.log(), last) || ids.at(top.log(), last).equals(id);
  }

  /** The slice goes on where the held entries end, or before. */
  private Outcome keepFollowing(Top top) throws MalformedException {
    Slice slice = top.slice();
    int known = (int) (top.size() - slice.first());
    Digest last = known > 0 ? top.ids().get(known - 1) : top.previous();
    if (top.held().isPresent() && !last.equals(top.held().get().head().last())) {
      return contradicted(top);
    }
    boolean whole = !top.held().isPresent() || top.held().get().whole();
    Optional<Digest> root = top.arrival().frame().root();
    if (!whole && !root.isPresent()) return Outcome.UNFIT;
    List<Digest> ids = top.ids().subList(known, top.ids().size());
    Frontier frontier = whole ? frontier(top.log(), top.size()).copy() : Frontier.empty();
    if (whole) {
      frontier.appendRange(slice.end(), AlignedRoots.of(top.size(), ids));
      root = Optional.of(frontier.root());
    }
    Head head = top.head(root.get());
    if (!head.verify(verifier)) return contradicted(top);
    if (!isAdmitted(top, head)) return refuse(top.log());
    LogChange change = new LogChange(top.log());
    put(change, top.arrival(), slice, top.previous(), top.ids(), Optional.of(head));
    commit(top.arrival(), change);
    if (whole) remember(top.log(), frontier);
    return Outcome.KEPT;
  }

  /** There are entries between what is held and the slice: they come later. */
  private Outcome keepAhead(Top top) throws MalformedException {
    SliceFrame frame = top.arrival().frame();
    if (!frame.root().isPresent()) return Outcome.UNFIT;
    Head head = top.head(frame.root().get());
    if (!head.verify(verifier)) throw new MalformedException("head that does not verify");
    if (top.held().isPresent()) {
      Optional<SliceFrame.Continuity> continuity = frame.continuity();
      if (!continuity.isPresent() || continuity.get().base() != top.size()) return Outcome.UNFIT;
      if (!continuity.get().proof().rootWith(List.of()).equals(head.root())) {
        return refuse(top.log());
      }
      Optional<Digest> before = continuity.get().proof().prefixRoot();
      Head ours = top.held().get().head();
      if (!before.equals(Optional.of(ours.root()))) {
        refused.add(top.log());
        ForkedHeads proof = ForkedHeads.of(ours, head, continuity.get().proof());
        forks.prove(top.arrival().talk(), proof, head);
        return Outcome.REFUSED;
      }
    }
    if (!isAdmitted(top, head) || !isSound(top.arrival(), top.ids(), head)) {
      return refuse(top.log());
    }
    LogChange change = new LogChange(top.log());
    if (!top.held().isPresent() && frame.genesis().isPresent()) {
      Slice genesis = frame.genesis().get().slice();
      List<Digest> ids = genesis.ids(top.log(), Digest.ZERO);
      put(change, top.arrival(), genesis, Digest.ZERO, ids, Optional.empty());
    }
    put(change, top.arrival(), top.slice(), top.previous(), top.ids(), Optional.of(head));
    commit(top.arrival(), change);
    return Outcome.KEPT;
  }

  private boolean isAdmitted(Top top, Head head) throws MalformedException {
    if (top.held().isPresent()) return true;
    SliceFrame frame = top.arrival().frame();
    Optional<Slice> genesis = Optional.empty();
    if (top.slice().first() == 0) {
      genesis = Optional.of(top.slice().cut(0, 1));
    } else if (frame.genesis().isPresent()) {
      SliceFrame.Introduction introduction = frame.genesis().get();
      List<Digest> ids = introduction.slice().ids(top.log(), Digest.ZERO);
      if (!introduction.proof().rootWith(ids).equals(head.root())) {
        return false;
      }
      genesis = Optional.of(introduction.slice());
    }
    return genesis.isPresent() && top.arrival().talk().topic().admits(top.log(), genesis.get());
  }

  /** The log is not taken in this session, or no more of it; whose fault that is is not known. */
  private Outcome refuse(IpnsName log) {
    refused.add(log);
    return Outcome.REFUSED;
  }

  /**
   * Whether entries that would make a log whole make the root that its head has. The author's
   * signature and the ids alone do not say so, and no proof could be made from a log where it is
   * not so: the entries are not kept then, and the log never counts as whole.
   */
  private boolean isSound(SliceIntake.Arrival arrival, List<Digest> ids, Head head) {
    IpnsName log = arrival.log();
    SeqRange range = arrival.frame().slice().range();
    SeqRanges here = store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    Optional<SliceFrame.Introduction> genesis = arrival.frame().genesis();
    boolean introduced = genesis.isPresent() && !here.contains(0) && range.from() == 1;
    SeqRanges all = here.with(range);
    if (introduced) all = all.with(new SeqRange(0, 1));
    if (!all.containsAll(new SeqRange(0, head.size()))) return true;
    // Proved in the root already, and all below the slice.
    if (introduced) return introduced(genesis.get(), log, range, ids).equals(head.root());
    WindowedRoots roots = new WindowedRoots(log, store);
    Frontier frontier = Frontier.of(range.from(), roots.peaks(range.from()));
    frontier.appendRange(range.to(), AlignedRoots.of(range.from(), ids));
    if (range.to() < head.size()) {
      frontier.appendRange(head.size(), roots.roots(range.to(), head.size()));
    }
    return frontier.root().equals(head.root());
  }

  private static Digest introduced(
      SliceFrame.Introduction genesis, IpnsName log, SeqRange range, List<Digest> ids) {
    Frontier frontier = Frontier.empty();
    frontier.appendRange(1, AlignedRoots.of(0, genesis.slice().ids(log, Digest.ZERO)));
    frontier.appendRange(range.to(), AlignedRoots.of(range.from(), ids));
    return frontier.root();
  }

  /**
   * A slice below entries that are held.
   *
   * @param last the id of its last entry, as those above say
   */
  Outcome keepBelow(SliceIntake.Arrival arrival, Digest last) throws MalformedException {
    Slice slice = arrival.frame().slice();
    Optional<Digest> given = arrival.frame().previous();
    if (slice.first() > 0 && !given.isPresent()) {
      throw new MalformedException("slice without the id before it");
    }
    Digest previous = slice.first() == 0 ? Digest.ZERO : given.get();
    List<Digest> ids = slice.ids(arrival.log(), previous);
    if (!ids.get(ids.size() - 1).equals(last)) {
      throw new MalformedException("entries that are not those of the head");
    }
    LogSet.Held held = arrival.talk().logs().held(arrival.log()).orElseThrow(AssertionError::new);
    if (!held.whole() && !isSound(arrival, ids, held.head())) return refuse(arrival.log());
    LogChange change = new LogChange(arrival.log());
    put(change, arrival, slice, previous, ids, Optional.empty());
    if (!change.slices().isEmpty()) commit(arrival, change);
    return Outcome.KEPT;
  }

  private Outcome contradicted(Top top) throws MalformedException {
    if (!top.held().isPresent()) throw new MalformedException("head that does not verify");
    refused.add(top.log());
    forks.dispute(top.arrival().talk(), top.log());
    return Outcome.REFUSED;
  }

  /** Puts what of a slice is not held, without what was deleted. */
  private void put(
      LogChange change,
      SliceIntake.Arrival arrival,
      Slice slice,
      Digest previous,
      List<Digest> ids,
      Optional<Head> head) {
    IpnsName log = arrival.log();
    SeqRanges gone = deleted(arrival, slice);
    for (SeqRange gap : gaps(arrival, slice.range())) {
      int skip = (int) (gap.from() - slice.first());
      Slice part = slice.cut(gap.from(), gap.to());
      SeqRanges unwanted = part.unwanted(gone, 0);
      if (!unwanted.isEmpty()) part = part.withoutPayloads(log, unwanted::contains);
      List<Digest> partIds = ids.subList(skip, (int) (gap.to() - slice.first()));
      Digest before = skip == 0 ? previous : ids.get(skip - 1);
      boolean last = gap.to() == slice.end();
      change.put(StoredSlice.of(part, before, partIds, last ? head : Optional.empty()));
    }
  }

  private List<SeqRange> gaps(SliceIntake.Arrival arrival, SeqRange range) {
    Optional<LogSet.Held> held = arrival.talk().logs().held(arrival.log());
    if (!held.isPresent() || held.get().size() <= range.from()) return List.of(range);
    SeqRanges here =
        held.get().whole()
            ? SeqRanges.none().with(new SeqRange(0, held.get().size()))
            : store.log(arrival.log()).map(StoredLog::held).orElse(SeqRanges.none());
    return here.gapsWithin(range);
  }

  private SeqRanges deleted(SliceIntake.Arrival arrival, Slice slice) {
    IpnsName log = arrival.log();
    SeqRanges named = Deletion.named(slice);
    if (!named.isEmpty()) deleted.merge(log, named, SeqRanges::with);
    SeqRanges known = arrival.talk().topic().deleted(log);
    SeqRanges came = deleted.get(log);
    return came == null ? known : known.with(came);
  }

  private void commit(SliceIntake.Arrival arrival, LogChange change) {
    store.commit(List.of(change));
    LogSet logs = arrival.talk().logs();
    SeqRanges added = SeqRanges.none();
    for (StoredSlice stored : change.slices()) {
      SliceOutline outline = stored.outline();
      added = added.with(outline.range());
      outline.head().ifPresent(head -> logs.appended(head, outline.first()));
    }
    out.add(new SyncEffect.Stored(arrival.talk().topic().id(), arrival.log(), added));
  }

  private Frontier frontier(IpnsName log, long size) {
    Frontier known = frontiers.remove(log);
    if (known != null && known.size() == size) return known;
    return Frontier.of(size, new WindowedRoots(log, store).peaks(size));
  }

  private void remember(IpnsName log, Frontier frontier) {
    frontiers.put(log, frontier);
    if (frontiers.size() > FRONTIERS_MAX) frontiers.remove(frontiers.keySet().iterator().next());
  }

  /** The id before a held entry. */
  Digest idBefore(IpnsName log, long seq) {
    return ids.before(log, seq);
  }

  /** Whether a held entry is from before a time; never before 0. */
  boolean isBefore(IpnsName log, long seq, long millis) {
    if (millis == 0) return false;
    return ids.entry(log, seq).timeMillis() < millis;
  }
}
