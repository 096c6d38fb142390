package org.tidelog.log.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * What one commit changes of one log, in this order: slices removed (by first position), slices put
 * (replacing any with the same first position), published blocks dropped and put, record replaced
 * or forgotten. Mutable until it is committed.
 */
public final class LogChange {
  private final IpnsName log;
  private final List<StoredSlice> slices = new ArrayList<>();
  private final List<Long> removed = new ArrayList<>();
  private final List<PublishedBlock> published = new ArrayList<>();
  private final List<BlocksFrom> unpublished = new ArrayList<>();
  private byte @Nullable [] record;
  private boolean forgetsRecord;

  public LogChange(IpnsName log) {
    this.log = log;
  }

  /** All published blocks of a level from an ordinal on. */
  public record BlocksFrom(int level, long ordinal) {}

  public LogChange put(StoredSlice slice) {
    slices.add(slice);
    return this;
  }

  public LogChange remove(long first) {
    removed.add(first);
    return this;
  }

  /** Drops the published blocks of a level from an ordinal on, before any are put. */
  public LogChange unpublish(int level, long fromOrdinal) {
    unpublished.add(new BlocksFrom(level, fromOrdinal));
    return this;
  }

  public LogChange publish(PublishedBlock block) {
    published.add(block);
    return this;
  }

  public LogChange record(byte[] bytes) {
    record = bytes.clone();
    forgetsRecord = false;
    return this;
  }

  /** The record that is there goes, and none takes its place. */
  public LogChange forgetRecord() {
    record = null;
    forgetsRecord = true;
    return this;
  }

  public boolean forgetsRecord() {
    return forgetsRecord;
  }

  public IpnsName log() {
    return log;
  }

  public List<StoredSlice> slices() {
    return slices;
  }

  public List<Long> removed() {
    return removed;
  }

  public List<BlocksFrom> unpublished() {
    return unpublished;
  }

  public List<PublishedBlock> published() {
    return published;
  }

  public Optional<byte[]> record() {
    return Optional.ofNullable(record);
  }
}
