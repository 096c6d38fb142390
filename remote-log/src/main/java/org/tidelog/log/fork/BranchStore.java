package org.tidelog.log.fork;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/**
 * The second branch of a contested log, as if it were the log: entries below the fork point are
 * those of the first branch, the others lie in the same store under a key of their own. What is put
 * here below the point goes to the log itself, because it is in both. Other logs are not changed.
 */
public final class BranchStore implements LogStore {
  private static final byte[] TAG = "tidelog/branch/1".getBytes(StandardCharsets.US_ASCII);

  private final LogStore store;
  private final IpnsName log;
  private final IpnsName key;
  private final long point;

  /**
   * A view of the second branch in a store that holds the first.
   *
   * @param point the first position at which the branches differ
   */
  public BranchStore(LogStore store, IpnsName log, long point) {
    this.store = store;
    this.log = log;
    this.key = key(log);
    this.point = point;
  }

  /** What the second branch of a log is stored under: no log can have that name on purpose. */
  public static IpnsName key(IpnsName log) {
    return IpnsName.of(Sha256.create().update(TAG).update(log.key()).finish().bytes());
  }

  @Override
  public List<IpnsName> logs() {
    return store.logs();
  }

  @Override
  public Optional<StoredLog> log(IpnsName name) {
    if (!name.equals(log)) return store.log(name);
    Optional<StoredLog> branch = store.log(key);
    SeqRanges below = store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    SeqRanges held = branch.map(StoredLog::held).orElse(SeqRanges.none());
    if (point > 0) held = held.with(SeqRanges.of(below.within(new SeqRange(0, point))));
    if (held.isEmpty() && !branch.isPresent()) return Optional.empty();
    return Optional.of(
        new StoredLog(
            held,
            branch.flatMap(StoredLog::head).map(this::ofLog),
            branch.flatMap(StoredLog::record)));
  }

  /** Heads are stored without the name of their log. */
  private Head ofLog(Head head) {
    Head.Statement s = head.statement();
    return Head.claimed(
        new Head.Statement(log, s.size(), s.last(), s.root(), s.timeMillis()), head.signature());
  }

  @Override
  public List<StoredSlice> slices(IpnsName name, long from, long to, long bytesMax) {
    if (!name.equals(log)) return store.slices(name, from, to, bytesMax);
    List<StoredSlice> found = new ArrayList<>();
    long bytes = 0;
    if (from < point) {
      for (StoredSlice slice : store.slices(log, from, Math.min(to, point), bytesMax)) {
        StoredSlice below = below(slice);
        found.add(below);
        bytes += below.slice().length();
      }
    }
    if (bytes >= bytesMax || to <= point) return found;
    for (StoredSlice slice : store.slices(key, Math.max(from, point), to, bytesMax - bytes)) {
      found.add(new StoredSlice(ofLog(slice.outline()), slice.slice()));
    }
    return found;
  }

  private StoredSlice below(StoredSlice slice) {
    SliceOutline outline = slice.outline();
    if (outline.end() <= point) return slice;
    return part(slice, outline.first(), point);
  }

  private StoredSlice part(StoredSlice slice, long from, long to) {
    SliceOutline outline = slice.outline();
    if (from == outline.first() && to == outline.end()) return slice;
    Slice cut = slice.slice().cut(from, to);
    Optional<Head> head = to == outline.end() ? outline.head() : Optional.empty();
    if (from == outline.first()) return StoredSlice.of(log, cut, outline.previous(), head);
    int skipped = (int) (from - outline.first());
    return StoredSlice.of(log, cut, slice.ids(log).get(skipped - 1), head);
  }

  private SliceOutline ofLog(SliceOutline o) {
    return new SliceOutline(
        o.first(), o.count(), o.previous(), o.last(), o.roots(), o.head().map(this::ofLog));
  }

  @Override
  public List<SliceOutline> outlines(IpnsName name, long from, long to) {
    if (!name.equals(log)) return store.outlines(name, from, to);
    List<SliceOutline> found = new ArrayList<>();
    if (from < point) {
      for (SliceOutline outline : store.outlines(log, from, Math.min(to, point))) {
        found.add(outline.end() <= point ? outline : cut(outline));
      }
    }
    if (to <= point) return found;
    for (SliceOutline outline : store.outlines(key, Math.max(from, point), to)) {
      found.add(ofLog(outline));
    }
    return found;
  }

  private SliceOutline cut(SliceOutline outline) {
    StoredSlice whole = store.slices(log, outline.first(), outline.first() + 1, 1).get(0);
    return below(whole).outline();
  }

  /** Nobody publishes a second branch. */
  @Override
  public List<PublishedBlock> published(IpnsName name, int level, long fromOrdinal) {
    return name.equals(log) ? List.of() : store.published(name, level, fromOrdinal);
  }

  @Override
  public void commit(List<LogChange> changes) {
    List<LogChange> translated = new ArrayList<>();
    for (LogChange change : changes) {
      if (change.log().equals(log)) {
        translated.addAll(translated(change));
      } else {
        translated.add(change);
      }
    }
    store.commit(translated);
  }

  /** What a change of the branch is to the store. */
  public List<LogChange> translated(LogChange change) {
    LogChange common = new LogChange(log);
    LogChange own = new LogChange(key);
    for (long first : change.removed()) {
      (first < point ? common : own).remove(first);
    }
    for (StoredSlice slice : change.slices()) {
      SliceOutline outline = slice.outline();
      if (outline.first() < point) {
        common.put(part(slice, outline.first(), Math.min(point, outline.end())));
      }
      if (outline.end() > point) {
        own.put(part(slice, Math.max(point, outline.first()), outline.end()));
      }
    }
    change.record().ifPresent(own::record);
    if (change.forgetsRecord()) own.forgetRecord();
    return common.slices().isEmpty() && common.removed().isEmpty()
        ? List.of(own)
        : List.of(common, own);
  }
}
