package org.tidelog.node.backup;

import java.io.IOException;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.StoredSlice;

/**
 * Takes what is in a backup, in this order: the device; each topic, by label, with its logs and
 * cursors; each log, by key, with its proof, what is unsent of it, its slices, by position, and
 * then its blocks. The writer of a backup is one, and whoever restores; the latter refuses what it
 * cannot take.
 */
public interface BackupItems {
  /**
   * The device.
   *
   * @param recoverySeed 32 bytes
   * @param timeMillis when the backup was made, milliseconds since 1970 UTC
   * @param displayName at most 256 bytes of UTF-8; empty for none
   */
  void device(byte[] recoverySeed, long timeMillis, String displayName)
      throws IOException, MalformedException;

  void topic(TopicItem topic) throws IOException, MalformedException;

  /** A log of the topic that was named last. */
  void member(Role role, IpnsName log) throws IOException, MalformedException;

  /**
   * What a cursor of the topic that was named last has delivered; there may be more of the same.
   */
  void cursor(String name, IpnsName log, SeqRanges delivered)
      throws IOException, MalformedException;

  /**
   * A log whose slices follow.
   *
   * @param record the best IPNS record known of it
   */
  void log(IpnsName name, Optional<byte[]> record) throws IOException, MalformedException;

  /** What proves that the author of the log that was named last contradicts himself. */
  void proof(ForkProof proof) throws IOException, MalformedException;

  /**
   * The record of the log that was named last, a former one of the device, has not gone out yet.
   *
   * @param paged the head in its index, where it has one
   */
  void unsent(Optional<Head> paged) throws IOException, MalformedException;

  /** A slice of the log that was named last. The last one of a run without a gap has a head. */
  void slice(StoredSlice slice) throws IOException, MalformedException;

  /** A block of a large payload of the log that was named last. */
  void block(Codec codec, byte[] bytes) throws IOException, MalformedException;
}
