package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Asks for what is lacking here and takes in what comes: so much at a time as was granted, each
 * slice verified before it is stored. What was stored needs not be asked for again, so a transfer
 * that broke off goes on where it was.
 */
final class SliceIntake {
  /** Requests that are open at a time; what is granted in bytes bounds the memory. */
  private static final int OPEN_MAX = 256;

  private final LogStore store;
  private final SliceKeeper keeper;
  private final LogNumbers numbers;
  private final Outbox out;
  private final long windowBytes;
  private long budgetLeft;

  /** What the peer may still send. */
  private long allowed;

  /** The peer knows that no more will be granted. */
  private boolean last;

  private boolean spent;
  private long ungranted;
  private long requests;
  private final Map<Long, Transfer> open = new HashMap<>();
  private final Map<IpnsName, TopicTalk> queue = new LinkedHashMap<>();
  private final Set<IpnsName> asked = new HashSet<>();

  /** What the peer said it has not, or is not wanted from it again: not asked for twice. */
  private final Map<IpnsName, SeqRanges> unavailable = new HashMap<>();

  SliceIntake(
      LogStore store, SliceKeeper keeper, SyncLimits limits, LogNumbers numbers, Outbox out) {
    this.store = store;
    this.keeper = keeper;
    this.numbers = numbers;
    this.out = out;
    this.windowBytes = limits.windowBytes();
    this.allowed = Math.min(limits.windowBytes(), limits.budgetBytes());
    this.budgetLeft = limits.budgetBytes() - allowed;
  }

  /** What the peer may send before more is granted. */
  long window() {
    return allowed;
  }

  boolean isIdle(TopicTalk talk) {
    if (queue.containsValue(talk)) return false;
    for (Transfer transfer : open.values()) {
      if (transfer.talk == talk) return false;
    }
    return true;
  }

  /** The peer has entries of a log that are not here. */
  void lacks(TopicTalk talk, IpnsName log) {
    if (!asked.contains(log)) queue.putIfAbsent(log, talk);
  }

  /** Asks for what is lacking, as far as may be. */
  void pump() {
    if (budgetLeft == 0 && !last) {
      last = true;
      out.send(FrameKind.GRANT, new ByteWriter().varint(0));
    }
    while (!queue.isEmpty() && open.size() < OPEN_MAX) {
      Map.Entry<IpnsName, TopicTalk> next = queue.entrySet().iterator().next();
      queue.remove(next.getKey());
      if (!spent) ask(next.getValue(), next.getKey());
    }
  }

  /** What the peer would send next is more than what is left of the budget. */
  void onStop(long request) {
    Transfer transfer = open.get(request);
    if (transfer == null) return;
    spent = true;
    stop(transfer, false);
  }

  private void ask(TopicTalk talk, IpnsName log) {
    Optional<LogSet.Held> held = talk.logs().held(log);
    Wish wish = talk.topic().wish(log);
    boolean contested = held.isPresent() && held.get().contested();
    if (wish.isNothing() || contested || keeper.isRefused(log)) return;
    long size = held.isPresent() ? held.get().size() : 0;
    long theirs = talk.peerSize(log);
    boolean whole = !held.isPresent() || held.get().whole();
    if (size < theirs) {
      long low = Math.max(size, wish.low(theirs));
      if (low < theirs && !isUnavailable(log, theirs)) {
        want(talk, new Want(++requests, talk.number(), log, whole, size, low, 0));
      }
    } else if (!whole) {
      fill(talk, log, wish);
    }
  }

  private boolean isUnavailable(IpnsName log, long size) {
    return unavailable.getOrDefault(log, SeqRanges.none()).contains(size - 1);
  }

  /** The newest gap that is wanted and that the peer may have. */
  private void fill(TopicTalk talk, IpnsName log, Wish wish) {
    SeqRanges here = store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    long low = wish.low(here.end());
    if (low >= here.end()) return;
    SeqRanges known = here.with(unavailable.getOrDefault(log, SeqRanges.none()));
    List<SeqRange> gaps = new ArrayList<>(known.gapsWithin(new SeqRange(low, here.end())));
    // What lies directly below entries that nobody has cannot be verified by those above.
    gaps.removeIf(gap -> !here.contains(gap.to()));
    if (gaps.isEmpty()) return;
    SeqRange gap = gaps.get(gaps.size() - 1);
    if (keeper.isBefore(log, gap.to(), wish.sinceMillis())) return;
    Want want = new Want(++requests, talk.number(), log, false, 0, gap.from(), gap.to());
    want(talk, want).expect(gap.to(), keeper.idBefore(log, gap.to()));
  }

  private Transfer want(TopicTalk talk, Want want) {
    Transfer transfer = new Transfer(talk, want);
    open.put(want.request(), transfer);
    asked.add(want.log());
    ByteWriter body = new ByteWriter();
    want.write(body, numbers);
    out.send(FrameKind.WANT, body);
    return transfer;
  }

