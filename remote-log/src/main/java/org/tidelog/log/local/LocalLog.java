package org.tidelog.log.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/**
 * The writing end of a log. Appending has two halves, so that one commit can take entries of
 * several logs and of many callers: {@link #prepare} signs a group, and {@link #committed} moves on
 * once the store has made it durable. No head is given out in between. Owned by one thread.
 */
public final class LocalLog {
  private final IpnsName name;
  private final Signer signer;
  private Frontier frontier;
  private Digest last;
  private Optional<Head> head;

  private LocalLog(Signer signer, Frontier frontier, Digest last, Optional<Head> head) {
    this.name = IpnsName.of(signer.publicKey());
    this.signer = signer;
    this.frontier = frontier;
    this.last = last;
    this.head = head;
  }

  /**
   * The log of the signer's key as the store has it, empty where it has nothing.
   *
   * @throws StoreException with {@link StoreException.Cause#DAMAGED} if what is stored is not a
   *     whole log with its head
   */
  public static LocalLog open(Signer signer, LogStore store) {
    IpnsName name = IpnsName.of(signer.publicKey());
    Optional<StoredLog> stored = store.log(name);
    SeqRanges held = stored.map(StoredLog::held).orElse(SeqRanges.none());
    if (held.isEmpty())
      return new LocalLog(signer, Frontier.empty(), Digest.ZERO, Optional.empty());
    Head head =
        stored.flatMap(StoredLog::head).orElseThrow(() -> damaged(name, "its head is gone"));
    if (!held.equals(SeqRanges.none().with(new SeqRange(0, head.size())))) {
      throw damaged(name, "entries are gone: " + held + " of " + head.size());
    }
    Frontier frontier = Frontier.empty();
    Digest last = Digest.ZERO;
    for (SliceOutline outline : store.outlines(name, 0, head.size())) {
      int roots = AlignedRoots.heights(outline.first(), outline.end()).length;
      if (outline.first() != frontier.size()
          || outline.roots().size() != roots
          || !outline.previous().equals(last)) {
        throw damaged(name, "the slice at " + outline.first() + " does not follow");
      }
      frontier.appendRange(outline.end(), outline.roots());
      last = outline.last();
    }
    if (!frontier.root().equals(head.root()) || !last.equals(head.last())) {
      throw damaged(name, "its entries are not those of its head");
    }
    return new LocalLog(signer, frontier, last, Optional.of(head));
  }

  private static StoreException damaged(IpnsName name, String what) {
    return new StoreException(StoreException.Cause.DAMAGED, "log " + name.text() + ": " + what);
  }

  public IpnsName name() {
    return name;
  }

  /** Entries, those of prepared groups that are not committed left out. */
  public long size() {
    return frontier.size();
  }

  public Optional<Head> head() {
    return head;
  }

  /** A group of entries that has been signed but not stored. */
  public static final class Group {
    private final List<StoredSlice> slices;
    private final List<Digest> ids;
    private final Frontier after;
    private final Head head;

    private Group(List<StoredSlice> slices, List<Digest> ids, Frontier after, Head head) {
      this.slices = slices;
      this.ids = ids;
      this.after = after;
      this.head = head;
    }

    /** The position of the first entry. */
    public long first() {
      return head.size() - ids.size();
    }

    /** Ids of the entries in order. */
    public List<Digest> ids() {
      return List.copyOf(ids);
    }

    public Head head() {
      return head;
    }

    /** What the store has to commit. */
    public LogChange change() {
      LogChange change = new LogChange(head.statement().log());
      slices.forEach(change::put);
      return change;
    }
  }

  /**
   * Signs a group of entries as the next ones of this log. Changes nothing here.
   *
   * @throws IllegalArgumentException if there are none, or more than a log can hold
   */
  public Group prepare(List<NewEntry> entries, long nowMillis) {
    if (entries.isEmpty() || frontier.size() + entries.size() > Limits.SIZE_MAX) {
      throw new IllegalArgumentException(
          "entries: " + entries.size() + " after " + frontier.size());
    }
    Frontier after = frontier.copy();
    List<StoredSlice> slices = new ArrayList<>();
    List<Digest> ids = new ArrayList<>(entries.size());
    Digest previous = last;
    for (Slice slice : slices(entries)) {
      List<Digest> sliceIds = slice.ids(name, previous);
      StoredSlice stored = StoredSlice.of(slice, previous, sliceIds, Optional.empty());
      after.appendRange(slice.end(), stored.outline().roots());
      ids.addAll(sliceIds);
      previous = stored.outline().last();
      slices.add(stored);
    }
    Head next = sign(after, previous, nowMillis);
    int end = slices.size() - 1;
    slices.set(end, withHead(slices.get(end), next));
    return new Group(slices, ids, after, next);
  }

  private List<Slice> slices(List<NewEntry> entries) {
    List<Slice> slices = new ArrayList<>();
    SliceBuilder builder = new SliceBuilder(frontier.size());
    for (NewEntry entry : entries) {
      if (!builder.hasRoomFor(entry.weight())) {
        slices.add(builder.build());
        builder = new SliceBuilder(builder.end());
      }
      builder.add(entry);
    }
    slices.add(builder.build());
    return slices;
  }

  private Head sign(Frontier at, Digest lastId, long nowMillis) {
    return Head.sign(new Head.Statement(name, at.size(), lastId, at.root(), nowMillis), signer);
  }

  private static StoredSlice withHead(StoredSlice stored, Head head) {
    SliceOutline o = stored.outline();
    return new StoredSlice(
        new SliceOutline(
            o.first(), o.count(), o.previous(), o.last(), o.roots(), Optional.of(head)),
        stored.slice());
  }

  /** The group is durable: it is part of the log from now on. */
  public void committed(Group group) {
    if (group.first() != frontier.size()) {
      throw new IllegalArgumentException("group: at " + group.first() + ", not " + frontier.size());
    }
    frontier = group.after;
    last = group.head.last();
    head = Optional.of(group.head);
  }

  /** Signs the present state anew with a later time, and stores that. */
  public void restate(LogStore store, long nowMillis) {
    if (!head.isPresent()) throw new IllegalStateException("size: 0");
    Head next = sign(frontier, last, nowMillis);
    long size = frontier.size();
    StoredSlice newest = store.slices(name, size - 1, size, 1).get(0);
    store.commit(List.of(new LogChange(name).put(withHead(newest, next))));
    head = Optional.of(next);
  }

  /**
   * Signs the state this log had at an earlier size. Whoever has the later head can check that both
   * agree.
   */
  public Head headAt(Frontier at, Digest lastId, long timeMillis) {
    return sign(at, lastId, timeMillis);
  }
}
