package org.tidelog.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.publish.LogCopy;
import org.tidelog.log.publish.UnlikeRecordException;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredLog;

/**
 * What a device that begins anew leaves behind: entries that it has acknowledged and never
 * published. Before its keys go they sign one more record for each such log, which says nothing
 * that its head did not say before; the new device publishes it. Runs with the home's lock held.
 *
 * <p>Keys in the book: {@code last/NAME}, the log of a former life whose record is still to go out.
 */
final class LastRecords {
  private static final String PREFIX = "last/";

  /** How many blocks are noted and put together: half a megabyte. */
  private static final int BATCH_BLOCKS = 4;

  private final Core core;

  LastRecords(Core core) {
    this.core = core;
  }

  /** Signs, and leaves what is to be remembered in the book. */
  void sign() {
    core.book
        .topics()
        .values()
        .forEach(
            topic -> {
              if (topic.own().isPresent() && topic.id().isPresent()) {
                sign(topic.own().get(), topic.id().get());
              }
            });
  }

  boolean isUnsent(IpnsName name) {
    return core.book.get(PREFIX + name.text()).isPresent();
  }

  /** As a backup says; without all that its record covers there is nothing to be sent. */
  void remember(IpnsName name) {
    Optional<StoredLog> stored = core.store.log(name);
    if (!stored.isPresent() || !stored.get().record().isPresent()) return;
    long size = Records.head(name, stored.get().record().get()).head().size();
    SeqRanges all = SeqRanges.of(List.of(new SeqRange(0, size)));
    if (!stored.get().head().isPresent() || !stored.get().held().equals(all)) return;
    core.book.putValue(PREFIX + name.text(), new byte[0]);
  }

  private void sign(IpnsName name, Digest topic) {
    Signer signer = core.keyring.logSigner(topic, LogPurpose.LOG);
    Optional<StoredLog> stored = core.store.log(name);
    Optional<Head> head = stored.flatMap(StoredLog::head);
    if (!head.isPresent() || !Arrays.equals(signer.publicKey(), name.key())) return;
    long published = stored.flatMap(StoredLog::record).map(Records::sequence).orElse(0L);
    if (published >= head.get().size()) return;
    LocalLog log = LocalLog.open(signer, core.store);
    LogCopy copy =
        LogCopy.signed(log, signer, core.store, PageLimits.DEFAULT, head.get().timeMillis());
    try {
      byte[] last = {};
      for (Optional<LogCopy.Block> b = copy.next(); b.isPresent(); b = copy.next()) {
        last = b.get().bytes();
      }
      if (copy.paged() > 0) core.book.putPagedHead(name, IndexRoot.parse(last).head());
    } catch (UnlikeRecordException | MalformedException e) {
      throw new AssertionError("it was made of what is here", e);
    }
    core.book.putValue(PREFIX + name.text(), new byte[0]);
    core.book.commit(List.of(new LogChange(name).record(copy.record().bytes())));
  }

  /** Publishes what is left of a topic's former logs; what fails is tried again the next time. */
  void publish(String label, LinkedBlocks linked, Progress progress) {
    for (IpnsName name : new ArrayList<>(core.book.members(label).keySet())) {
      if (!core.book.get(PREFIX + name.text()).isPresent()) continue;
      Targets targets = core.layers.targets();
      if (!isEverywhere(name, targets)) {
        linked.mirror(label, name, true, targets, progress);
        put(name, targets, progress);
      }
      boolean settled = new Leftovers(core.book, name).blocks(targets.names()).isEmpty();
      // A layer that failed gets it, or loses it, another time.
      if (!targets.problems().isEmpty() || !settled) continue;
      core.book.removeValue(PREFIX + name.text());
      core.book.commit();
    }
  }

  private boolean isEverywhere(IpnsName name, Targets targets) {
    return targets.records(name).stream()
        .allMatch(record -> record.isPresent() && isAsGood(name, record.get()));
  }

  private void put(IpnsName name, Targets targets, Progress progress) {
    Optional<byte[]> signed = core.store.log(name).flatMap(StoredLog::record);
    if (signed.isPresent()) {
      put(name, signed.get(), targets, progress);
    } else {
      giveUp(name, targets); // It held what has gone since.
    }
  }