  void onOffer(Offer offer) throws MalformedException {
    Transfer transfer = open.get(offer.request());
    if (transfer == null) return; // It was taken back meanwhile.
    long end = transfer.isAtTop() ? offer.to() : transfer.end();
    if (offer.to() != offer.from() && (offer.from() < transfer.low || offer.to() != end)) {
      throw new MalformedException("offer of other entries than were asked for");
    }
    boolean none = offer.to() == offer.from();
    long from = offer.from();
    if (none) {
      boolean top = transfer.isAtTop();
      from = top ? Math.max(end, transfer.talk.peerSize(transfer.log)) : end;
    }
    if (from > transfer.low) isMissing(transfer, new SeqRange(transfer.low, from));
    if (none) {
      close(transfer);
    } else {
      transfer.low = offer.from();
    }
  }

  private void isMissing(Transfer transfer, SeqRange range) {
    SeqRanges before = unavailable.getOrDefault(transfer.log, SeqRanges.none());
    unavailable.put(transfer.log, before.with(range));
    SeqRanges missing = SeqRanges.none().with(range);
    out.add(new SyncEffect.Missing(transfer.talk.topic().id(), transfer.log, missing));
  }

  /** A slice for a request; nothing where that was taken back. */
  void onSlice(long request, SliceFrame frame) throws MalformedException {
    count(frame.slice());
    Transfer transfer = open.get(request);
    if (transfer == null) {
      if (request < 1 || request > requests) throw new MalformedException("slice without a want");
      return;
    }
    transfer.talk.onReceived();
    take(transfer, frame);
  }

  private void take(Transfer transfer, SliceFrame frame) throws MalformedException {
    Slice slice = frame.slice();
    Arrival arrival = new Arrival(transfer.talk, transfer.log, frame);
    if (transfer.isAtTop()) {
      transfer.talk.peerHas(transfer.log, slice.end());
      SliceKeeper.Outcome outcome = keeper.keepTop(arrival);
      if (outcome != SliceKeeper.Outcome.KEPT) {
        stop(transfer, slice.first() > transfer.low);
        if (outcome != SliceKeeper.Outcome.REFUSED) again(transfer, slice.end());
        return;
      }
    } else {
      if (slice.end() != transfer.end() || slice.first() < transfer.low) {
        throw new MalformedException("slice " + slice.range() + " was not asked for");
      }
      if (keeper.keepBelow(arrival, transfer.last()) == SliceKeeper.Outcome.REFUSED) {
        stop(transfer, slice.first() > transfer.low);
        return;
      }
    }
    transfer.expect(slice.first(), frame.previous().orElse(Digest.ZERO));
    if (transfer.isDone()) {
      close(transfer);
    } else if (keeper.isBefore(transfer.log, slice.first(), since(transfer))) {
      stop(transfer, true);
    }
  }

  private static long since(Transfer transfer) {
    return transfer.talk.topic().wish(transfer.log).sinceMillis();
  }

  /** A slice that was not asked for: it follows what is here, or shows that more is lacking. */
  void onPush(TopicTalk talk, IpnsName log, SliceFrame frame) throws MalformedException {
    count(frame.slice());
    talk.onReceived();
    talk.peerHas(log, frame.slice().end());
    if (talk.topic().wish(log).isNothing() || keeper.isRefused(log)) return;
    boolean inStep = talk.isInStep();
    SliceKeeper.Outcome outcome = keeper.keepTop(new Arrival(talk, log, frame));
    if (outcome == SliceKeeper.Outcome.UNFIT) {
      lacks(talk, log);
    } else if (inStep && outcome == SliceKeeper.Outcome.KEPT) {
      talk.keepsStep();
    }
  }

  /**
   * What came was of no use. Because of what came here by another way, and the rest is asked for;
   * or else the peer has nothing that is.
   */
  private void again(Transfer transfer, long end) {
    TopicTalk talk = transfer.talk;
    long size = talk.logs().held(transfer.log).map(LogSet.Held::size).orElse(0L);
    if (size == transfer.base) {
      long to = Math.max(end, talk.peerSize(transfer.log));
      isMissing(transfer, new SeqRange(transfer.low, to));
    }
    lacks(talk, transfer.log);
  }

  /** A slice with what it is for. */
  record Arrival(TopicTalk talk, IpnsName log, SliceFrame frame) {}

  private void count(Slice slice) throws MalformedException {
    allowed -= slice.length();
    if (allowed < 0) throw new MalformedException("slices of more bytes than were granted");
    ungranted += slice.length();
    // What is left has to be enough for an entry of any size.
    if (2 * ungranted >= windowBytes || allowed < SyncLimits.WINDOW_BYTES_MIN) {
      grant();
    }
  }

  private void grant() {
    long bytes = Math.min(ungranted, budgetLeft);
    ungranted = 0;
    budgetLeft -= bytes;
    allowed += bytes;
    if (bytes > 0) out.send(FrameKind.GRANT, new ByteWriter().varint(bytes));
  }

  private void stop(Transfer transfer, boolean more) {
    open.remove(transfer.request);
    asked.remove(transfer.log);
    if (more) out.send(FrameKind.STOP, new ByteWriter().u8(0).varint(transfer.request));
  }

  /** All of a transfer came that will: what else is lacking of the log is next. */
  private void close(Transfer transfer) {
    stop(transfer, false);
    LogSet logs = transfer.talk.logs();
    if (!logs.held(transfer.log).map(LogSet.Held::whole).orElse(false)) {
      logs.changed(transfer.log, store);
    }
    lacks(transfer.talk, transfer.log);
  }
}
