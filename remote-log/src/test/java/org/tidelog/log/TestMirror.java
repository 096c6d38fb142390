package org.tidelog.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowEffect;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.memory.MemoryContentStore;
import org.tidelog.log.memory.MemoryNameSystem;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.PublishOutcome;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.spi.LogStore;

/** Blocks and records in memory, and what carries out the effects of machines against them. */
public final class TestMirror {
  public final MemoryContentStore blocks = new MemoryContentStore();
  public final MemoryNameSystem names = new MemoryNameSystem();

  /**
   * Publishes, and gives what came of it: an outcome, or a head of its own that it did not know.
   */
  public PublishEffect publish(Publisher publisher, boolean check, long nowMillis) {
    return publish(publisher, check, nowMillis, Integer.MAX_VALUE);
  }

  /** As {@link #publish(Publisher, boolean, long)}, but stops with a failure after some writes. */
  public @Nullable PublishEffect publish(
      Publisher publisher, boolean check, long nowMillis, int writes) {
    PublishRun run = new PublishRun(publisher, writes);
    publisher.publish(check, nowMillis);
    while (run.result == null && !run.failed) {
      for (PublishEffect effect : drained(publisher.drain())) {
        if (!run.failed) effect.applyTo(run);
      }
    }
    publisher.drain();
    return run.result;
  }

  /** A machine that is not done has something to be carried out: else it would wait for ever. */
  private static <T> List<T> drained(List<T> effects) {
    if (effects.isEmpty()) throw new AssertionError("it waits for nothing");
    return effects;
  }

  /** The outcome of a publication that must succeed. */
  public PublishOutcome published(Publisher publisher, boolean check, long nowMillis) {
    PublishEffect result = publish(publisher, check, nowMillis);
    if (result instanceof PublishEffect.Published published) return published.outcome();
    throw new AssertionError("not published: " + result);
  }

  private final class PublishRun implements PublishEffect.Driver {
    private final Publisher publisher;
    private int writes;
    private boolean failed;
    private @Nullable PublishEffect result;

    PublishRun(Publisher publisher, int writes) {
      this.publisher = publisher;
      this.writes = writes;
    }

    @Override
    public void getRecord(PublishEffect.GetRecord effect) {
      publisher.onRecords(List.of(record(effect.name())));
    }

    private boolean fails() {
      failed = writes-- == 0;
      if (failed) publisher.onFailed();
      return failed;
    }

    @Override
    public void putBlock(PublishEffect.PutBlock effect) {
      if (fails()) return;
      publisher.onBlockStored(blocks.put(effect.cid(), effect.block()));
    }

    @Override
    public void putRecord(PublishEffect.PutRecord effect) {
      if (fails()) return;
      names.put(effect.name(), effect.record());
      publisher.onRecordStored();
    }

    @Override
    public void removeBlock(PublishEffect.RemoveBlock effect) {
      blocks.remove(effect.cid());
      publisher.onBlockRemoved();
    }

    @Override
    public void published(PublishEffect.Published effect) {
      result = effect;
    }

    @Override
    public void ownHeadAhead(PublishEffect.OwnHeadAhead effect) {
      result = effect;
    }
  }

  public Optional<byte[]> record(IpnsName name) {
    try {
      return names.get(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<byte[]> block(Cid cid, int bytesMax) {
    try {
      return blocks.get(cid, bytesMax);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public FollowOutcome follow(IpnsName name, LogStore store, long bytesMax, long nowMillis) {
    Follower follower = new Follower(name, store, TestLogs.VERIFIER);
    FollowRun run = new FollowRun(follower, nowMillis);
    follower.start(bytesMax);
    while (true) {
      for (FollowEffect effect : drained(follower.drain())) {
        effect.applyTo(run);
        if (run.outcome != null) return run.outcome;
      }
    }
  }

  private final class FollowRun implements FollowEffect.Driver {
    private final Follower follower;
    private final long nowMillis;
    private @Nullable FollowOutcome outcome;

    FollowRun(Follower follower, long nowMillis) {
      this.follower = follower;
      this.nowMillis = nowMillis;
    }

    @Override
    public void getRecords(FollowEffect.GetRecords effect) {
      List<Follower.Sourced> records = new ArrayList<>();
      record(effect.name()).ifPresent(bytes -> records.add(new Follower.Sourced("memory", bytes)));
      follower.onRecords(records, List.of(), nowMillis);
    }

    @Override
    public void getBlock(FollowEffect.GetBlock effect) {
      Optional<byte[]> block = block(effect.cid(), effect.bytes());
      if (!block.isPresent()) {
        follower.onBlockMissing(effect.cid());
      } else if (effect.cid().matches(block.get())) {
        follower.onBlock(effect.cid(), block.get());
      } else {
        String where = effect.cid().text();
        Finding bad = new Finding(Finding.Kind.BAD_BLOCK, "its bytes are others", where);
        follower.onBlockBad(effect.cid(), List.of(bad));
      }
    }

    @Override
    public void done(FollowEffect.Done effect) {
      outcome = effect.outcome();
    }
  }
}