  private void put(IpnsName name, byte[] record, Targets targets, Progress progress) {
    Map<Cid, byte[]> batch = new LinkedHashMap<>();
    try {
      LogCopy copy =
          LogCopy.recorded(
              Records.parse(record),
              Records.head(name, record),
              core.book.pagedHead(name).map(List::of).orElse(List.of()),
              core.store,
              PageLimits.DEFAULT);
      long written = 0;
      for (Optional<LogCopy.Block> b = copy.next(); b.isPresent(); b = copy.next()) {
        batch.put(b.get().cid(), b.get().bytes());
        if (batch.size() == BATCH_BLOCKS) putBlocks(name, batch, targets);
        written += b.get().bytes().length;
        progress.at("publishing " + name.shortText(), written, -1);
      }
    } catch (UnlikeRecordException e) {
      giveUp(name, targets);
      return;
    }
    putBlocks(name, batch, targets);
    Optional<Cid> index = Records.head(name, record).index();
    index.ifPresent(root -> targets.pin(root, name));
    targets.putWhereWorse(name, record, there -> isAsGood(name, there));
    new Leftovers(core.book, name).settle(targets.names());
    core.book.commit();
  }

  /** Notes, durably, that they may be there: nobody else would remember after a crash. */
  private void putBlocks(IpnsName name, Map<Cid, byte[]> batch, Targets targets) {
    if (batch.isEmpty()) return;
    new Leftovers(core.book, name).add(targets.names(), batch.keySet());
    core.book.commit();
    targets.put(batch, batch.keySet());
    batch.clear();
  }

  /** Takes away what was put for a record that cannot go out any more. */
  private void giveUp(IpnsName name, Targets targets) {
    Leftovers leftovers = new Leftovers(core.book, name);
    Set<Cid> doomed = new LinkedHashSet<>(leftovers.blocks(targets.names()));
    doomed.removeAll(core.store.publishedCids(name));
    if (!doomed.isEmpty()) doomed.removeAll(standing(name, targets));
    Map<String, Set<Cid>> kept = targets.remove(doomed);
    leftovers.settle(targets.names());
    kept.forEach((layer, blocks) -> leftovers.add(List.of(layer), blocks));
    core.book.commit();
    core.options.notices().accept(lost(name));
  }

  /** What the records that are there lead to stays, whatever becomes of this one. */
  private Set<Cid> standing(IpnsName name, Targets targets) {
    Set<Cid> standing = new HashSet<>();
    List<Optional<byte[]>> records = targets.records(name);
    List<Layer> layers = targets.named();
    for (int i = 0; i < layers.size(); i++) {
      Optional<byte[]> record = records.get(i);
      Optional<ContentStore> blocks = layers.get(i).blocks();
      if (!record.isPresent() || !blocks.isPresent()) continue;
      standing.addAll(StaleTree.of(name, record.get(), blocks.get(), core.verifier));
    }
    return standing;
  }

  /** A payload has gone since the record was signed: its pages are nobody's to sign any more. */
  private static Notice lost(IpnsName name) {
    return new Notice(
        "unpublished-entries",
        "entries of "
            + name.text()
            + ", which this device wrote in a former life, cannot be published any more, because"
            + " something in them has expired or was deleted; they are still read here");
  }

  /**
   * Whether a record is to stay where it is: it says as much, or something else than this device
   * knows.
   */
  private boolean isAsGood(IpnsName name, byte[] there) {
    Head ours = core.store.log(name).flatMap(StoredLog::head).orElseThrow(AssertionError::new);
    try {
      IpnsRecord record = IpnsRecord.parse(there);
      if (!record.verify(name, core.verifier)) return false;
      Head theirs = RemoteHead.parse(name, record).head();
      if (theirs.size() >= ours.size()) return true;
      List<Digest> peaks = new StoredRoots(name, core.store).peaks(theirs.size());
      return !Frontier.of(theirs.size(), peaks).root().equals(theirs.root());
    } catch (MalformedException e) {
      return false;
    }
  }
}
