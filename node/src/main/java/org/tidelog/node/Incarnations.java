package org.tidelog.node;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.Head;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.node.home.HomeException;
import org.tidelog.node.home.Sizes;
import org.tidelog.replicator.conversation.SeenFrontier;

/**
 * Sees to it that no key signs in two lives. Before the first write after a start it finds out
 * whether this home is the one that wrote its logs, and where it is not, makes a new device of it:
 * other keys, other logs, each of which says which one it continues. The replacement of the key
 * store decides; what comes before it leaves a home that still matches nothing, and what comes
 * after it is done again at the next start. Runs with the home's lock held.
 */
final class Incarnations {
  private static final String PURPOSE = "write to a topic";

  private final Core core;
  private final IncarnationBook book;
  private Optional<Sizes> sizes = Optional.empty();
  private boolean ready;
  private int renewals;

  Incarnations(Core core) {
    this.core = core;
    this.book = new IncarnationBook(core.book);
  }

  /** How often this device has begun anew since the home was opened. */
  int renewals() {
    return renewals;
  }

  /** When it last did, ever. */
  Optional<Renewal> last() {
    return book.renewal();
  }

  /**
   * Why this home will begin anew at the next write, as far as that can be told without asking for
   * a passphrase.
   */
  Optional<RenewalReason> pending() {
    if (ready) return Optional.empty();
    if (core.keyring.isFree()) {
      Secrets secrets = core.keyring.secrets(PURPOSE);
      return isOfEarlierVersion(secrets) ? Optional.empty() : difference(secrets);
    }
    if (!core.home.mark().isPresent() && !core.home.sizes().isPresent()) {
      return Optional.empty(); // Of an earlier version, perhaps.
    }
    return difference();
  }

  /** Before anything is signed: makes sure that these keys may. */
  void ready() {
    if (ready) return;
    Secrets secrets = core.keyring.secrets(PURPOSE);
    if (isOfEarlierVersion(secrets)) adopt(secrets);
    Optional<RenewalReason> reason = difference(core.keyring.secrets(PURPOSE));
    if (reason.isPresent()) {
      renew(reason.get());
      return;
    }
    if (!book.isLatest(incarnation())) settle();
    sizes = core.home.sizes();
    ready = true;
  }

  private byte[] incarnation() {
    return core.keyring.secrets(PURPOSE).incarnation16();
  }

  /** Whether nobody has looked after this home so far. */
  private boolean isOfEarlierVersion(Secrets secrets) {
    if (secrets.home().isPresent()) return false;
    boolean mine = book.isEmpty() || book.isLatest(secrets.incarnation16());
    return mine && !lacks(core.home.sizes());
  }

  private void adopt(Secrets secrets) {
    if (book.isEmpty()) book.add(secrets.incarnation16());
    core.book.commit();
    HomeMark mark = core.home.remark(core.entropy.bytes(HomeMark.ID_BYTES));
    core.keyring.replace(secrets.withHome(mark));
  }

  private Optional<RenewalReason> difference(Secrets secrets) {
    Optional<HomeMark> here = core.home.mark();
    if (!here.isPresent() || !secrets.home().isPresent()) {
      return Optional.of(RenewalReason.COPIED);
    }
    if (!here.equals(secrets.home())) {
      boolean storeAlone = withoutStore(here.get()).equals(withoutStore(secrets.home().get()));
      return Optional.of(storeAlone ? RenewalReason.ROLLED_BACK : RenewalReason.COPIED);
    }
    if (book.isEmpty() || book.isPast(secrets.incarnation16())) {
      return Optional.of(RenewalReason.ROLLED_BACK);
    }
    return difference();
  }

  private static HomeMark withoutStore(HomeMark mark) {
    return new HomeMark(mark.id(), mark.fileNumber(), mark.changeTimeNanos(), OptionalLong.empty());
  }

  /** What can be told without keys. */
  private Optional<RenewalReason> difference() {
    Optional<HomeMark> here = core.home.mark();
    Optional<Sizes> kept = core.home.sizes();
    if (!here.isPresent()) return Optional.of(RenewalReason.COPIED);
    boolean same = kept.isPresent() && kept.get().isOf(here.get());
    return same && !lacks(kept) ? Optional.empty() : Optional.of(RenewalReason.ROLLED_BACK);
  }

