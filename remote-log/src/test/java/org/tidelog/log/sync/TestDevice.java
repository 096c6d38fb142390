package org.tidelog.log.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.memory.MemorySyncNotes;
import org.tidelog.log.spi.LogStore;

/** A device with one topic: its store, its own logs, and what it remembers of others. */
final class TestDevice implements SyncTopic, SyncTopics {
  static final byte[] SECRET = {1, 2, 3};

  final byte[] id;
  LogStore store = new MemoryLogStore();
  MemorySyncNotes notes = new MemorySyncNotes();
  LogSet logs = new LogSet();
  Wish wish = Wish.ALL;
  SeqRanges deleted = SeqRanges.none();
  Predicate<IpnsName> admitted = log -> true;
  SyncLimits limits = SyncLimits.DEFAULT;
  List<FindKey> keys = List.of(FindKey.of(SECRET), FindKey.of(SECRET).blind());
  private final Map<Integer, LocalLog> own = new HashMap<>();
  final Map<IpnsName, ForkProof> proofs = new HashMap<>();
  private int sessions;

  TestDevice(int id) {
    this.id = new byte[] {(byte) id, 7};
  }

  SyncSession session(SyncRole role, TestDevice other) {
    byte[] nonce = new byte[SyncConfig.NONCE_BYTES];
    nonce[0] = id[0];
    nonce[1] = (byte) ++sessions;
    nonce[2] = (byte) (sessions >> 8);
    SyncConfig config = new SyncConfig(role, id, other.id, nonce, limits);
    return new SyncSession(config, this, store, notes, TestLogs.VERIFIER);
  }

  LocalLog log(int seed) {
    return own.computeIfAbsent(seed, key -> LocalLog.open(signer(key), store));
  }

  /** As {@link TestLogs#signer}, for more than 127 of them. */
  static Signer signer(int seed) {
    if (seed < 128) return TestLogs.signer(seed);
    return Ed25519.signer(Arrays.copyOf(new ByteWriter().u32(seed).toByteArray(), 32));
  }

  static IpnsName name(int seed) {
    return IpnsName.of(signer(seed).publicKey());
  }

  IpnsName append(int seed, List<NewEntry> entries) {
    LocalLog log = log(seed);
    LocalLog.Group group = log.prepare(entries, TestLogs.NOW);
    store.commit(List.of(group.change()));
    log.committed(group);
    logs.appended(group.head(), group.first());
    return log.name();
  }

  IpnsName append(int seed, Random random, int count, int bytesMax) {
    return append(seed, TestLogs.anyEntries(random, log(seed).size(), count, bytesMax));
  }

  /** All that is held, log by log. */
  List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (IpnsName log : store.logs()) {
      String all = String.join(",", TestHome.contents(log, store));
      contents.add(log.shortText() + " " + Sha256.hash(all.getBytes(UTF_8)));
    }
    return contents;
  }

  List<SeqRange> held(IpnsName log) {
    return store.log(log).map(stored -> stored.held().ranges()).orElse(List.of());
  }

  @Override
  public List<SyncTopic> topics() {
    return List.of(this);
  }

  @Override
  public Digest id() {
    return Sha256.hash(SECRET);
  }

  @Override
  public List<FindKey> findKeys() {
    return keys;
  }

  @Override
  public LogSet logs() {
    return logs;
  }

  @Override
  public boolean admits(IpnsName log, Slice genesis) {
    return genesis.first() == 0 && genesis.count() == 1 && admitted.test(log);
  }

  @Override
  public Wish wish(IpnsName log) {
    return wish;
  }

  @Override
  public SeqRanges deleted(IpnsName log) {
    return deleted;
  }

  @Override
  public Optional<ForkProof> fork(IpnsName log) {
    return Optional.ofNullable(proofs.get(log));
  }
}
