package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.Head;
import org.tidelog.log.spi.StoredLog;

/**
 * Which log a new one of this device is to go on from: the one it was told of when it began anew,
 * or one it has fetched whose first entry names its own recovery key, because its owner typed in
 * the phrase of a device that was lost. Runs with the home's lock held.
 */
final class Predecessors {
  private final Core core;
  private final IncarnationBook book;

  Predecessors(Core core) {
    this.core = core;
    this.book = new IncarnationBook(core.book);
  }

  /** What the first log of this device in a topic, or its first index, is to claim. */
  Optional<Continuation.Claim> claim(String label, LogPurpose purpose) {
    Optional<Continuation.Claim> told = book.claim(label, purpose);
    if (told.isPresent() || !book.isRecovered()) return told;
    return newest(found(label, purpose))
        .map(head -> new Continuation.Claim(head.statement().log(), head.size(), head.root()));
  }

  /** Heads of the logs that this device's recovery key may continue, and none of them does. */
  private List<Head> found(String label, LogPurpose purpose) {
    Optional<Digest> mine = Optional.of(core.keyring.recoveryKeyHash());
    List<Head> heads = new ArrayList<>();
    Set<IpnsName> continued = new HashSet<>();
    for (IpnsName log : core.book.members(label).keySet()) {
      boolean ours =
          book.recovery(log).equals(mine)
              && core.book.facts(log).purpose().equals(Optional.of(purpose));
      if (!ours) continue;
      core.store.log(log).flatMap(StoredLog::head).ifPresent(heads::add);
      book.continuation(log).ifPresent(claimed -> continued.add(claimed.claim().log()));
    }
    heads.removeIf(head -> continued.contains(head.statement().log()));
    return heads;
  }

  private static Optional<Head> newest(List<Head> heads) {
    return heads.stream().max((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
  }
}
