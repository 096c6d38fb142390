package org.tidelog.replicator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.sync.FindKey;
import org.tidelog.log.sync.LogSet;
import org.tidelog.replicator.conversation.Bound;
import org.tidelog.replicator.conversation.Composer;
import org.tidelog.replicator.conversation.LogKeys;
import org.tidelog.replicator.conversation.Pending;
import org.tidelog.replicator.conversation.SeenFrontier;
import org.tidelog.replicator.conversation.SeenIntake;
import org.tidelog.replicator.memory.MemoryDeviceStore;
import org.tidelog.replicator.values.Values;

/** A device with one open topic and a log of its own in it, in memory. */
final class TestDevice {
  static final Digest TOPIC = Digest.of(new byte[Digest.LENGTH]);

  final PeerId id;
  final MemoryDeviceStore store;
  final Values values;
  final LocalLog log;
  final ReplicatedTopic topic;
  final Replicator replicator;
  final SeenFrontier frontier = new SeenFrontier();
  final List<ReplicatorEffect> told = new ArrayList<>();
  private final SeenIntake intake;
  private final Composer composer;
  private Bound bound = Bound.none();

  TestDevice(int number, Policy policy) {
    this(number, policy, new MemoryDeviceStore());
  }

  TestDevice(int number, Policy policy, MemoryDeviceStore kept) {
    Random random = new Random(number);
    Entropy entropy = random::nextBytes;
    byte[] seed = new byte[Ed25519.SEED_BYTES];
    Arrays.fill(seed, (byte) number);
    Signer signer = Ed25519.signer(seed);
    id = PeerId.of(new byte[] {(byte) number});
    store = kept;
    values = new Values(store);
    log = LocalLog.open(signer, store);
    topic =
        new ReplicatedTopic(
            TOPIC,
            List.of(FindKey.of(TOPIC.bytes())),
            LogSet.of(store.logs(), store),
            (name, genesis) -> true);
    topic.addOwn(log.name(), log.size());
    store.logs().forEach(topic::addFollowed);
    intake = new SeenIntake(store, frontier, name -> LogKeys.none());
    composer = new Composer(log.name(), Optional.empty(), entropy);
    replicator = new Replicator(id, store, values, Ed25519.verifier(), entropy, policy);
    replicator.addTopic(topic);
  }

  void append(String text, long now) {
    if (log.size() == 0) commit(List.of(NewEntry.plain(EntryKind.GENESIS, now, new byte[0])), now);
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    Composer.Batch batch =
        composer.compose(
            List.of(Pending.of(EntryKind.DATA, plain, now)), log.size(), frontier, bound, 0);
    bound = batch.bound();
    commit(batch.entries(), now);
  }

  private void commit(List<NewEntry> entries, long now) {
    LocalLog.Group group = log.prepare(entries, now);
    store.commit(List.of(group.change()));
    log.committed(group);
    replicator.onAppended(TOPIC, group.head(), now);
  }

  /** What is new here is learned from, as an application's driver does. */
  void onStored(ReplicatorEffect.Stored stored) {
    intake.take(stored.log(), stored.added());
  }

  /** The texts of all data entries here, in no order that means anything. */
  TreeSet<String> texts() {
    TreeSet<String> texts = new TreeSet<>();
    for (IpnsName name : store.logs()) {
      StoredLog held = store.log(name).orElseThrow();
      for (Entries entries = new Entries(name, store, 0, held.held().end()); entries.hasNext(); ) {
        Entry entry = entries.next();
        if (entry.kind() != EntryKind.DATA) continue;
        texts.add(new String(entry.payload().orElseThrow(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** How many of a kind were told so far. */
  <T extends ReplicatorEffect> List<T> told(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (ReplicatorEffect effect : told) {
      if (kind.isInstance(effect)) found.add(kind.cast(effect));
    }
    return found;
  }
}
