package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Head;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoredLog;

/** Finds heads of this device's logs that it has not signed on the way to where it is. */
final class OwnHeads {
  private final Core core;

  OwnHeads(Core core) {
    this.core = core;
  }

  /** Whether a mirror that can be reached has a record with such a head. */
  boolean isAheadInMirror(IpnsName log) {
    return core.layers.find(log).records().stream().anyMatch(record -> isAhead(log, record));
  }

  /** Whether a record, if it verifies at all, has such a head. */
  boolean isAhead(IpnsName log, Follower.Sourced record) {
    if (Follower.problem(log, record, core.verifier).isPresent()) return false;
    try {
      return isUnknown(log, RemoteHead.parse(log, IpnsRecord.parse(record.record())).head());
    } catch (MalformedException e) {
      return false;
    }
  }

  /**
   * Whether a head of a log of this device, whose signature has been checked, is not one that it
   * has signed on the way to its present one.
   */
  boolean isUnknown(IpnsName log, Head theirs) {
    Optional<Head> ours = core.store.log(log).flatMap(StoredLog::head);
    if (!ours.isPresent()) return true;
    long size = theirs.size();
    if (size >= ours.get().size()) return !theirs.agreesWith(ours.get());
    Frontier peaks = Frontier.of(size, new StoredRoots(log, core.store).peaks(size));
    return !peaks.root().equals(theirs.root());
  }
}
