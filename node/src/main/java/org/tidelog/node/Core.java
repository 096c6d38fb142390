package org.tidelog.node;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.entry.Head;
import org.tidelog.log.local.Compaction;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.spi.StoreException;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.node.home.Home;
import org.tidelog.node.home.HomeException;
import org.tidelog.replicator.conversation.LogKeys;
import org.tidelog.replicator.spi.DeviceStore;

/**
 * What the parts of an open home share. One lock guards it all: whoever holds it owns the store,
 * the book, the keys and every machine.
 */
final class Core {
  /**
   * How far back tidying looks: more small slices than this come of a program that is never closed.
   */
  private static final long TIDY_ENTRIES = 1 << 16;

  /** So that closing takes no longer than a person notices. */
  private static final long TIDY_NANOS_MAX = 250_000_000;

  /** So many rounds of single entries make slices that are worth joining. */
  private static final int ROUNDS_MAX = 64;

  /** A round that does that takes longer than others by that much. */
  private static final long JOIN_NANOS_MAX = 20_000_000;

  final Home home;
  final DeviceStore store;
  final Book book;
  final Keyring keyring;
  final Forks forks;
  final TidelogOptions options;
  final Layers layers;
  final Filling filling;
  final Verifier verifier = Ed25519.verifier();
  final Entropy entropy = Entropy.system();
  private final ReentrantLock lock = new ReentrantLock();
  final Incarnations incarnations;

  /** The network identity, which changes when the device begins anew. */
  String peerId;

  private final Map<String, OwnLog> ownLogs = new HashMap<>();
  private final Map<IpnsName, LogKeys> keys = new HashMap<>();
  private final Set<IpnsName> grown = new LinkedHashSet<>();
  private final Set<String> swept;
  private Runnable onForgotten = () -> {};
  private @Nullable TrustedClock clock;
  private boolean closed;
  private int rounds;

  Core(Home home, DeviceStore store, String peerId, TidelogOptions options, Layers layers) {
    this.home = home;
    this.store = store;
    this.peerId = peerId;
    this.book = new Book(store);
    this.keyring = new Keyring(home, options.passphrase());
    this.forks = new Forks(this);
    this.options = options;
    this.layers = layers;
    layers.ledger().load(book);
    this.swept = DoomedBlobs.sweep(book, new FolderStore(home.blobs()));
    this.incarnations = new Incarnations(this);
    this.filling = new Filling(this);
  }

  Instant now() {
    Instant now = options.time().now();
    if (Draft.isTime(now)) return now;
    throw new TidelogException(
        ErrorKind.IO,
        "cannot tell the time: the clock says " + now + ", which no entry can hold",
        "set the clock");
  }

  /** Whether the clock may be trusted. */
  TrustedClock clock() {
    if (clock == null) clock = new TrustedClock(this::nowMillis, book);
    return clock;
  }

  /** What time may be acted upon where something would go for good. */
  long trustedMillis() {
    return clock().trustedMillis();
  }

  /**
   * The time of a log's next head. It does not go back, unless the last one was signed with a clock
   * that was wrong; and while the clock is not trusted it stays before anything expires, because
   * the pages of a head are without what has expired at its time.
   */
  long headMillis(LocalLog log) {
    long wall = nowMillis();
    boolean confirmed = clock().isConfirmed();
    long next = wall;
    if (!confirmed) {
      long expiry = book.payloads.nextExpiry(log.name()).orElse(Long.MAX_VALUE);
      next = Math.min(wall, Math.max(clock().trustedMillis(), expiry - 1));
    }
    long last = log.head().map(Head::timeMillis).orElse(0L);
    boolean wrong = confirmed && clock().isFuture(last);
    return wrong ? next : Math.max(next, last);
  }

  long nowMillis() {
    return now().toEpochMilli();
  }

