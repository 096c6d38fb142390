package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import org.tidelog.log.spi.StoredLog;

/**
 * Carries out what a publisher asks for against the layers, until it is done or a layer fails.
 * Remembers, before a block is put, that it is to go again unless the record comes to lead to it.
 * Runs with the home's lock held.
 */
final class PublishDriver implements PublishEffect.Driver {
  private final Core core;
  private final Publisher publisher;
  private final Layers layers;
  private final Leftovers leftovers;
  private final Progress progress;
  private final String what;
  private final Map<String, Set<Cid>> kept = new LinkedHashMap<>();
  private long stored;
  private @Nullable PublishOutcome outcome;

  PublishDriver(Core core, Publisher publisher, Progress progress) {
    this.core = core;
    this.publisher = publisher;
    this.layers = core.layers;
    this.leftovers = new Leftovers(core.book, publisher.name());
    this.progress = progress;
    this.what = "publishing " + publisher.name().shortText();
  }

  /** Publishes; what is to be remembered of it then is in the book, to be committed. */
  PublishOutcome run(boolean check, long nowMillis) {
    publisher.publish(check, nowMillis);
    try {
      while (outcome == null) {
        List<PublishEffect> effects = publisher.drain();
        remember(effects);
        for (PublishEffect effect : effects) {
          effect.applyTo(this);
        }
      }
    } catch (RuntimeException e) {
      if (publisher.isPublishing()) publisher.onFailed();
      throw e;
    }
    leftovers.settle(layers.names());
    kept.forEach((layer, blocks) -> leftovers.add(List.of(layer), blocks));
    return outcome;
  }

  /** One commit for all blocks that are about to be put. */
  private void remember(List<PublishEffect> effects) {
    List<Cid> fresh = new ArrayList<>();
    for (PublishEffect effect : effects) {
      if (effect instanceof PublishEffect.PutBlock put && put.isNew()) fresh.add(put.cid());
    }
    if (fresh.isEmpty()) return;
    leftovers.add(layers.names(), fresh);
    core.book.commit();
  }

  @Override
  public void getRecord(PublishEffect.GetRecord effect) {
    List<Optional<byte[]>> records = layers.records(effect.name());
    publisher.onLeftovers(leftovers.blocks(layers.names()));
    publisher.onLeftovers(stale(effect.name(), records));
    publisher.onRecords(records);
  }

  /** What records of earlier publications lead to, in layers that were away meanwhile. */
  private Set<Cid> stale(IpnsName name, List<Optional<byte[]>> records) {
    Optional<byte[]> own = core.store.log(name).flatMap(StoredLog::record);
    Set<Cid> stale = new HashSet<>();
    for (int i = 0; i < records.size(); i++) {
      Optional<byte[]> record = records.get(i);
      if (!record.isPresent()) continue;
      if (own.isPresent() && Records.leadToTheSame(name, record.get(), own.get())) continue;
      stale.addAll(StaleTree.of(name, record.get(), layers.all().get(i).blocks(), core.verifier));
    }
    return stale;
  }

  @Override
  public void putBlock(PublishEffect.PutBlock effect) {
    publisher.onBlockStored(layers.put(effect.cid(), effect.block()));
    stored += effect.block().length;
    progress.at(what, stored, -1);
  }

  @Override
  public void putRecord(PublishEffect.PutRecord effect) {
    layers.put(effect.name(), effect.record());
    publisher.onRecordStored();
  }

  @Override
  public void removeBlock(PublishEffect.RemoveBlock effect) {
    for (String layer : layers.remove(effect.cid())) {
      kept.computeIfAbsent(layer, name -> new HashSet<>()).add(effect.cid());
    }
    publisher.onBlockRemoved();
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
