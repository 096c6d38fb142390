package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.Head;
import org.tidelog.log.spi.StoredLog;

/**
 * Which log a new one of this device is to go on from: the one it was told of when it began anew,
 * or one it has fetched whose first entry names its own recovery key, because its owner typed in
 * the phrase of a device that was lost. Anybody may name that key by its hash, which all members
 * see, so a log is taken on its word only where no other gives the same. Runs with the home's lock
 * held.
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
    return choose(label, found(label, purpose))
        .map(head -> new Continuation.Claim(head.statement().log(), head.size(), head.root()));
  }

  /**
   * What may be continued, and is not.
   *
   * @param signed those that the recovery key has signed for: whoever wrote them had it
   * @param named those whose first entry names it and proves nothing
   */
  private record Found(List<Head> signed, List<Head> named) {}

  private Found found(String label, LogPurpose purpose) {
    Digest mine = core.keyring.recoveryKeyHash();
    List<Head> signed = new ArrayList<>();
    List<Head> named = new ArrayList<>();
    Set<IpnsName> continued = new HashSet<>();
    for (IpnsName log : core.book.members(label).keySet()) {
      Optional<Continuation> bySelf = book.continuation(log).filter(read -> isBy(mine, read));
      bySelf.ifPresent(read -> continued.add(read.claim().log()));
      boolean ours =
          book.recovery(log).equals(Optional.of(mine))
              && core.book.facts(log).purpose().equals(Optional.of(purpose));
      if (!ours) continue;
      List<Head> heads = bySelf.isPresent() ? signed : named;
      core.store.log(log).flatMap(StoredLog::head).ifPresent(heads::add);
    }
    signed.removeIf(head -> continued.contains(head.statement().log()));
    named.removeIf(head -> continued.contains(head.statement().log()));
    return new Found(signed, named);
  }

  /** Only what verifies is in the book; it does so by the key that it names. */
  private static boolean isBy(Digest mine, Continuation read) {
    return Continuation.recoveryKeyHash(read.recoveryKey()).equals(mine);
  }

  private Optional<Head> choose(String label, Found found) {
    if (!found.signed.isEmpty()) return newest(found.signed);
    if (found.named.size() > 1) {
      core.options.notices().accept(notice(label, found.named));
      return Optional.empty();
    }
    return newest(found.named);
  }

  private static Notice notice(String label, List<Head> named) {
    String names =
        named.stream()
            .map(head -> head.statement().log().text())
            .sorted()
            .collect(Collectors.joining(", "));
    return new Notice(
        "several-predecessors",
        "several logs of "
            + label
            + " name this device's recovery key, which anybody can: "
            + names
            + "; the new log continues none of them");
  }

  private static Optional<Head> newest(List<Head> heads) {
    return heads.stream().max((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
  }
}
