package org.tidelog.log.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/**
 * What is held of a log that is being followed, and how more of it is kept: only what is verified,
 * and never twice.
 */
final class Holdings {
  private final IpnsName name;
  private final LogStore store;
  private final StoredRoots roots;
  private final Optional<Head> head;
  private final Optional<byte[]> record;
  private Unwanted unwanted;
  private SeqRanges held;
  private SeqRanges added = SeqRanges.none();

  /** Where the pages end, as the record has it that is being followed. */
  private long pagedEnd;

  private Digest pagedLast = Digest.ZERO;

  /** The head that is kept with the last page, where there is no record to keep it. */
  private Optional<Head> vouchingForPages = Optional.empty();

  Holdings(IpnsName name, LogStore store, Unwanted unwanted) {
    this.name = name;
    this.unwanted = unwanted;
    this.store = store;
    this.roots = new StoredRoots(name, store);
    Optional<StoredLog> stored = store.log(name);
    this.held = stored.map(StoredLog::held).orElse(SeqRanges.none());
    this.record = stored.flatMap(StoredLog::record);
    this.head = newer(stored.flatMap(StoredLog::head), record.map(bytes -> recorded(name, bytes)));
  }

  /** The head in a record that was verified before it was stored. */
  private static Head recorded(IpnsName name, byte[] record) {
    try {
      return RemoteHead.parse(name, IpnsRecord.parse(record)).head();
    } catch (MalformedException e) {
      throw new StoreException(
          StoreException.Cause.DAMAGED, "record of log " + name.text() + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Head> newer(Optional<Head> a, Optional<Head> b) {
    if (!a.isPresent()) return b;
    return b.isPresent() && b.get().size() >= a.get().size() ? b : a;
  }

  Optional<Head> head() {
    return head;
  }

  Optional<byte[]> record() {
    return record;
  }

  /** The newer of the head stored before and another. */
  Optional<Head> headWith(Optional<Head> other) {
    return newer(head, other);
  }

  StoredRoots roots() {
    return roots;
  }

  boolean has(SeqRange range) {
    return held.containsAll(range);
  }

  boolean hasSome(SeqRange range) {
    return !held.within(range).isEmpty();
  }

  SeqRanges missingBelow(long size) {
    return held.missingBelow(size);
  }

  SeqRanges added() {
    return added;
  }

  long count() {
    return held.count();
  }

  /** What of a verified record contradicts the head or the entries that are here. */
  Optional<String> contradiction(RemoteHead remote) {
    long size = remote.head().size();
    if (head.isPresent() && head.get().size() == size && !head.get().agreesWith(remote.head())) {
      return Optional.of("two heads of size " + size);
    }
    long paged = remote.paged();
    if (paged > 0) {
      Optional<String> before = others(paged - 1, List.of(remote.previous()));
      if (before.isPresent()) return before;
    }
    if (remote.tail().isPresent()) {
      Slice tail = remote.tail().get();
      Optional<String> inTail = others(tail.first(), tail.ids(name, remote.previous()));
      if (inTail.isPresent()) return inTail;
    }
    if (paged > 0
        && missingBelow(paged).isEmpty()
        && !remote.rootWith(Frontier.of(paged, roots.peaks(paged))).equals(remote.head().root())) {
      return Optional.of("the entries here make another root");
    }
    return Optional.empty();
  }

  /**
   * Whether entries that are here differ from those with these ids, which begin at {@code first}.
   */
  private Optional<String> others(long first, List<Digest> ids) {
    for (SeqRange here : held.within(new SeqRange(first, first + ids.size()))) {
      List<Digest> theirs = ids.subList((int) (here.from() - first), (int) (here.to() - first));
      if (!AlignedRoots.of(here.from(), theirs).equals(roots.roots(here.from(), here.to()))) {
        return Optional.of("the entries here are others in " + here);
      }
    }
    return Optional.empty();
  }

  /**
   * Keeps the record and the entries in it. They end in the head's last id, so the head vouches for
   * each of them. A record that holds a payload which is not to be kept is not kept either, since
   * nothing can be taken out of it.
   *
   * @param from empty where an index root came alone
   */
  void keepTail(RemoteHead remote, Optional<IpnsRecord> from) {
    pagedEnd = remote.paged();
    pagedLast = remote.previous();
    if (!from.isPresent()) {
      vouchingForPages = Optional.of(remote.head());
      return;
    }
    LogChange change = new LogChange(name);
    if (remote.tail().isPresent()) {
      Slice tail = remote.tail().get();
      unwanted = unwanted.with(Deletion.named(tail));
      List<Digest> ids = tail.ids(name, remote.previous());
      for (SeqRange gap : held.gapsWithin(tail.range())) {
        Optional<Head> vouching =
            gap.to() == remote.head().size() ? Optional.of(remote.head()) : Optional.empty();
        change.put(part(tail, gap, remote.previous(), ids, vouching));
      }
    }
    if (remote.tail().isPresent() && unwanted.isIn(remote.tail().get())) {
      change.forgetRecord();
    } else {
      change.record(from.get().bytes());
    }
    store.commit(List.of(change));
    change.slices().forEach(this::keep);
  }

  /**
   * Keeps a page's entries if they are those that the index says.
   *
   * @return what is wrong
   */
  Optional<Finding> keepPage(Page page, IndexChild child) {
    if (!page.log().equals(name)) return bad(child, "it is a page of another log");
    if (page.first() != child.first() || page.end() != child.end()) {
      return bad(
          child, "it has entries [" + page.first() + ", " + page.end() + "), not " + child.range());
    }
    List<List<Digest>> ids = new ArrayList<>();
    List<Digest> all = new ArrayList<>();
    Digest previous = child.previous();
    for (Slice slice : page.slices()) {
      List<Digest> sliceIds = slice.ids(name, previous);
      previous = sliceIds.get(sliceIds.size() - 1);
      ids.add(sliceIds);
      all.addAll(sliceIds);
    }
    if (!AlignedRoots.of(page.first(), all).equals(child.roots())) {
      return bad(child, "its entries are not those that the index commits to");
    }
    if (page.end() == pagedEnd && !previous.equals(pagedLast)) {
      return bad(child, "its last entry is not the one that the head names");
    }
    if (vouchingForPages.isPresent() && page.end() != pagedEnd && !held.contains(pagedEnd - 1)) {
      // Entries without a head or a record would agree with any branch.
      String what = "the newest page, which the head is kept with, did not come";
      return Optional.of(new Finding(Finding.Kind.MISSING_BLOCK, what, child.cid().text()));
    }
    Optional<String> others = others(page.first(), all);
    if (others.isPresent()) {
      return Optional.of(new Finding(Finding.Kind.FORK, others.get(), name.text()));
    }
    keep(page, child, ids);
    return Optional.empty();
  }

  private static Optional<Finding> bad(IndexChild child, String what) {
    return Optional.of(new Finding(Finding.Kind.BAD_PAGE, what, child.cid().text()));
  }

  private void keep(Page page, IndexChild child, List<List<Digest>> ids) {
    LogChange change = new LogChange(name);
    for (Slice slice : page.slices()) {
      unwanted = unwanted.with(Deletion.named(slice));
    }
    Digest previous = child.previous();
    for (int i = 0; i < ids.size(); i++) {
      Slice slice = page.slices().get(i);
      for (SeqRange gap : held.gapsWithin(slice.range())) {
        Optional<Head> vouching = vouchingForPages.filter(head -> head.size() == gap.to());
        change.put(part(slice, gap, previous, ids.get(i), vouching));
      }
      previous = ids.get(i).get(ids.get(i).size() - 1);
    }
    store.commit(List.of(change));
    change.slices().forEach(this::keep);
  }

  private StoredSlice part(
      Slice slice, SeqRange range, Digest before, List<Digest> ids, Optional<Head> vouching) {
    int skip = (int) (range.from() - slice.first());
    Digest previous = skip == 0 ? before : ids.get(skip - 1);
    List<Digest> partIds = ids.subList(skip, (int) (range.to() - slice.first()));
    Slice part = unwanted.strip(name, slice.cut(range.from(), range.to()));
    return StoredSlice.of(part, previous, partIds, vouching);
  }

  private void keep(StoredSlice slice) {
    SeqRange range = slice.outline().range();
    held = held.with(range);
    added = added.with(range);
  }
}
