package org.tidelog.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.linked.LinkedWalk;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.node.backup.BackupWriter;
import org.tidelog.node.folder.FolderStore;

/**
 * One log on its way into a backup: its record, its entries in slices as long as they may be, and
 * the blocks of its large payloads. Of a log with gaps, each run goes as far as a signed head
 * proves it. Runs with the home's lock held.
 */
final class LogBackup {
  private static final long READ_BYTES = 512 * 1024;

  /** How many entries are looked through at a time for the last that ends in a head. */
  private static final long STEP_ENTRIES = 65_536;

  private final Core core;
  private final String label;
  private final IpnsName log;
  private final Progress progress;
  private final Optional<byte[]> record;
  private final Optional<Head> recorded;

  LogBackup(Core core, String label, IpnsName log, Progress progress) {
    this.core = core;
    this.label = label;
    this.log = log;
    this.progress = progress;
    this.record = core.store.log(log).flatMap(StoredLog::record);
    this.recorded = record.map(bytes -> Records.head(log, bytes).head());
  }

  void write(BackupWriter out, List<Problem> problems) throws IOException {
    Optional<StoredLog> stored = core.store.log(log);
    if (!stored.isPresent()) return;
    out.log(log, record);
    Optional<ForkProof> proof = core.forks.proof(log);
    if (proof.isPresent()) out.proof(proof.get());
    if (record.isPresent() && new LastRecords(core).isUnsent(log)) {
      out.unsent(core.book.pagedHead(log));
    }
    long total = stored.get().held().end();
    for (SeqRange run : stored.get().held().ranges()) {
      Optional<Head> head = headOf(run);
      long end = head.map(Head::size).orElse(run.from());
      if (head.isPresent()) entries(run.from(), head.get(), total, out);
      if (end < run.to()) {
        problems.add(
            new Problem(
                ErrorKind.INCOMPLETE,
                "entries "
                    + new SeqRange(end, run.to())
                    + " are left out: no head here proves them",
                log.text()));
      }
    }
    blocks(out, problems);
  }

  /** The newest head that is the end of some of these entries. */
  private Optional<Head> headOf(SeqRange run) {
    Optional<Head> stored = Optional.empty();
    for (long to = run.to(); to > run.from() && !stored.isPresent(); to -= STEP_ENTRIES) {
      long from = Math.max(run.from(), to - STEP_ENTRIES);
      for (SliceOutline outline : core.store.outlines(log, from, to)) {
        if (outline.head().isPresent() && outline.end() <= run.to()) stored = outline.head();
      }
    }
    boolean within =
        recorded.isPresent()
            && recorded.get().size() > run.from()
            && recorded.get().size() <= run.to();
    if (!within) return stored;
    return stored.isPresent() && stored.get().size() >= recorded.get().size() ? stored : recorded;
  }

  private void entries(long from, Head head, long total, BackupWriter out) throws IOException {
    SliceBuilder builder = new SliceBuilder(from);
    @Nullable Digest previous = null;
    long at = from;
    while (at < head.size()) {
      for (StoredSlice stored : core.store.slices(log, at, head.size(), READ_BYTES)) {
        if (previous == null) previous = before(stored, from);
        long to = Math.min(stored.outline().end(), head.size());
        at = stored.slice().addTo(builder, at, to);
        while (at < to) {
          previous = put(builder, previous, Optional.empty(), out);
          builder = new SliceBuilder(at);
          at = stored.slice().addTo(builder, at, to);
        }
        progress.at("writing " + log.shortText(), at, total);
      }
    }
    if (previous == null) throw new AssertionError("a run of no entries");
    put(builder, previous, Optional.of(head), out);
  }

  private Digest before(StoredSlice stored, long from) {
    SliceOutline outline = stored.outline();
    if (from == outline.first()) return outline.previous();
    return stored.slice().ids(log, outline.previous()).get((int) (from - 1 - outline.first()));
  }

  private Digest put(SliceBuilder builder, Digest previous, Optional<Head> head, BackupWriter out)
      throws IOException {
    StoredSlice slice = StoredSlice.of(log, builder.build(), previous, head);
    out.slice(slice);
    return slice.outline().last();
  }

  private void blocks(BackupWriter out, List<Problem> problems) throws IOException {
    LinkedBlocks linked = new LinkedBlocks(core);
    FolderStore blobs = new FolderStore(core.home.blobs());
    for (long seq : core.book.linked(log)) {
      Optional<LinkedContent> content = linked.content(label, log, seq);
      if (!content.isPresent()) continue;
      LinkedWalk walk = new LinkedWalk(content.get(), cid -> block(cid, blobs, out));
      try {
        while (walk.next().isPresent()) {
          // The source has written it.
        }
      } catch (AbsentException e) {
        boolean awaited = core.book.pendingLinked(log).contains(seq);
        if (!awaited) problems.add(absent(seq));
      } catch (MalformedException e) {
        problems.add(absent(seq));
      }
    }
  }

  private Problem absent(long seq) {
    return new Problem(
        ErrorKind.INCOMPLETE,
        "a large payload is left out: its blocks are damaged or missing here",
        log.text() + " " + seq);
  }

  private static final class AbsentException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static byte[] block(Cid cid, FolderStore blobs, BackupWriter out) throws IOException {
    Optional<byte[]> block = blobs.get(cid, LinkedWalk.BLOCK_BYTES_MAX);
    if (!block.isPresent() || !cid.matches(block.get())) throw new AbsentException();
    out.block(cid.isCodec(Codec.RAW) ? Codec.RAW : Codec.DAG_CBOR, block.get());
    return block.get();
  }
}
