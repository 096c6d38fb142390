package org.tidelog.log.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Sends the entries that the peer asked for, and pushes new ones: slice by slice, in turn over all
 * logs, read from the store when they are sent and no earlier, within what the peer granted.
 */
final class SliceSender {
  /** More requests at a time are not answered but refused. */
  static final int JOBS_MAX = 4_096;

  /** What a slice takes at most, so that many logs move at a time. */
  private static final int SLICE_BYTES = 128 * 1024;

  /** An entry of any size fits one that begins with it. */
  private static final int SLICE_BYTES_ONE = SyncLimits.WINDOW_BYTES_MIN;

  private final LogStore store;
  private final LogNumbers numbers;
  private final Outbox out;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private long credit;
  private boolean pushes;
  private boolean last;

  /** No job fits what is granted, until more is. */
  private boolean starved;

  SliceSender(LogStore store, LogNumbers numbers, Outbox out) {
    this.store = store;
    this.numbers = numbers;
    this.out = out;
  }

  /** Something to send: {@code request} is 0 for a push. */
  private static final class Job {
    final long request;
    final TopicTalk talk;
    final IpnsName log;
    final boolean whole;
    final long base;
    final @Nullable Head head;
    long low;
    long at;
    boolean offered;

    Job(TopicTalk talk, Want want, @Nullable Head head, long at) {
      this.request = want.request();
      this.talk = talk;
      this.log = want.log();
      this.whole = want.whole();
      this.base = want.base();
      this.head = head;
      this.low = want.low();
      this.at = at;
    }
  }

  /** What the peer takes from the beginning. */
  void begin(Hello hello) {
    pushes = hello.pushes();
    grant(hello.windowBytes());
  }

  /** More may be sent; 0 says that nothing will be granted any more. */
  void grant(long bytes) {
    last |= bytes == 0;
    starved = false;
    credit = Math.min(Long.MAX_VALUE / 2, credit + bytes);
  }

  boolean isIdle() {
    return jobs.isEmpty();
  }

  boolean isIdle(TopicTalk talk) {
    for (Job job : jobs) {
      if (job.talk == talk) return false;
    }
    return true;
  }

  void want(TopicTalk talk, Want want) throws MalformedException {
    if (jobs.size() >= JOBS_MAX) throw new MalformedException("over " + JOBS_MAX + " wants");
    Optional<LogSet.Held> held = talk.logs().held(want.log()).filter(log -> !log.contested());
    long size = held.isPresent() ? held.get().size() : 0;
    long to = want.fills() ? want.to() : size;
    long low = held.isPresent() && to <= size ? lowHeld(held.get(), want.low(), to) : to;
    if (low >= to) {
      offerNone(want.request(), want.low());
      return;
    }
    Job job = new Job(talk, want, want.fills() ? null : held.get().head(), to);
    job.low = low;
    jobs.add(job);
    starved = false;
  }

  /**
   * Where the run of held entries begins that ends at {@code to}; {@code to} where there is none.
   */
  private long lowHeld(LogSet.Held held, long low, long to) {
    if (held.whole()) return low;
    IpnsName log = held.log();
    SeqRanges here = store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    if (low >= to) return to;
    List<SeqRange> parts = here.within(new SeqRange(low, to));
    if (parts.isEmpty()) return to;
    SeqRange newest = parts.get(parts.size() - 1);
    return newest.to() == to ? newest.from() : to;
  }

  void stop(long request) {
    jobs.removeIf(job -> job.request == request);
  }

  /**
   * Sends what is new of a log behind {@code base} at once.
   *
   * @param whole whether the peer is taken to hold all below
   * @return whether it did: all of it fits one slice and what is granted
   */
  boolean push(TopicTalk talk, LogSet.Held held, long base, boolean whole) {
    Head head = held.head();
    IpnsName log = held.log();
    int room = (int) Math.min(credit, SLICE_BYTES);
    if (!pushes || room <= 0) return false;
    Optional<NewestEntries.Piece> piece = NewestEntries.before(store, log, base, head.size(), room);
    if (!piece.isPresent() || piece.get().slice().first() > base) return false;
    Want as = new Want(0, talk.number(), log, whole, base, base, 0);
    send(new Job(talk, as, head, head.size()), piece.get());
    return true;
  }

