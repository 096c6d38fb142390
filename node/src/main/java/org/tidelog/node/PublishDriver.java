package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.PublishOutcome;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Carries out what a publisher asks for against the layers, until it is done or a layer fails.
 * Remembers, before a block is put, that it is to go again unless the record comes to lead to it.
 * Runs with the home's lock held.
 */
final class PublishDriver implements PublishEffect.Driver {
  private final Core core;
  private final Publisher publisher;
  private final Targets targets;
  private final Leftovers leftovers;
  private final Progress progress;
  private final String what;
  private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
  private final Set<Cid> fresh = new HashSet<>();

  /** Blocks that some layer may hold, or may have been about to get when a publication ended. */
  private final Set<Cid> unsure = new LinkedHashSet<>();

  private final Set<Cid> doomed = new LinkedHashSet<>();
  private final Map<String, Set<Cid>> kept = new LinkedHashMap<>();
  private boolean check;

  /** Whether there is a layer that an earlier publication did not go to. */
  private boolean lacking;

  private boolean pinned;
  private long stored;
  private @Nullable PublishOutcome outcome;

  PublishDriver(Core core, Publisher publisher, Targets targets, Progress progress) {
    this.core = core;
    this.publisher = publisher;
    this.targets = targets;
    this.leftovers = new Leftovers(core.book, publisher.name());
    this.progress = progress;
    this.what = "publishing " + publisher.name().shortText();
  }

  /** Publishes; what is to be remembered of it then is in the book, to be committed. */
  PublishOutcome run(boolean all, long nowMillis) {
    check = all;
    publisher.publish(all, nowMillis);
    try {
      while (outcome == null) {
        List<PublishEffect> effects = publisher.drain();
        remember(effects);
        for (PublishEffect effect : effects) {
          effect.applyTo(this);
        }
        putBlocks();
        removeBlocks();
      }
    } catch (RuntimeException e) {
      if (publisher.isPublishing()) publisher.onFailed();
      throw e;
    }
    if (check || lacking) pin(outcome.index());
    leftovers.settle(targets.names());
    // Those of other layers are noted already.
    kept.keySet().retainAll(targets.names());
    note(kept);
    return outcome;
  }

  private void note(Map<String, Set<Cid>> kept) {
    kept.forEach((layer, blocks) -> leftovers.add(List.of(layer), blocks));
  }

  /** One commit for all blocks that are about to be put. */
  private void remember(List<PublishEffect> effects) {
    List<Cid> fresh = new ArrayList<>();
    for (PublishEffect effect : effects) {
      if (effect instanceof PublishEffect.PutBlock put && put.isNew()) fresh.add(put.cid());
    }
    if (fresh.isEmpty()) return;
    leftovers.add(targets.names(), fresh);
    core.book.commit();
  }

  @Override
  public void getRecord(PublishEffect.GetRecord effect) {
    List<Optional<byte[]>> records = targets.records(effect.name());
    unsure.addAll(leftovers.blocks(targets.names()));
    unsure.addAll(stale(effect.name(), records));
    publisher.onLeftovers(unsure);
    lacking = !core.book.facts(effect.name()).sources().containsAll(targets.names());
    publisher.onRecords(records, lacking || (publisher.isSmall() && !stands(effect.name())));
  }

  /**
   * Whether the folders have what was published last: of a small log that is told in an instant.
   */
  private boolean stands(IpnsName name) {
    Set<Cid> blocks = new HashSet<>(core.store.publishedCids(name));
    Optional<byte[]> own = core.store.log(name).flatMap(StoredLog::record);
    own.flatMap(record -> Records.head(name, record).index()).ifPresent(blocks::add);
    return targets.nearbyHave(blocks);
  }

  /**
   * What records of earlier publications lead to, in layers that were away meanwhile. Where the
   * record leads to what stands, a layer has all of that.
   */
  private Set<Cid> stale(IpnsName name, List<Optional<byte[]>> records) {
    Optional<byte[]> own = core.store.log(name).flatMap(StoredLog::record);
    List<Layer> layers = targets.named();
    List<String> sources = core.book.facts(name).sources();
    Set<Cid> stale = new HashSet<>();
    for (int i = 0; i < records.size(); i++) {
      Optional<byte[]> record = records.get(i);
      if (!record.isPresent()) continue;
      if (own.isPresent() && Records.leadToTheSame(name, record.get(), own.get())) {
        // The record alone may have come from elsewhere, as through a network of names.
        if (!check && sources.contains(layers.get(i).name())) targets.markComplete(layers.get(i));
      } else if (layers.get(i).blocks().isPresent()) {
        ContentStore blocks = layers.get(i).blocks().get();
        stale.addAll(StaleTree.of(name, record.get(), blocks, core.verifier));
      }
    }
    return stale;
  }

  /** Blocks that are asked for together are put together. */
  @Override
  public void putBlock(PublishEffect.PutBlock effect) {
    if (effect.isNew() || unsure.contains(effect.cid())) fresh.add(effect.cid());
    blocks.put(effect.cid(), effect.block());
  }

  private void putBlocks() {
    if (blocks.isEmpty()) return;
    Map<Cid, byte[]> put = new LinkedHashMap<>(blocks);
    blocks.clear();
    Map<Cid, Long> written = targets.put(put, fresh);
    put.forEach(
        (cid, block) -> {
          publisher.onBlockStored(written.getOrDefault(cid, 0L));
          stored += block.length;
        });
    progress.at(what, stored, -1);
  }

  /** What the record leads to is kept before it does. */
  @Override
  public void putRecord(PublishEffect.PutRecord effect) {
    Optional<byte[]> own = core.store.log(effect.name()).flatMap(StoredLog::record);
    Optional<Cid> before = own.flatMap(record -> Records.head(effect.name(), record).index());
    Optional<Cid> index = Records.head(effect.name(), effect.record()).index();
    if (!index.equals(before)) pin(index);
    targets.put(effect.name(), effect.record());
    publisher.onRecordStored();
  }

  private void pin(Optional<Cid> index) {
    if (index.isPresent() && !pinned) targets.pin(index.get(), publisher.name());
    pinned = true;
  }

  @Override
  public void removeBlock(PublishEffect.RemoveBlock effect) {
    doomed.add(effect.cid());
  }

  private void removeBlocks() {
    if (doomed.isEmpty()) return;
    List<Cid> gone = new ArrayList<>(doomed);
    doomed.clear();
    targets
        .remove(gone)
        .forEach((layer, left) -> kept.computeIfAbsent(layer, n -> new HashSet<>()).addAll(left));
    // A layer that is away, or failed on the way, may have them as well.
    for (Layer layer : core.layers.all()) {
      boolean may = layer.takes() && layer.blocks().isPresent();
      if (!may || targets.names().contains(layer.name())) continue;
      kept.computeIfAbsent(layer.name(), n -> new HashSet<>()).addAll(gone);
    }
    if (!kept.isEmpty()) {
      // Durable before the publisher forgets them: nobody else would remember after a crash.
      note(kept);
      core.book.commit();
    }
    gone.forEach(cid -> publisher.onBlockRemoved());
  }

  @Override
  public void published(PublishEffect.Published effect) {
    outcome = effect.outcome();
  }

  @Override
  public void ownHeadAhead(PublishEffect.OwnHeadAhead effect) {
    throw new TidelogException(
        ErrorKind.OWN_HEAD_AHEAD,
        "cannot publish "
            + publisher.name().text()
            + ": the mirror has "
            + effect.head().size()
            + " entries of it that are not the ones here",
        "write something: this home was rolled back or copied, and begins anew then");
  }
}
