package org.tidelog.sim.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/** Carries out one publication: what a publisher asks for becomes calls to the service. */
final class PublishRun implements PublishEffect.Driver {
  private final Publisher publisher;
  private final LogStore store;
  private final Calls calls;
  private final Itemising itemising;
  private final Consumer<OptionalLong> end;
  private final List<Cid> doomed = new ArrayList<>();
  private boolean done;

  /**
   * @param end gets the size that is mirrored now; empty where that failed
   */
  PublishRun(
      Publisher publisher,
      LogStore store,
      Calls calls,
      Itemising itemising,
      Consumer<OptionalLong> end) {
    this.publisher = publisher;
    this.store = store;
    this.calls = calls;
    this.itemising = itemising;
    this.end = end;
  }

  void start(long nowMillis) {
    publisher.publish(false, nowMillis);
    step();
  }

  private void step() {
    for (List<PublishEffect> effects = publisher.drain();
        !effects.isEmpty();
        effects = publisher.drain()) {
      effects.forEach(effect -> effect.applyTo(this));
      removeDoomed();
    }
  }

  private void fail() {
    if (done) return;
    done = true;
    if (publisher.isPublishing()) publisher.onFailed();
    end.accept(OptionalLong.empty());
  }

  /** Goes on with an answer, or ends where there is none. */
  private Consumer<Optional<byte[]>> then(Consumer<byte[]> next) {
    return answer -> {
      if (done) return;
      if (!answer.isPresent()) {
        fail();
        return;
      }
      next.accept(answer.get());
      step();
    };
  }

  @Override
  public void getRecord(PublishEffect.GetRecord effect) {
    Optional<byte[]> known = store.log(effect.name()).flatMap(StoredLog::record);
    calls.call(
        MirrorTalk.getName(effect.name(), known),
        then(answer -> publisher.onRecords(List.of(MirrorTalk.record(answer, known)), false)));
  }

  @Override
  public void putBlock(PublishEffect.PutBlock effect) {
    byte[] block = effect.block();
    calls.call(
        MirrorTalk.putBlock(effect.cid(), block, itemising.block(block)),
        then(stored -> publisher.onBlockStored(block.length)));
  }

  @Override
  public void putRecord(PublishEffect.PutRecord effect) {
    byte[] record = effect.record();
    calls.call(
        MirrorTalk.putName(effect.name(), record, itemising.record(effect.name(), record)),
        then(stored -> publisher.onRecordStored()));
  }

  @Override
  public void removeBlock(PublishEffect.RemoveBlock effect) {
    doomed.add(effect.cid());
  }

  /** What goes together goes by one call, and nobody waits for it. */
  private void removeDoomed() {
    if (doomed.isEmpty()) return;
    int count = doomed.size();
    calls.call(MirrorTalk.removeBlocks(doomed), answer -> {});
    doomed.clear();
    for (int i = 0; i < count; i++) publisher.onBlockRemoved();
  }

  @Override
  public void published(PublishEffect.Published effect) {
    done = true;
    end.accept(OptionalLong.of(effect.outcome().size()));
  }

  @Override
  public void ownHeadAhead(PublishEffect.OwnHeadAhead effect) {
    throw new AssertionError("a log has two writers: " + effect.head());
  }
}
