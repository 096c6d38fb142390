package org.tidelog.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.follow.FollowEffect;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.memory.MemoryContentStore;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.memory.MemoryNameSystem;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.spi.LogStore;

/** A log that is published into memory, to be followed again and again. Owned by one thread. */
final class MemoryMirror {
  private static final long TIME_MILLIS = 1_767_225_600_000L;
  private static final int GROUP = 1000;

  private final Random random = new Random(1);
  private final Verifier verifier = Ed25519.verifier();
  private final MemoryContentStore blocks = new MemoryContentStore();
  private final MemoryNameSystem names = new MemoryNameSystem();
  private final LogStore store = new MemoryLogStore();
  private final LocalLog local;
  private final Publisher publisher;
  private long written;

  /** A log without an entry, not published. */
  MemoryMirror() {
    this(Ed25519.signer(new byte[Ed25519.SEED_BYTES]));
  }

  /** The log of that key, without an entry, not published. */
  MemoryMirror(Signer signer) {
    local = LocalLog.open(signer, store);
    publisher = new Publisher(local, signer, verifier, store, PageLimits.DEFAULT);
  }

  /** A log of that many entries, appended a thousand at a time, and published. */
  MemoryMirror(int entries, int payloadBytes) {
    this();
    append(entries, payloadBytes);
    publish();
  }

  /** Appends so many entries, a thousand at a time. */
  void append(int entries, int payloadBytes) {
    for (int left = entries; left > 0; left -= GROUP) {
      append(group(random, local.size(), Math.min(left, GROUP), payloadBytes));
    }
  }

  void append(List<NewEntry> entries) {
    LocalLog.Group group = local.prepare(entries, TIME_MILLIS + local.size());
    store.commit(List.of(group.change()));
    local.committed(group);
  }

  IpnsName name() {
    return local.name();
  }

  /** The record that was last published. */
  byte[] record() throws IOException {
    return names.get(name()).orElseThrow();
  }

  private static List<NewEntry> group(Random random, long first, int count, int payloadBytes) {
    NewEntry[] entries = new NewEntry[count];
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[payloadBytes];
      random.nextBytes(payload);
      EntryKind kind = first + i == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      entries[i] = NewEntry.plain(kind, TIME_MILLIS + first + i, payload);
    }
    return List.of(entries);
  }

  /** Publishes what is new; gives the bytes of the blocks and the record that were written. */
  long publish() {
    written = 0;
    PublishDriver driver = new PublishDriver();
    publisher.publish(false, TIME_MILLIS + local.size());
    while (!driver.done) {
      for (PublishEffect effect : publisher.drain()) {
        effect.applyTo(driver);
      }
    }
    return written;
  }

  /** Brings what is new into a store, every entry verified; tells what came, and at what cost. */
  FollowOutcome follow(LogStore into) {
    Follower follower = new Follower(local.name(), into, verifier);
    FollowDriver driver = new FollowDriver(follower);
    follower.start(Long.MAX_VALUE);
    while (driver.outcome == null) {
      for (FollowEffect effect : follower.drain()) {
        effect.applyTo(driver);
      }
    }
    FollowOutcome outcome = driver.outcome;
    if (!outcome.findings().isEmpty() || !outcome.missing().isEmpty()) {
      throw new AssertionError(outcome.findings());
    }
    return outcome;
  }

  private static AssertionError unexpected(IOException e) {
    return new AssertionError("memory has what was put there", e);
  }

  private final class PublishDriver implements PublishEffect.Driver {
    private boolean done;

    @Override
    public void getRecord(PublishEffect.GetRecord effect) {
      try {
        publisher.onRecords(List.of(names.get(effect.name())));
      } catch (IOException e) {
        throw unexpected(e);
      }
    }

    @Override
    public void putBlock(PublishEffect.PutBlock effect) {
      long bytes = blocks.put(effect.cid(), effect.block());
      written += bytes;
      publisher.onBlockStored(bytes);
    }

    @Override
    public void putRecord(PublishEffect.PutRecord effect) {
      names.put(effect.name(), effect.record());
      written += effect.record().length;
      publisher.onRecordStored();
    }

    @Override
    public void removeBlock(PublishEffect.RemoveBlock effect) {
      blocks.remove(effect.cid());
      publisher.onBlockRemoved();
    }

    @Override
    public void published(PublishEffect.Published effect) {
      done = true;
    }

    @Override
    public void ownHeadAhead(PublishEffect.OwnHeadAhead effect) {
      throw new AssertionError("nobody else writes this log");
    }
  }

  private final class FollowDriver implements FollowEffect.Driver {
    private final Follower follower;
    private @Nullable FollowOutcome outcome;

    FollowDriver(Follower follower) {
      this.follower = follower;
    }

    @Override
    public void getRecords(FollowEffect.GetRecords effect) {
      try {
        byte[] record = names.get(effect.name()).orElseThrow();
        follower.onRecords(List.of(new Follower.Sourced("memory", record)), List.of(), TIME_MILLIS);
      } catch (IOException e) {
        throw unexpected(e);
      }
    }

    @Override
    public void getBlock(FollowEffect.GetBlock effect) {
      try {
        byte[] block = blocks.get(effect.cid(), effect.bytes()).orElseThrow();
        // The hash of a block is checked by whoever drives a follower.
        if (!effect.cid().matches(block)) throw new AssertionError("block " + effect.cid());
        follower.onBlock(effect.cid(), block);
      } catch (IOException e) {
        throw unexpected(e);
      }
    }

    @Override
    public void done(FollowEffect.Done effect) {
      outcome = effect.outcome();
    }
  }
}