  /** Whether the store has less of a log than it had. */
  private boolean lacks(Optional<Sizes> kept) {
    if (!kept.isPresent()) return false;
    for (Map.Entry<IpnsName, Long> log : kept.get().entries().entrySet()) {
      if (size(log.getKey()) < log.getValue()) return true;
    }
    return false;
  }

  private long size(IpnsName log) {
    return core.store.log(log).map(stored -> stored.held().end()).orElse(0L);
  }

  /**
   * Makes a new device of this home: its keys are gone when this returns, and its logs are those of
   * another. Killed at any point, it is either the old device, which will begin anew, or the new.
   */
  void renew(RenewalReason reason) {
    Secrets old = core.keyring.secrets(PURPOSE);
    // Where a mirror has another state of a log, there is nothing its key may add.
    boolean undisputed = reason == RenewalReason.COPIED || reason == RenewalReason.ROLLED_BACK;
    if (undisputed) new LastRecords(core).sign();
    book.begin(reason);
    core.book.commit();
    byte[] id = core.entropy.bytes(HomeMark.ID_BYTES);
    HomeMark mark = core.home.remark(id);
    core.keyring.replace(old.renewed(core.entropy, mark));
    core.forgetOwn();
    settle();
    sizes = Optional.of(Sizes.none(id));
    ready = true;
    renewals++;
    core.options.notices().accept(notice(reason));
  }

  private static Notice notice(RenewalReason reason) {
    return new Notice(
        "new-incarnation",
        "this home "
            + reason.text()
            + ": it is a new device from now on, with new logs that continue the old ones");
  }

  /** The store has been filled from a backup: what its topics call own is another device's. */
  void restored() {
    book.begin(RenewalReason.RESTORED);
    settle();
  }

  /** Makes the store follow the key store; does nothing where it has done so already. */
  private void settle() {
    core.book.topics().forEach(this::settle);
    book.add(incarnation());
    book.end(core.now());
    core.peerId = core.keyring.peerId();
    core.book.putPeerId(core.peerId);
    core.book.commit();
  }

  private void settle(String label, TopicRecord topic) {
    if (!topic.own().isPresent() || !topic.id().isPresent()) return;
    IpnsName old = topic.own().get();
    IpnsName own = core.keyring.logName(topic.id().get(), LogPurpose.LOG);
    if (own.equals(old)) return;
    boolean begun = claim(label, LogPurpose.LOG, old);
    topic.index().ifPresent(index -> claim(label, LogPurpose.INDEX, index));
    if (begun) {
      core.book.putMember(label, old, Membership.FOLLOWED);
      SeenFrontier frontier = core.book.frontier(label);
      frontier.seen(old, size(old) - 1);
      core.book.putFrontier(label, frontier);
    } else {
      core.book.removeMember(label, old);
    }
    core.book.putMember(label, own, Membership.OWN);
    core.book.putTopic(
        label, new TopicRecord(topic.id(), topic.open(), Optional.of(own), Optional.empty()));
  }

  /**
   * Remembers what the next log of the topic is to continue; false where there is nothing of the
   * old one, so that what that was to continue stands.
   */
  private boolean claim(String label, LogPurpose purpose, IpnsName old) {
    Optional<Head> head = core.store.log(old).flatMap(StoredLog::head);
    if (!head.isPresent()) return false;
    Digest root = head.get().root();
    book.putClaim(label, purpose, new Continuation.Claim(old, head.get().size(), root));
    book.putRecovery(old, core.keyring.recoveryKeyHash());
    return true;
  }

  /**
   * Remembers how long the logs of this device are, once they are shown to others or left alone.
   * Costs nothing where nothing was written.
   */
  void keepSizes() {
    if (!sizes.isPresent()) return;
    SortedMap<IpnsName, Long> entries = new TreeMap<>(sizes.get().entries());
    core.ownLogs().forEach(log -> entries.put(log.name(), log.log().size()));
    entries.values().removeIf(size -> size == 0);
    Sizes now = new Sizes(sizes.get().id(), entries);
    if (now.equals(sizes.get())) return;
    try {
      core.home.replaceSizes(now);
      sizes = Optional.of(now);
    } catch (HomeException e) {
      // What was written stands. The sizes kept before are lower, and are made good the next time.
      if (e.kind() != HomeException.Kind.NO_SPACE) throw e;
    }
  }
}
