package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.node.FilledNotes.Held;
import org.tidelog.node.FilledNotes.Note;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.folder.FolderStore;

/**
 * Puts what was read of others' logs from remote layers into a folder of the mirror, so that it is
 * nearby for whoever reads next: blocks, and the record that leads to them. They are below {@code
 * filled} of the mirror's first folder, which is laid out as that is, and apart from what was
 * published there. What goes there is noted first; it is taken out again when the log's record does
 * not lead to it any more, when a payload in it was deleted or has expired, and when there is too
 * much, oldest first. It is a cache: nobody may count on it, and that it fails is no failure of
 * reading. Runs with the home's lock held.
 */
final class Filling {
  /** The folder in the mirror's folder. */
  static final String FOLDER = "filled";

  /** What all that this home has put into a folder may take on disk. */
  static final long BYTES_MAX = 256L << 20;

  /** Blocks and records, so that small ones are not without end. */
  static final long COUNT_MAX = 1 << 16;

  /** What waits in memory for a commit of its note. */
  private static final long BATCH_BYTES_MAX = 4L << 20;

  private final Book book;
  private final FilledNotes notes;
  private final LayerLedger ledger;
  private final Verifier verifier;
  private final Optional<Path> folder;
  private final Function<Path, FolderStore> opener;
  private final long bytesMax;
  private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
  private final Map<Cid, Held> held = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private @Nullable IpnsName log;
  private long waiting;
  private boolean grown;

  /** Where something went wrong since the log was begun: what is there is not sure. */
  private final Set<Path> failed = new HashSet<>();

  Filling(Core core) {
    this(
        core.book,
        core.layers.ledger(),
        core.verifier,
        core.layers.filled(),
        FolderStore::new,
        BYTES_MAX);
  }

  /**
   * @param folder where to put it; empty: nowhere
   */
  Filling(
      Book book,
      LayerLedger ledger,
      Verifier verifier,
      Optional<Path> folder,
      Function<Path, FolderStore> opener,
      long bytesMax) {
    this.book = book;
    this.notes = new FilledNotes(book);
    this.ledger = ledger;
    this.verifier = verifier;
    this.folder = folder;
    this.opener = opener;
    this.bytesMax = bytesMax;
  }

  /** A log is about to be read. What an interrupted run may have left of it goes. */
  void begin(IpnsName name) {
    log = name;
    clear();
    begun.clear();
    grown = false;
    failed.clear();
    boolean unsure = false;
    for (Note note : notes.of(name)) {
      if (note.placed()) continue;
      unsure = true;
      takeOut(note, block -> true);
    }
    if (unsure) tidy(name, false, Set.of());
  }

  /** What was noted since the last commit may have been discarded. */
  void recount() {
    notes.recount();
  }

  private void clear() {
    blocks.clear();
    held.clear();
    waiting = 0;
  }

  /** A block of the log's tree came from a remote layer. */
  void add(Cid cid, byte[] block) {
    add(cid, block, heldOf(block));
  }

  private static Held heldOf(byte[] block) {
    try {
      Page page = Page.parse(block);
      return new Held(block.length, page.first(), page.end(), false);
    } catch (MalformedException e) {
      return new Held(block.length, 0, 0, false); // A node of the index: it holds no payloads.
    }
  }

  /** The same, of a block that the entry at {@code seq} links to. */
  void addLinked(long seq, Cid cid, byte[] block) {
    add(cid, block, new Held(block.length, seq, seq + 1, true));
  }

  private void add(Cid cid, byte[] block, Held what) {
    boolean wanted = folder.isPresent() && isThere(folder.get()) && !failed.contains(folder.get());
    if (!wanted || what.bytes() > bytesMax / 2 || blocks.put(cid, block) != null) return;
    held.put(cid, what);
    waiting += block.length;
    if (waiting >= Math.min(BATCH_BYTES_MAX, bytesMax / 2)) flush();
  }

  /** No folder is made where a disk may only be away. */
  private static boolean isThere(Path filled) {
    Path mirror = filled.getParent();
    return mirror != null && Files.isDirectory(mirror);
  }

  /** Notes what waits, durably, and puts it there. */
  private void flush() {
    if (blocks.isEmpty() || log == null || !folder.isPresent()) return;
    grown = true;
    Map<Cid, Held> fresh = new LinkedHashMap<>(held);
    for (Note note : notes.of(log)) {
      if (note.folder().equals(folder.get())) fresh.keySet().removeAll(note.blocks().keySet());
    }
    if (fresh.isEmpty() || note(log, folder.get(), fresh)) write(folder.get());
    clear();
  }

  /** Notes what is about to be put there, durably; false where there is no room for it. */
  private boolean note(IpnsName name, Path in, Map<Cid, Held> what) {
    if (!makesRoom(in, what)) return false;
    begun.add(notes.add(name, in, what).key());
    book.commit();
    return true;
  }

