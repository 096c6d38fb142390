package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.replicator.conversation.LogKeys;
import org.tidelog.replicator.conversation.Pending;

/**
 * This device's index of a topic: a log whose entries list logs with their records, and with what
 * proves that one is contested. Each publication appends what has changed since the last. Runs with
 * the home's lock held.
 */
final class Indexing {
  private final Core core;
  private final Publishing publishing;

  Indexing(Core core, Publishing publishing) {
    this.core = core;
    this.publishing = publishing;
  }

  /** Brings the index of a topic up to date and mirrors it. */
  PublishReport.Index publish(String label, boolean check, Progress progress) {
    OwnLog index = core.indexLog(label);
    Map<IpnsName, TopicIndex.Line> lines = lines(label);
    LogKeys keys = core.keys(label, index.name());
    IndexListing.Change change =
        new IndexListing(core, index.name(), keys, index.log().size()).to(lines);
    append(index, change.lines());
    // Only when what replaces them is durable.
    if (!change.gone().isEmpty()) Deleting.delete(core, publishing, index, change.gone());
    PublishReport.Figures figures = publishing.publish(label, index, check, progress);
    return new PublishReport.Index(label, index.name(), lines.size(), figures);
  }

  private Map<IpnsName, TopicIndex.Line> lines(String label) {
    Map<IpnsName, TopicIndex.Line> lines = new LinkedHashMap<>();
    for (IpnsName name : Reading.conversation(core, label)) {
      Optional<StoredLog> stored = core.store.log(name);
      if (!stored.isPresent()) continue;
      // One whose record is not kept, because of what it carries, is listed by its name alone.
      byte[] record = stored.get().record().orElseGet(() -> new byte[0]);
      Optional<byte[]> proof = core.forks.proof(name).map(ForkProof::encode);
      lines.put(name, new TopicIndex.Line(name, record, proof));
    }
    return lines;
  }

  private void append(OwnLog index, List<TopicIndex.Line> lines) {
    List<Pending> payloads = new ArrayList<>();
    List<TopicIndex.Line> some = new ArrayList<>();
    int bytes = 0;
    for (TopicIndex.Line line : lines) {
      if (bytes + line.length() > TopicIndex.BYTES_MAX) {
        payloads.add(payload(some));
        some.clear();
        bytes = 0;
      }
      some.add(line);
      bytes += line.length() + 64;
    }
    if (!some.isEmpty()) payloads.add(payload(some));
    if (payloads.isEmpty()) return;
    List<NewEntry> entries = index.batchWithoutParents(payloads);
    LocalLog.Group group = index.log().prepare(entries, core.headMillis(index.log()));
    core.book.commit(List.of(group.change()));
    index.log().committed(group);
  }

  private Pending payload(List<TopicIndex.Line> lines) {
    byte[] bytes = TopicIndex.encode(lines);
    return Pending.of(EntryKind.DATA, bytes, core.nowMillis());
  }

  /**
   * Writes a log's entry 0, what it continues where it does, and whatever else the book has to
   * commit.
   */
  static void begin(Core core, String label, OwnLog log, LogPurpose purpose) {
    TopicRecord topic = core.topic(label);
    Digest id = Core.memberId(label, topic);
    GenesisStatement.Author author = core.keyring.author(core.home.config().displayName());
    GenesisStatement statement = GenesisStatement.sign(author, log.name(), id, purpose);
    Genesis genesis =
        topic.open()
            ? Genesis.open(id, statement)
            : Genesis.sealed(log.name(), id, core.topicKey(id), statement);
    List<NewEntry> first = new ArrayList<>();
    first.add(log.genesis(genesis, core.now()));
    continuation(core, label, log, purpose).ifPresent(first::add);
    LocalLog.Group group = log.log().prepare(first, core.headMillis(log.log()));
    LogFacts facts =
        LogFacts.unknown()
            .withGenesis(genesis.topic(), genesis.open())
            .withAuthor(author.displayName(), purpose);
    core.book.putFacts(log.name(), facts);
    if (purpose == LogPurpose.INDEX) core.book.putTopic(label, topic.withIndex(log.name()));
    core.book.commit(List.of(group.change()));
    log.log().committed(group);
  }

  private static Optional<NewEntry> continuation(
      Core core, String label, OwnLog log, LogPurpose purpose) {
    IncarnationBook book = new IncarnationBook(core.book);
    book.putRecovery(log.name(), core.keyring.recoveryKeyHash());
    Optional<Continuation.Claim> claim = new Predecessors(core).claim(label, purpose);
    if (!claim.isPresent()) return Optional.empty();
    Continuation continuation =
        Continuation.sign(core.keyring.recoverySigner(), log.name(), claim.get());
    book.putContinuation(log.name(), continuation);
    book.removeClaim(label, purpose);
    return Optional.of(OwnLog.continuation(continuation, core.now()));
  }
}
