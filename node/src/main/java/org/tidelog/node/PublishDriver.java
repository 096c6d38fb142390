package org.tidelog.node;

import org.jspecify.annotations.Nullable;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.PublishOutcome;
import org.tidelog.log.publish.Publisher;

/** Carries out what a publisher asks for against the layers, until it is done or a layer fails. */
final class PublishDriver implements PublishEffect.Driver {
  private final Publisher publisher;
  private final Layers layers;
  private final Progress progress;
  private final String what;
  private long stored;
  private @Nullable PublishOutcome outcome;

  PublishDriver(Publisher publisher, Layers layers, Progress progress) {
    this.publisher = publisher;
    this.layers = layers;
    this.progress = progress;
    this.what = "publishing " + publisher.name().shortText();
  }

  PublishOutcome run(boolean check, long nowMillis) {
    publisher.publish(check, nowMillis);
    try {
      while (outcome == null) {
        for (PublishEffect effect : publisher.drain()) {
          effect.applyTo(this);
        }
      }
      return outcome;
    } catch (RuntimeException e) {
      if (publisher.isPublishing()) publisher.onFailed();
      throw e;
    }
  }

  @Override
  public void getRecord(PublishEffect.GetRecord effect) {
    publisher.onRecords(layers.records(effect.name()));
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
    layers.remove(effect.cid());
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
        "this home was restored, rolled back or copied: begin a new one with `tidelog init`");
  }
}