  /** For a note more, oldest first. */
  private boolean makesRoom(Path in, Map<Cid, Held> more) {
    for (Note note : hasRoom(in, more) ? List.<Note>of() : notes.all()) {
      if (hasRoom(in, more)) break;
      if (!note.folder().equals(in)) continue;
      takeOut(note, block -> true);
      tidy(note.log(), false, Set.of());
    }
    return hasRoom(in, more);
  }

  private boolean hasRoom(Path in, Map<Cid, Held> more) {
    FilledNotes.Load load = notes.load(in);
    return load.bytes() + FilledNotes.bytes(more) <= bytesMax
        && load.count() + 1 + more.size() <= COUNT_MAX;
  }

  private void write(Path to) {
    long began = System.nanoTime();
    long written = 0;
    try {
      FolderStore store = opener.apply(to);
      for (Map.Entry<Cid, byte[]> block : blocks.entrySet()) {
        written += store.put(block.getKey(), block.getValue());
      }
      ledger.succeeded(to.toString(), 0, written, System.nanoTime() - began);
    } catch (IOException e) {
      fail(to, e, began);
    }
  }

  private void fail(Path to, IOException e, long began) {
    failed.add(to);
    ledger.failed(to.toString(), e, System.nanoTime() - began);
  }

  /** Whether something of a log was put into a folder, as far as is remembered. */
  boolean holdsOf(IpnsName name) {
    return !notes.of(name).isEmpty();
  }

  /**
   * The log was read, and this is its record now: what that does not lead to goes. Whoever calls
   * this commits the book.
   *
   * @param nodes where nodes of its index are, which lead to blocks that may stay
   */
  void settle(IpnsName name, Optional<byte[]> record, Layers.Source nodes) {
    flush();
    Set<Path> folders = new LinkedHashSet<>();
    folder.ifPresent(folders::add);
    notes.of(name).forEach(note -> folders.add(note.folder()));
    for (Path each : folders) {
      if (isThere(each)) settle(name, record, each, nodes);
    }
    for (Note note : notes.of(name)) {
      // What is not sure to be there goes the next time.
      boolean sure = begun.contains(note.key()) && !failed.contains(note.folder());
      if (sure) notes.put(note.placed(true));
    }
    tidy(name, record.isPresent(), failed);
  }

  /** A record that is newer than the one that was read stays, with all that either leads to. */
  private void settle(IpnsName name, Optional<byte[]> record, Path in, Layers.Source nodes) {
    long began = System.nanoTime();
    try {
      FolderStore store = opener.apply(in);
      Optional<byte[]> before = store.get(name);
      boolean stays = before.isPresent() && isNewer(name, before.get(), record);
      Optional<byte[]> next = stays ? before : record;
      boolean same = before.isPresent() && next.filter(is(before.get())).isPresent();
      if (same && !grown) return;
      if (!before.isPresent() && !isNoted(name, in) && isPublished(name, record, in)) return;
      Set<Cid> old = tree(name, before, store);
      // Where there are none it does not matter which of them may stay.
      boolean any = old.size() > 1 || holdsTree(name, in);
      Set<Cid> named = any ? new HashSet<>(tree(name, record, new Nodes(nodes))) : new HashSet<>();
      if (stays) named.addAll(old);
      flush();
      takeOutUnnamed(name, record.isPresent(), in, old, named, store);
      if (!same && !failed.contains(in)) putRecord(name, next, store, in);
    } catch (IOException e) {
      fail(in, e, began);
    }
  }

  /** Whether a record in the folder is a better one, by its author's word. */
  private boolean isNewer(IpnsName name, byte[] there, Optional<byte[]> read) {
    try {
      IpnsRecord record = IpnsRecord.parse(there);
      if (!read.isPresent() || !record.verify(name, verifier)) return false;
      RemoteHead.parse(name, record); // One of a log.
      return IpnsRecord.compare(record, IpnsRecord.parse(read.get())) > 0;
    } catch (MalformedException e) {
      return false;
    }
  }

  /**
   * Without a record, because it holds what has gone, earlier blocks stay: those that held it were
   * dropped then. What was read since may hold it.
   */
  private void takeOutUnnamed(
      IpnsName name, boolean recorded, Path in, Set<Cid> old, Set<Cid> named, FolderStore store)
      throws IOException {
    for (Note note : notes.of(name)) {
      if (!note.folder().equals(in)) continue;
      if (recorded || begun.contains(note.key())) {
        takeOut(note, block -> !block.getValue().linked() && !named.contains(block.getKey()));
      } else {
        named.addAll(note.blocks().keySet());
      }
    }
    // Also what another home has put there that reads no more.
    for (Cid cid : old) {
      if (!named.contains(cid)) store.remove(cid);
    }
  }

  private static Predicate<byte[]> is(byte[] other) {
    return bytes -> Arrays.equals(bytes, other);
  }

  private boolean isNoted(IpnsName name, Path in) {
    return notes.of(name).stream().anyMatch(note -> note.folder().equals(in));
  }

