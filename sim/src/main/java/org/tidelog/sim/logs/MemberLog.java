package org.tidelog.sim.logs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.read.Entries;
import org.tidelog.log.sync.FindKey;
import org.tidelog.log.sync.LogSet;
import org.tidelog.replicator.ReplicatedTopic;
import org.tidelog.replicator.conversation.Bound;
import org.tidelog.replicator.conversation.Composer;
import org.tidelog.replicator.conversation.LogKeys;
import org.tidelog.replicator.conversation.Pending;
import org.tidelog.replicator.conversation.SeenFrontier;
import org.tidelog.replicator.conversation.SeenIntake;
import org.tidelog.replicator.memory.MemoryDeviceStore;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Topic;

/** One device's part in one topic: the log it writes, and what it has seen of the others. */
final class MemberLog {
  private static final byte[] TOPIC_TAG = Sha256.tag("tidelog/sim/topic");
  private static final byte[] NO_SALT = {};

  final Topic topic;
  final LocalLog log;
  final ReplicatedTopic replicated;
  final Signer signer;
  private final MemoryDeviceStore store;
  private final Optional<EpochKey> key;
  private final Digest id;
  private final Composer composer;
  private final SeenFrontier frontier = new SeenFrontier();
  private final SeenIntake intake;
  private final Entropy entropy;
  private final Map<IpnsName, SeqRanges> read = new HashMap<>();
  private Bound bound = Bound.none();

  MemberLog(
      Topic topic, Signer signer, MemoryDeviceStore store, boolean isSealed, Entropy entropy) {
    this.topic = topic;
    this.store = store;
    this.signer = signer;
    this.entropy = entropy;
    byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(topic.id()).array();
    byte[] secret = Hkdf.sha256(number, NO_SALT, TOPIC_TAG, Digest.LENGTH);
    this.id = Digest.of(secret);
    this.key = isSealed ? Optional.of(EpochKey.of(secret)) : Optional.empty();
    this.log = LocalLog.open(signer, store);
    this.replicated =
        new ReplicatedTopic(id, List.of(FindKey.of(secret)), new LogSet(), (name, genesis) -> true);
    this.composer = new Composer(log.name(), key, entropy);
    this.intake = new SeenIntake(store, frontier, this::keys);
  }

  private LogKeys keys(IpnsName name) {
    return key.map(secret -> LogKeys.of(secret, name)).orElseGet(LogKeys::none);
  }

  /** The entries that were signed and are durable now. */
  record Written(LocalLog.Group group, long seq) {}

  /** Appends a message, behind the log's genesis where it is the first. */
  Written write(Message message, long wallMillis) {
    if (log.size() == 0) commit(List.of(genesis(wallMillis)), wallMillis);
    Pending pending = Pending.of(EntryKind.DATA, message.payload(), wallMillis);
    Composer.Batch batch = composer.compose(List.of(pending), log.size(), frontier, bound, 0);
    bound = batch.bound();
    long seq = log.size() + batch.offsets().get(0);
    return new Written(commit(batch.entries(), wallMillis), seq);
  }

  private LocalLog.Group commit(List<NewEntry> entries, long wallMillis) {
    LocalLog.Group group = log.prepare(entries, wallMillis);
    store.commit(List.of(group.change()));
    log.committed(group);
    return group;
  }

  private NewEntry genesis(long wallMillis) {
    byte[] incarnation = entropy.bytes(GenesisStatement.INCARNATION_BYTES);
    GenesisStatement.Author author = new GenesisStatement.Author(signer, incarnation, id, "device");
    GenesisStatement statement = GenesisStatement.sign(author, log.name(), id, LogPurpose.LOG);
    Genesis genesis =
        key.map(secret -> Genesis.sealed(log.name(), id, secret, statement))
            .orElseGet(() -> Genesis.open(id, statement));
    int flags = key.isPresent() ? Flags.SEALED : 0;
    return new NewEntry(EntryKind.GENESIS, wallMillis, flags, 0, List.of(), genesis.encode());
  }

  /** Those of these entries that were not read yet: two paths may bring the same at one time. */
  SeqRanges unread(IpnsName name, SeqRanges added) {
    SeqRanges before = read.getOrDefault(name, SeqRanges.none());
    List<SeqRange> unread = new ArrayList<>();
    for (SeqRange range : added.ranges()) {
      unread.addAll(before.gapsWithin(range));
    }
    return SeqRanges.of(unread);
  }

  /** Learns from entries of another's log that are here now; the payloads of data among them. */
  List<byte[]> read(IpnsName name, SeqRanges added) {
    intake.take(name, added);
    for (SeqRange range : added.ranges()) {
      read.merge(name, SeqRanges.none().with(range), SeqRanges::with);
    }
    LogKeys keys = keys(name);
    List<byte[]> payloads = new ArrayList<>();
    for (SeqRange range : added.ranges()) {
      for (Entries entries = new Entries(name, store, range.from(), range.to());
          entries.hasNext(); ) {
        Entry entry = entries.next();
        if (entry.kind() == EntryKind.DATA) keys.open(entry).ifPresent(payloads::add);
      }
    }
    return payloads;
  }
}
