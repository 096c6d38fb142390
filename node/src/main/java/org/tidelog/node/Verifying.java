package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.replicator.conversation.LogKeys;

/**
 * Checks everything that is stored of a log again: each entry's hash and link, each slice's place,
 * the root over a log without gaps, every signature, and that what is sealed opens where the key is
 * at hand. Of a log with gaps, what ends in the head is proved by its links; an older part was
 * proved when it came and is checked to be what it was then.
 */
final class Verifying {
  private static final long READ_BYTES = 4 * 1024 * 1024;
  private static final int PROBLEMS_MAX = 32;

  private final Core core;
  private final String label;
  private final IpnsName name;
  private final Progress progress;
  private final List<Problem> problems = new ArrayList<>();
  private LogStore store;
  private Frontier frontier = Frontier.empty();
  private Digest last = Digest.ZERO;
  private long end;
  private long entries;

  Verifying(Core core, String label, IpnsName name, Progress progress) {
    this.core = core;
    this.label = label;
    this.name = name;
    this.progress = progress;
    this.store = core.store;
  }

  VerifyReport run() {
    Optional<StoredLog> stored = core.store.log(name);
    SeqRanges held = stored.map(StoredLog::held).orElse(SeqRanges.none());
    Optional<Head> head = stored.flatMap(StoredLog::head);
    Optional<RemoteHead> remote =
        stored.flatMap(StoredLog::record).map(record -> Records.head(name, record));
    long size =
        Math.max(head.map(Head::size).orElse(0L), remote.map(r -> r.head().size()).orElse(0L));
    slices(size);
    head.ifPresent(this::head);
    remote.ifPresent(r -> head(r.head()));
    stored.flatMap(StoredLog::record).ifPresent(this::record);
    genesis();
    largePayloads();
    core.forks.problem(name).ifPresent(problems::add);
    core.forks.second(name).ifPresent(this::second);
    return new VerifyReport(
        label,
        name,
        size,
        entries,
        problems.isEmpty(),
        List.copyOf(problems),
        held.missingBelow(size).ranges());
  }

  private void problem(ErrorKind kind, String what, String where) {
    if (problems.size() < PROBLEMS_MAX) problems.add(new Problem(kind, what, where));
  }

  /** The other branch's entries, from where they differ; those before were checked above. */
  private void second(BranchStore branch) {
    Verifying other = new Verifying(core, label, name, progress);
    other.store = branch;
    Optional<Head> head = Forks.head(name, branch);
    other.slices(head.map(Head::size).orElse(0L));
    head.ifPresent(other::head);
    other.problems.forEach(problem -> problem(problem.kind(), problem.what(), problem.where()));
    entries += Math.max(0, other.entries - core.forks.point(name).orElse(0));
  }

  private void slices(long size) {
    LogKeys keys = core.keyring.isFree() ? core.keys(label, name) : LogKeys.none();
    long at = 0;
    while (true) {
      List<StoredSlice> step = store.slices(name, at, Limits.SEQ_MAX, READ_BYTES);
      if (step.isEmpty()) return;
      for (StoredSlice stored : step) {
        slice(stored, keys);
        at = stored.outline().end();
        progress.at("verifying " + name.shortText(), at, Math.max(size, at));
      }
    }
  }

  private void slice(StoredSlice stored, LogKeys keys) {
    SliceOutline outline = stored.outline();
    String where = name.text() + " " + outline.range();
    if (outline.first() == end && !outline.previous().equals(last)) {
      problem(ErrorKind.BAD_ENTRY, "it does not follow the entry before", where);
    }
    List<Digest> ids = new ArrayList<>();
    for (Entry entry : stored.slice().entries(name, outline.previous())) {
      ids.add(entry.id());
      entries++;
      boolean opens = !entry.payload().isPresent() || !keys.canOpen(entry) || isGenesis(entry);
      if (!opens && !keys.open(entry).isPresent()) {
        problem(ErrorKind.BAD_ENTRY, "its payload does not open", name.text() + " " + entry.seq());
      }
    }
    boolean same =
        ids.get(ids.size() - 1).equals(outline.last())
            && AlignedRoots.of(outline.first(), ids).equals(outline.roots());
    if (!same) problem(ErrorKind.BAD_ENTRY, "the entries are not those that were verified", where);
    if (outline.first() == frontier.size()) frontier.appendRange(outline.end(), outline.roots());
    last = outline.last();
    end = outline.end();
    outline.head().ifPresent(this::head);
  }

  private static boolean isGenesis(Entry entry) {
    return entry.seq() == 0; // Sealed in part, and checked by itself.
  }

  private void head(Head head) {
    String where = name.text() + " at " + head.size();
    if (!head.verify(core.verifier)) {
      problem(ErrorKind.BAD_SIGNATURE, "the head's signature does not verify", where);
    }
    if (head.size() == end && !head.last().equals(last)) {
      problem(ErrorKind.BAD_HEAD, "the head ends in another entry", where);
    }
    if (head.size() == frontier.size() && !head.root().equals(frontier.root())) {
      problem(ErrorKind.BAD_PROOF, "the head's root is not that of the entries", where);
    }
  }

  private void record(byte[] record) {
    if (!Records.parse(record).verify(name, core.verifier)) {
      problem(ErrorKind.BAD_RECORD, "the record's signature does not verify", name.text());
    }
  }

  private void largePayloads() {
    if (!core.keyring.isFree()) return;
    LinkedBlocks linked = new LinkedBlocks(core);
    List<Long> pending = core.isOwn(name) ? List.of() : core.book.pendingLinked(name);
    for (long seq : core.book.linked(name)) {
      if (pending.contains(seq)) continue;
      String where = name.text() + " " + seq;
      linked.damage(label, name, seq).ifPresent(what -> problem(ErrorKind.BAD_BLOCK, what, where));
    }
  }

  private void genesis() {
    if (!core.keyring.isFree() && !core.book.facts(name).open()) return;
    new GenesisCheck(core, name).problem().ifPresent(problems::add);
    continuation();
  }

  private void continuation() {
    Entries second = new Entries(name, core.store, Continuations.SEQ, Continuations.SEQ + 1);
    if (!second.hasNext()) return;
    Continuations continuations = new Continuations(core);
    String where = name.text() + " " + Continuations.SEQ;
    try {
      continuations
          .read(name, second.next(), core.keys(label, name))
          .filter(continuations::isRefuted)
          .ifPresent(
              refuted ->
                  problem(
                      ErrorKind.BAD_SIGNATURE,
                      "it claims to continue a log that names another recovery key",
                      where));
    } catch (MalformedException e) {
      problem(ErrorKind.BAD_SIGNATURE, String.valueOf(e.getMessage()), where);
    }
  }
}