  /**
   * Whether the record is beside, where the log's author, or whoever republishes it, has put it.
   */
  private boolean isPublished(IpnsName name, Optional<byte[]> record, Path in) throws IOException {
    if (!record.isPresent()) return true;
    Optional<byte[]> beside = opener.apply(DurableFiles.folderOf(in)).get(name);
    return beside.isPresent() && Arrays.equals(beside.get(), record.get());
  }

  private boolean holdsTree(IpnsName name, Path in) {
    return notes.of(name).stream()
        .filter(note -> note.folder().equals(in))
        .flatMap(note -> note.blocks().values().stream())
        .anyMatch(block -> !block.linked());
  }

  private Set<Cid> tree(IpnsName name, Optional<byte[]> record, ContentStore nodes) {
    return record.isPresent() ? StaleTree.of(name, record.get(), nodes, verifier) : Set.of();
  }

  private void putRecord(IpnsName name, Optional<byte[]> record, FolderStore store, Path in)
      throws IOException {
    if (!record.isPresent()) {
      store.remove(name);
      return;
    }
    if (!isNoted(name, in) && !note(name, in, Map.of())) return;
    store.put(name, record.get());
  }

  /** Payloads of the log are to be nowhere any more. Whoever calls this commits the book. */
  void drop(IpnsName name, SeqRanges payloads) {
    for (Note note : notes.of(name)) {
      takeOut(note, block -> block.getValue().holdsAny(payloads));
      takeOutRecord(name, note.folder());
    }
    if (!isRead(name)) return;
    blocks.keySet().removeIf(cid -> Objects.requireNonNull(held.get(cid)).holdsAny(payloads));
    held.keySet().retainAll(blocks.keySet());
  }

  private boolean isRead(IpnsName name) {
    return Optional.ofNullable(log).equals(Optional.of(name));
  }

  /** Nobody reads the log here any more. Whoever calls this commits the book. */
  void forget(IpnsName name) {
    if (isRead(name)) clear();
    for (Note note : notes.of(name)) {
      takeOut(note, block -> true);
    }
    tidy(name, false, Set.of());
  }

  /** What cannot be taken out now is when the log is read next, with all that the note names. */
  private void takeOut(Note note, Predicate<Map.Entry<Cid, Held>> goes) {
    Set<Cid> doomed = new HashSet<>();
    for (Map.Entry<Cid, Held> block : note.blocks().entrySet()) {
      if (goes.test(block)) doomed.add(block.getKey());
    }
    if (doomed.isEmpty()) return;
    Set<Cid> spared = namedByOthers(note, doomed);
    List<Cid> remove = new ArrayList<>(doomed);
    remove.removeAll(spared);
    if (!isRemoved(remove, note.folder())) {
      notes.put(note.placed(false));
      return;
    }
    Map<Cid, Held> kept = new LinkedHashMap<>(note.blocks());
    kept.keySet().removeAll(doomed);
    notes.put(note.with(kept));
  }

  private boolean isRemoved(List<Cid> cids, Path from) {
    try {
      return isThere(from) && opener.apply(from).removeAll(cids).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Set<Cid> namedByOthers(Note note, Set<Cid> blocks) {
    Set<Cid> named = new HashSet<>();
    for (Note other : notes.all()) {
      if (other.key().equals(note.key()) || !other.folder().equals(note.folder())) continue;
      for (Cid cid : blocks) {
        if (other.blocks().containsKey(cid)) named.add(cid);
      }
    }
    return named;
  }

  private void takeOutRecord(IpnsName name, Path in) {
    try {
      if (isThere(in)) opener.apply(in).remove(name);
    } catch (IOException e) {
      fail(in, e, System.nanoTime());
    }
  }

  /**
   * Drops notes without blocks.
   *
   * @param recorded whether the record stays where there are none with blocks, and one for it
   * @param unsure folders whose notes stay
   */
  private void tidy(IpnsName name, boolean recorded, Set<Path> unsure) {
    Map<Path, List<Note>> empty = new LinkedHashMap<>();
    Set<Path> full = new HashSet<>();
    for (Note note : notes.of(name)) {
      if (unsure.contains(note.folder())) continue;
      if (note.blocks().isEmpty()) {
        empty.computeIfAbsent(note.folder(), in -> new ArrayList<>()).add(note);
      } else {
        full.add(note.folder());
      }
    }
    empty.forEach(
        (in, left) -> {
          boolean last = !full.contains(in);
          if (last && !isThere(in)) return;
          if (last && !recorded) takeOutRecord(name, in);
          left.subList(last && recorded ? 1 : 0, left.size()).forEach(notes::remove);
        });
  }

  /** Where a tree is read, and nothing is written. */
  private record Nodes(Layers.Source source) implements ContentStore {
    @Override
    public String describe() {
      return "layers";
    }

    @Override
    public Optional<byte[]> get(Cid cid, int bytesMax) {
      return source.block(cid, bytesMax).bytes();
    }

    @Override
    public long put(Cid cid, byte[] block) {
      throw new AssertionError("nothing is written here");
    }

    @Override
    public void remove(Cid cid) {
      throw new AssertionError("nothing is written here");
    }
  }
}