  /** Runs with the lock held; failures of the store become errors for people. */
  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("closed: " + home.path());
      return work.get();
    } catch (StoreException e) {
      book.discard();
      throw failure(e);
    } catch (HomeException e) {
      book.discard();
      throw Homes.failure(e);
    } catch (RuntimeException e) {
      book.discard();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable work) {
    locked(
        () -> {
          work.run();
          return true;
        });
  }

  /** Whether the calling thread is inside {@link #locked} already. */
  boolean isLockedByCaller() {
    return lock.isHeldByCurrentThread();
  }

  /** Takes the lock for the last time. */
  void close(Runnable work) {
    lock.lock();
    try {
      if (closed) return;
      closed = true;
      work.run();
    } catch (StoreException | HomeException e) {
      throw failure(e);
    } finally {
      lock.unlock();
    }
  }

  TidelogException failure(StoreException e) {
    return Homes.failure(home.path(), e);
  }

  /** As {@link #locked} would have thrown it. */
  RuntimeException failure(RuntimeException e) {
    if (e instanceof StoreException store) return failure(store);
    return e instanceof HomeException files ? Homes.failure(files) : e;
  }

  TopicRecord topic(String label) {
    return book.topic(label)
        .orElseThrow(
            () ->
                new TidelogException(
                    ErrorKind.NOT_FOUND,
                    "cannot find the topic " + label + ": this home has none of that name",
                    "tidelog topic list"));
  }

  /** This device's log in a topic, opened for writing, with its first entries. */
  OwnLog ownLog(String label) {
    OwnLog open = ownLogs.get(label);
    if (open != null && !forks.ownIsContested()) return open;
    return openOwn(label, label, LogPurpose.LOG);
  }

  /** This device's index of a topic, opened for writing. */
  OwnLog indexLog(String label) {
    String key = label + "/index"; // No label has a slash.
    OwnLog open = ownLogs.get(key);
    if (open != null && !forks.ownIsContested()) return open;
    return openOwn(key, label, LogPurpose.INDEX);
  }

  private OwnLog openOwn(String key, String label, LogPurpose purpose) {
    incarnations.ready();
    if (forks.ownIsContested()) incarnations.renew(RenewalReason.CONTESTED);
    TopicRecord topic = topic(label);
    Digest id = memberId(label, topic);
    Signer signer = keyring.logSigner(id, purpose);
    Optional<EpochKey> secret = topic.open() ? Optional.empty() : Optional.of(topicKey(id));
    LocalLog local = LocalLog.open(signer, store);
    refuseIfGone(local);
    OwnLog log = new OwnLog(label, local, signer, secret, this);
    if (local.size() == 0) Indexing.begin(this, label, log, purpose);
    ownLogs.put(key, log);
    return log;
  }

  /** The logs of this device that were opened for writing. */
  Collection<OwnLog> ownLogs() {
    return ownLogs.values();
  }

  /** This device has other keys, and other logs, from now on. */
  void forgetOwn() {
    ownLogs.clear();
    keys.clear();
    onForgotten.run();
  }

  /** How layers have fared is remembered where one of them may be away, or slow. */
  void keepLedger() {
    if (layers.areRemote()) layers.ledger().keep(book);
  }

  /**
   * As {@link #keepLedger}, at once, whatever has become of what the layers were asked for. That it
   * cannot be remembered is no failure of that.
   */
  void rememberLayers() {
    try {
      locked(
          () -> {
            keepLedger();
            book.commit();
          });
    } catch (RuntimeException e) {
      // A full disk, say: who needs to know is told by what came before.
    }
  }

  /** Called when the device has begun anew. */
  void onForgotten(Runnable work) {
    onForgotten = work;
  }

  /** A log that has begun and is empty was lost: written on, it would begin again, and fork. */
  private void refuseIfGone(LocalLog local) {
    if (local.size() > 0 || !book.facts(local.name()).topic().isPresent()) return;
    throw new StoreException(
        StoreException.Cause.DAMAGED, "the log " + local.name().text() + " is gone");
  }

  /** The id of a topic that this device is a member of. */
  static Digest memberId(String label, TopicRecord topic) {
    if (topic.own().isPresent() && topic.id().isPresent()) return topic.id().get();
    throw new TidelogException(
        ErrorKind.NOT_A_MEMBER,
        "cannot write to " + label + ": this device only reads it",
        "join the topic with an invitation: tidelog topic join INVITATION");
  }

  EpochKey topicKey(Digest id) {
    return keyring
        .topicKey(id)
        .orElseThrow(
            () ->
                new TidelogException(
                    ErrorKind.BAD_STORE,
                    "cannot open the topic " + id.hex() + ": its key is not in the key store",
                    "join the topic again with an invitation"));
  }

  /**
   * What opens a log's payloads: the key that its genesis commits to, else the topic's it is read
   * in. Asks for the passphrase only where a payload is sealed at all.
   */
  LogKeys keys(String label, IpnsName log) {
    LogKeys known = keys.get(log);
    if (known != null) return known;
    LogKeys found = find(label, log);
    keys.put(log, found);
    return found;
  }

  private LogKeys find(String label, IpnsName log) {
    LogFacts facts = book.facts(log);
    if (facts.topic().isPresent() && facts.open()) return LogKeys.none();
    if (!mayUnlock()) return LogKeys.none();
    if (facts.topic().isPresent()) {
      return keyring
          .keyOf(log, facts.topic().get())
          .map(topic -> LogKeys.of(topic.key(), log))
          .orElseGet(LogKeys::none);
    }
    @Nullable Digest id = topic(label).open() ? null : topic(label).id().orElse(null);
    if (id == null) return LogKeys.none();
    return keyring.topicKey(id).map(key -> LogKeys.of(key, log)).orElseGet(LogKeys::none);
  }

  /** Joins small slices and does what else is better done when nobody waits for it. */
  void tidy() {
    long end = System.nanoTime() + TIDY_NANOS_MAX;
    joinSlices(end);
    new Dropping(this, new LinkedBlocks(this)).tidy(end);
    keepClock();
    swept.forEach(book::removeValue);
    book.commit();
    swept.clear();
  }

  /** Joins the small slices that single appends and fetches have left at the end of logs. */
  private void joinSlices(long endNanos) {
    Set<IpnsName> logs = new LinkedHashSet<>(grown);
    ownLogs.values().forEach(log -> logs.add(log.name()));
    Compaction compaction = new Compaction(store);
    for (IpnsName log : logs) {
      long size = store.log(log).map(stored -> stored.held().end()).orElse(0L);
      long from = Math.max(0, size - TIDY_ENTRIES);
      while (System.nanoTime() < endNanos && compaction.step(log, from)) {
        // Each step is a commit of its own.
      }
    }
    grown.clear();
    rounds = 0;
  }

  /**
   * Logs were published or fetched once more. A program that runs for long joins small slices now
   * and then, or each round would have more of them to read than the one before.
   */
  void onRound() {
    rounds++;
    if (rounds < ROUNDS_MAX) return;
    whereThereIsRoom(() -> joinSlices(System.nanoTime() + JOIN_NANOS_MAX));
  }

  /** Nobody is to be told of a full disk who only closes: nothing of theirs is lost by it. */
  void tidyWhereThereIsRoom() {
    whereThereIsRoom(this::tidy);
  }

  private static void whereThereIsRoom(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      if (e.why() != StoreException.Cause.FULL) throw e;
    }
  }

  private void keepClock() {
    try {
      clock().keep();
      book.commit();
    } catch (StoreException | TidelogException e) {
      book.discard(); // On a full disk the next program has to ask anew, and nothing else is lost.
    }
  }

  /** A log of another's has new entries. */
  void onGrown(IpnsName log) {
    grown.add(log);
  }

  /** Whether a secret that this device may have is worth asking for the passphrase. */
  boolean mayUnlock() {
    return keyring.isFree()
        || book.topics().values().stream().anyMatch(t -> !t.open() && t.id().isPresent());
  }

  /** Whether this device writes the log, in whatever topic, or as an index. */
  boolean isOwn(IpnsName log) {
    Optional<IpnsName> name = Optional.of(log);
    return book.topics().values().stream()
        .anyMatch(topic -> topic.own().equals(name) || topic.index().equals(name));
  }

  /** A key was added that may open logs followed before. */
  void forgetKeys() {
    keys.clear();
  }

  /** Something was learned that may change what opens a log. */
  void forgetKeys(IpnsName log) {
    keys.remove(log);
  }
}
