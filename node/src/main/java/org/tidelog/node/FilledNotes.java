package org.tidelog.node;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.replicator.values.Values;

/**
 * What this home has put into folders of the mirror by {@link Filling}, log by log. Kept in the
 * book under {@code filled/NAME/NUMBER}, where later notes have greater numbers; changes are made
 * durable by whoever commits the book. Owned by whoever holds the home's lock.
 */
final class FilledNotes {
  private static final String PREFIX = "filled/";

  private final Book book;
  private final Map<Path, Load> loads = new HashMap<>();
  private boolean counted;
  private long next;

  FilledNotes(Book book) {
    this.book = book;
  }

  /**
   * A block that was put there.
   *
   * @param from position of the first entry whose payload it may hold
   * @param to after the last; {@code from} where it holds none
   * @param linked whether an entry links to it, rather than the index of its log
   */
  record Held(long bytes, long from, long to, boolean linked) {
    boolean holdsAny(SeqRanges payloads) {
      return from < to && !payloads.within(new SeqRange(from, to)).isEmpty();
    }

    Cbor encode(Cid cid) {
      return new Cbor.Array(
          List.of(
              new Cbor.Link(cid),
              Cbor.of(bytes),
              Cbor.of(from),
              Cbor.of(to),
              new Cbor.Bool(linked)));
    }

    static Held parse(List<Cbor> fields) throws MalformedException {
      return new Held(
          fields.get(1).asLong(),
          fields.get(2).asLong(),
          fields.get(3).asLong(),
          fields.get(4).asBool());
    }
  }

  /**
   * Blocks of one log that were put into a folder together. One without blocks says that the log's
   * record may be there.
   *
   * @param placed whether all of them are there; else they may be, and are to go
   */
  record Note(String key, IpnsName log, Path folder, boolean placed, Map<Cid, Held> blocks) {
    Note {
      blocks = Map.copyOf(blocks);
    }

    Note placed(boolean now) {
      return new Note(key, log, folder, now, blocks);
    }

    Note with(Map<Cid, Held> left) {
      return new Note(key, log, folder, placed, left);
    }

    long bytes() {
      return FilledNotes.bytes(blocks);
    }

    long count() {
      return 1L + blocks.size();
    }

    long number() {
      return Long.parseLong(key.substring(key.lastIndexOf('/') + 1));
    }

    byte[] encode() {
      List<Cbor> list = new ArrayList<>();
      blocks.forEach((cid, held) -> list.add(held.encode(cid)));
      SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
      map.put("folder", new Cbor.Text(folder.toString()));
      map.put("placed", new Cbor.Bool(placed));
      map.put("blocks", new Cbor.Array(list));
      return DagCbor.encode(new Cbor.Mapping(map));
    }

    static Note parse(String key, byte[] bytes) throws MalformedException {
      Cbor.Mapping map = DagCbor.decode(bytes).asMap();
      Map<Cid, Held> blocks = new LinkedHashMap<>();
      for (Cbor block : map.field("blocks").asArray()) {
        blocks.put(block.asArray().get(0).asLink(), Held.parse(block.asArray()));
      }
      IpnsName log = IpnsName.parse(key.substring(PREFIX.length(), key.lastIndexOf('/')));
      Path folder = Paths.get(map.field("folder").asText());
      return new Note(key, log, folder, map.field("placed").asBool(), blocks);
    }
  }

  /** What blocks take, with the record that leads to them. */
  static long bytes(Map<Cid, Held> blocks) {
    return NameSystem.RECORD_BYTES_MAX + blocks.values().stream().mapToLong(Held::bytes).sum();
  }

  /** Those of a log, oldest first. */
  List<Note> of(IpnsName log) {
    return notes(PREFIX + log.text() + "/");
  }

  private List<Note> notes(String prefix) {
    List<Note> notes = new ArrayList<>();
    book.values(prefix)
        .forEach(
            (key, value) -> notes.add(Values.decode(key, value, bytes -> Note.parse(key, bytes))));
    return notes;
  }

  /** Of all logs, oldest first. */
  List<Note> all() {
    List<Note> sorted = notes(PREFIX);
    sorted.sort(Comparator.comparingLong(Note::number));
    return sorted;
  }

  /** Counts anew when asked next: changes that were noted may have been discarded. */
  void recount() {
    counted = false;
  }

  /**
   * What notes say is in one folder.
   *
   * @param count blocks, and a record for each note
   */
  record Load(long bytes, long count) {
    private Load plus(Note note, int sign) {
      return new Load(bytes + sign * note.bytes(), count + sign * note.count());
    }
  }

  /** Of all logs. */
  Load load(Path folder) {
    countAll();
    return loads.getOrDefault(folder, new Load(0, 0));
  }

  private void countAll() {
    if (counted) return;
    counted = true;
    loads.clear();
    for (Note note : notes(PREFIX)) {
      count(note, 1);
      next = Math.max(next, note.number() + 1);
    }
  }

  private void count(Note note, int sign) {
    Load before = loads.getOrDefault(note.folder(), new Load(0, 0));
    loads.put(note.folder(), before.plus(note, sign));
  }

  /** A note of blocks that are about to be put there. */
  Note add(IpnsName log, Path folder, Map<Cid, Held> held) {
    countAll();
    String key = PREFIX + log.text() + "/" + String.format(Locale.ROOT, "%012d", next++);
    Note note = new Note(key, log, folder, false, held);
    put(note);
    return note;
  }

  void put(Note note) {
    uncount(note.key);
    if (counted) count(note, 1);
    book.putValue(note.key, note.encode());
  }

  void remove(Note note) {
    uncount(note.key);
    book.removeValue(note.key);
  }

  private void uncount(String key) {
    if (!counted) return;
    book.get(key)
        .ifPresent(old -> count(Values.decode(key, old, bytes -> Note.parse(key, bytes)), -1));
  }
}
