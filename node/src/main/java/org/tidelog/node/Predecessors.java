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
 * see, so a log is taken on its word only where no other gives the same; else somebody has to
 * choose. Runs with the home's lock held.
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
   * Chooses what the first log of this device in a topic is to continue, before it begins.
   *
   * @throws TidelogException with {@link ErrorKind#EXISTS} if it has begun; {@link
   *     ErrorKind#NOT_FOUND} if the old one is not here; {@link ErrorKind#NOT_A_MEMBER} if it names
   *     another recovery key, so that nobody would take the claim for proved
   */
  void choose(String label, IpnsName old) {
    TopicRecord topic = core.topic(label);
    Core.memberId(label, topic);
    if (topic.own().flatMap(core.store::log).isPresent()) {
      throw cannot(
          old,
          ErrorKind.EXISTS,
          "this device's log of " + label + " has begun, and a log says that with its first entry",
          "a new device: tidelog init --recover");
    }
    boolean here =
        core.book.member(label, old).filter(Membership::isShown).isPresent()
            && core.book.facts(old).purpose().equals(Optional.of(LogPurpose.LOG));
    Optional<Head> head = here ? core.store.log(old).flatMap(StoredLog::head) : Optional.empty();
    if (!head.isPresent()) {
      String why = "it is no log of " + label + " whose first entry is here";
      throw cannot(old, ErrorKind.NOT_FOUND, why, "tidelog fetch " + label);
    }
    if (!book.recovery(old).equals(Optional.of(core.keyring.recoveryKeyHash()))) {
      String why = "its first entry names another recovery key than this device's";
      throw cannot(old, ErrorKind.NOT_A_MEMBER, why, "tidelog status");
    }
    book.putClaim(
        label, LogPurpose.LOG, new Continuation.Claim(old, head.get().size(), head.get().root()));
  }

  private static TidelogException cannot(IpnsName old, ErrorKind kind, String why, String hint) {
    return new TidelogException(kind, "cannot continue " + old.text() + ": " + why, hint);
  }

  /** Says before it is too late that a log of this device will continue none of several. */
  void tell(String label) {
    TopicRecord topic = core.topic(label);
    boolean isToBegin =
        topic.own().isPresent() && !topic.own().flatMap(core.store::log).isPresent();
    if (!isToBegin || !book.isRecovered() || !core.keyring.isFree()) return;
    if (book.claim(label, LogPurpose.LOG).isPresent()) return;
    Found found = found(label, LogPurpose.LOG);
    if (!found.signed.isEmpty() || found.named.size() < 2) return;
    String end = "; before you write there, choose one: tidelog topic continue " + label + " NAME";
    core.options.notices().accept(notice("choose-predecessor", label, found.named, end));
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
      String end = "; the new log continues none of them";
      core.options.notices().accept(notice("several-predecessors", label, found.named, end));
      return Optional.empty();
    }
    return newest(found.named);
  }

  private static Notice notice(String word, String label, List<Head> named, String end) {
    String names =
        named.stream()
            .map(head -> head.statement().log().text())
            .sorted()
            .collect(Collectors.joining(", "));
    String several = " name this device's recovery key, which anybody can: ";
    return new Notice(word, "several logs of " + label + several + names + end);
  }

  private static Optional<Head> newest(List<Head> heads) {
    return heads.stream().max((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
  }
}
