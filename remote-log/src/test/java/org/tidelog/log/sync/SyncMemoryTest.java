package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/** A log that is larger than what two sessions may take, between stores that keep no entries. */
class SyncMemoryTest {
  private static final int ENTRIES = 1_000_000;
  private static final int SLICE = 1_000;
  private static final long GROWTH_BYTES_MAX = 24L << 20;

  /** Keeps what proves slices; entries are made when they are asked for. */
  private static class Outlines implements LogStore {
    final IpnsName name = TestLogs.name(1);
    final TreeMap<Long, SliceOutline> outlines = new TreeMap<>();

    @Override
    public List<IpnsName> logs() {
      return outlines.isEmpty() ? List.of() : List.of(name);
    }

    @Override
    public Optional<StoredLog> log(IpnsName log) {
      if (outlines.isEmpty()) return Optional.empty();
      List<SeqRange> held = new ArrayList<>();
      outlines.values().forEach(outline -> held.add(outline.range()));
      Optional<Head> head = outlines.lastEntry().getValue().head();
      return Optional.of(new StoredLog(SeqRanges.of(held), head, Optional.empty()));
    }

    @Override
    public List<StoredSlice> slices(IpnsName log, long from, long to, long bytesMax) {
      List<StoredSlice> slices = new ArrayList<>();
      long bytes = 0;
      for (SliceOutline outline : outlines(log, from, to)) {
        StoredSlice stored = new StoredSlice(outline, made(outline.first(), outline.count()));
        slices.add(stored);
        bytes += stored.slice().length();
        if (bytes >= bytesMax) break;
      }
      return slices;
    }

    @Override
    public List<SliceOutline> outlines(IpnsName log, long from, long to) {
      Long first = outlines.floorKey(from);
      List<SliceOutline> found = new ArrayList<>();
      for (SliceOutline outline :
          outlines.subMap(first == null ? from : first, true, to, false).values()) {
        if (outline.end() > from) found.add(outline);
      }
      return found;
    }

    @Override
    public List<PublishedBlock> published(IpnsName log, int level, long fromOrdinal) {
      return List.of();
    }

    @Override
    public void commit(List<LogChange> changes) {
      for (LogChange change : changes) {
        change.slices().forEach(s -> outlines.put(s.outline().first(), s.outline()));
      }
    }
  }

  private static Slice made(long first, int count) {
    SliceBuilder builder = new SliceBuilder(first);
    for (long seq = first; seq < first + count; seq++) {
      EntryKind kind = seq == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      builder.add(NewEntry.plain(kind, TestLogs.NOW + seq, TestLogs.bytes(new Random(seq), 60)));
    }
    return builder.build();
  }

  private static void write(Outlines store) {
    Frontier frontier = Frontier.empty();
    Digest last = Digest.ZERO;
    for (long first = 0; first < ENTRIES; first += SLICE) {
      StoredSlice stored = StoredSlice.of(store.name, made(first, SLICE), last, Optional.empty());
      SliceOutline o = stored.outline();
      frontier.appendRange(o.end(), o.roots());
      last = o.last();
      Optional<Head> head = Optional.empty();
      if (o.end() == ENTRIES) {
        Head.Statement statement =
            new Head.Statement(store.name, ENTRIES, last, frontier.root(), TestLogs.NOW);
        head = Optional.of(Head.sign(statement, TestLogs.signer(1)));
      }
      store.outlines.put(
          first, new SliceOutline(first, SLICE, o.previous(), last, o.roots(), head));
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aMillionEntriesTakeNoMoreMemoryThanAFew() {
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    Outlines full = new Outlines();
    Outlines empty = new Outlines();
    one.store = full;
    other.store = empty;
    write(full);
    one.logs.changed(full.name, full);
    long before = used();
    long most = 0;
    TestLink link = new TestLink(one, other);
    link.records = false;
    boolean said = true;
    for (int turn = 0; said; turn++) {
      said = link.turn(link.initiator, link.responder);
      said |= link.turn(link.responder, link.initiator);
      if (turn % 16 == 0) most = Math.max(most, used() - before);
    }

    System.out.println("[sync] a million entries: " + link.itemised() + ", heap +" + most);
    assertThat(link.closed()).isEmpty();
    assertThat(empty.log(full.name).orElseThrow().held().count()).isEqualTo(ENTRIES);
    assertThat(other.logs.fingerprint()).isEqualTo(one.logs.fingerprint());
    assertThat(most).isLessThan(GROWTH_BYTES_MAX);
  }
}
