package org.tidelog.sim.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidelog.log.follow.FollowEffect;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.follow.Follower.Sourced;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/** Carries out one look into the remote log: what a follower asks for becomes calls. */
final class FollowRun implements FollowEffect.Driver {
  private static final String LAYER = "mirror";

  private final Follower follower;
  private final LogStore store;
  private final Calls calls;
  private final Consumer<Optional<FollowOutcome>> end;
  private final long wallMillis;
  private boolean done;

  /**
   * @param wallMillis what the device's clock says
   * @param end gets what came of it; empty where the service could not be asked
   */
  FollowRun(
      Follower follower,
      LogStore store,
      Calls calls,
      long wallMillis,
      Consumer<Optional<FollowOutcome>> end) {
    this.follower = follower;
    this.store = store;
    this.calls = calls;
    this.wallMillis = wallMillis;
    this.end = end;
  }

  void start() {
    follower.start(Long.MAX_VALUE);
    step();
  }

  private void step() {
    for (List<FollowEffect> effects = follower.drain();
        !effects.isEmpty();
        effects = follower.drain()) {
      effects.forEach(effect -> effect.applyTo(this));
    }
  }

  private Consumer<Optional<byte[]>> then(Consumer<byte[]> next) {
    return answer -> {
      if (done) return;
      if (!answer.isPresent()) {
        done = true;
        end.accept(Optional.empty());
        return;
      }
      next.accept(answer.get());
      step();
    };
  }

  @Override
  public void getRecords(FollowEffect.GetRecords effect) {
    Optional<byte[]> known = store.log(effect.name()).flatMap(StoredLog::record);
    calls.call(MirrorTalk.getName(effect.name(), known), then(answer -> onRecord(answer, known)));
  }

  private void onRecord(byte[] answer, Optional<byte[]> known) {
    List<Sourced> records = new ArrayList<>();
    MirrorTalk.record(answer, known).ifPresent(record -> records.add(new Sourced(LAYER, record)));
    follower.onRecords(records, List.of(), wallMillis);
  }

  @Override
  public void getBlock(FollowEffect.GetBlock effect) {
    calls.call(
        MirrorTalk.getBlock(effect.cid()),
        then(
            block -> {
              if (effect.cid().matches(block)) {
                follower.onBlock(effect.cid(), block);
              } else {
                follower.onBlockMissing(effect.cid());
              }
            }));
  }

  @Override
  public void done(FollowEffect.Done effect) {
    done = true;
    end.accept(Optional.of(effect.outcome()));
  }
}