  /** Sends the next slice of the request whose turn it is. */
  boolean step() {
    for (int i = starved ? 0 : jobs.size(); i > 0; i--) {
      Job job = jobs.remove();
      int room = (int) Math.min(credit, SLICE_BYTES);
      Optional<NewestEntries.Piece> piece = piece(job, room);
      if (!piece.isPresent() && credit > room) {
        piece = piece(job, (int) Math.min(credit, SLICE_BYTES_ONE));
      }
      boolean fits = piece.isPresent() || credit >= SLICE_BYTES_ONE;
      if (fits && !isUsable(job, piece)) {
        offerNone(job.request, job.low);
        return true;
      }
      if (!piece.isPresent() && last) {
        out.send(FrameKind.STOP, new ByteWriter().u8(1).varint(job.request));
        return true;
      }
      if (!piece.isPresent()) {
        jobs.add(job);
        continue;
      }
      if (!job.offered) offer(job, piece.get());
      send(job, piece.get());
      job.at = piece.get().slice().first();
      if (job.at > job.low) jobs.add(job);
      return true;
    }
    starved = true;
    return false;
  }

  /** Whether the entry that comes next is stored, and what has to prove that it belongs there. */
  private static boolean isUsable(Job job, Optional<NewestEntries.Piece> piece) {
    if (!piece.isPresent()) return false;
    boolean follows = piece.get().slice().first() <= job.base;
    return job.offered || job.head == null || follows || isWhole(job);
  }

  private Optional<NewestEntries.Piece> piece(Job job, int room) {
    return room <= 0
        ? Optional.empty()
        : NewestEntries.before(store, job.log, job.low, job.at, room);
  }

  private void offer(Job job, NewestEntries.Piece first) {
    Slice slice = first.slice();
    long entries = job.at - job.low;
    // Exact for one slice; more are taken to be like the newest.
    long bytes = (long) ((double) slice.length() * entries / slice.count());
    offer(new Offer(job.request, job.low, job.at, bytes));
    job.offered = true;
  }

  private void offerNone(long request, long low) {
    offer(new Offer(request, low, low, 0));
  }

  private void offer(Offer offer) {
    ByteWriter body = new ByteWriter();
    offer.write(body);
    out.send(FrameKind.RANGE, body);
  }

  private void send(Job job, NewestEntries.Piece piece) {
    ByteWriter body = new ByteWriter().varint(job.request);
    if (job.request == 0) {
      body.varint(job.talk.number());
      numbers.write(body, job.log);
    }
    frame(job, piece).write(body);
    credit -= piece.slice().length();
    job.talk.onSent();
    out.send(FrameKind.SLICE, body, Optional.of(piece.slice()));
  }

  private SliceFrame frame(Job job, NewestEntries.Piece piece) {
    Slice slice = piece.slice();
    Head head = job.head;
    boolean top = head != null && slice.end() == head.size();
    boolean follows = top && slice.first() == job.base;
    Optional<Digest> previous =
        follows || slice.first() == 0 ? Optional.empty() : Optional.of(piece.previous());
    if (head == null || !top) {
      return new SliceFrame(
          slice, previous, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    boolean derived = follows && (job.whole || job.base == 0);
    return new SliceFrame(
        slice,
        previous,
        Optional.of(SliceFrame.Signed.of(head)),
        derived ? Optional.empty() : Optional.of(head.root()),
        follows || job.base == 0 ? Optional.empty() : continuity(job, head),
        job.base == 0 && slice.first() > 0 ? introduction(job, head) : Optional.empty());
  }

  /** Only who holds a whole log can prove anything of it. */
  private Optional<SliceFrame.Continuity> continuity(Job job, Head head) {
    if (!isWhole(job)) return Optional.empty();
    WindowedRoots roots = new WindowedRoots(job.log, store);
    RangeProof proof = RangeProof.prove(job.base, job.base, head.size(), roots);
    return Optional.of(new SliceFrame.Continuity(job.base, proof));
  }

  private Optional<SliceFrame.Introduction> introduction(Job job, Head head) {
    if (!isWhole(job)) return Optional.empty();
    Slice genesis = store.slices(job.log, 0, 1, 1).get(0).slice().cut(0, 1);
    RangeProof proof = RangeProof.prove(0, 1, head.size(), new WindowedRoots(job.log, store));
    return Optional.of(new SliceFrame.Introduction(genesis, proof));
  }

  private static boolean isWhole(Job job) {
    return job.talk.logs().held(job.log).map(LogSet.Held::whole).orElse(false);
  }
}
