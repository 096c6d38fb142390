package org.tidelog.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.node.backup.BackupItems;
import org.tidelog.node.backup.Role;
import org.tidelog.node.backup.TopicItem;
import org.tidelog.node.folder.FolderStore;

/**
 * Puts what a backup holds into a new home that nobody else knows of yet, and then learns from the
 * entries as if they had just been fetched. Runs with the home's lock held.
 */
final class HomeFilling implements BackupItems {
  /** Slices that one commit takes: enough that the disk is not waited for. */
  private static final long COMMIT_BYTES = 4 * 1024 * 1024;

  /** Small values that one commit takes. */
  private static final int COMMIT_VALUES = 4_096;

  private final Core core;
  private final FolderStore blobs;
  private @Nullable LogChange change;
  private final List<IpnsName> unsent = new ArrayList<>();
  private long changeBytes;
  private int values;
  private String label = "";

  HomeFilling(Core core) {
    this.core = core;
    this.blobs = new FolderStore(core.home.blobs());
  }

  @Override
  public void device(byte[] recoverySeed, long timeMillis, String displayName) {
    // The home was made with it.
  }

  @Override
  public void topic(TopicItem topic) {
    label = topic.label();
    TopicRecord record =
        new TopicRecord(topic.id(), topic.open(), Optional.empty(), Optional.empty());
    core.book.putTopic(label, record);
    kept();
  }

  @Override
  public void member(Role role, IpnsName log) {
    TopicRecord topic = core.topic(label);
    switch (role) {
      case OWN -> {
        Optional<IpnsName> own = Optional.of(log);
        core.book.putTopic(label, new TopicRecord(topic.id(), topic.open(), own, topic.index()));
        core.book.putMember(label, log, Membership.OWN);
      }
      case OWN_INDEX -> core.book.putTopic(label, topic.withIndex(log));
      case FOLLOWED -> core.book.putMember(label, log, Membership.FOLLOWED);
      case HINTED -> core.book.putMember(label, log, Membership.HINTED);
      case ADMITTED -> core.book.putMember(label, log, Membership.ADMITTED);
    }
    kept();
  }

  @Override
  public void cursor(String name, IpnsName log, SeqRanges delivered) {
    SeqRanges before = core.book.delivered(label, name, log);
    core.book.putDelivered(label, name, log, before.with(delivered));
    kept();
  }

  private void kept() {
    if (++values % COMMIT_VALUES == 0) core.book.commit();
  }

  @Override
  public void log(IpnsName name, Optional<byte[]> record) {
    flush();
    change = new LogChange(name);
    record.ifPresent(change::record);
  }

  @Override
  public void proof(ForkProof proof) {
    core.forks.learn(proof);
    kept();
  }

  @Override
  public void unsent(Optional<Head> paged) {
    LogChange open = change;
    if (open == null) throw new AssertionError("of no log");
    paged.ifPresent(head -> core.book.putPagedHead(open.log(), head));
    unsent.add(open.log());
  }

  @Override
  public void slice(StoredSlice slice) {
    LogChange open = change;
    if (open == null) throw new AssertionError("a slice of no log");
    open.put(slice);
    changeBytes += slice.slice().length();
    if (changeBytes < COMMIT_BYTES) return;
    flush();
    change = new LogChange(open.log());
  }

  @Override
  public void block(Codec codec, byte[] bytes) throws IOException {
    flush();
    blobs.put(Cid.sha256(codec, bytes), bytes);
  }

  private void flush() {
    LogChange done = change;
    if (done != null) core.book.commit(List.of(done));
    change = null;
    changeBytes = 0;
  }

  /** Stores the rest, and learns: who writes, what is deleted, what has been seen. */
  void finish(Progress progress) {
    flush();
    LastRecords last = new LastRecords(core);
    unsent.forEach(last::remember);
    core.book.commit();
    List<String> labels = new ArrayList<>(core.book.topics().keySet());
    for (int i = 0; i < labels.size(); i++) {
      progress.at("learning", i, labels.size());
      learn(labels.get(i));
    }
  }

  private void learn(String topic) {
    List<IpnsName> logs = new ArrayList<>(core.book.members(topic).keySet());
    core.topic(topic).index().ifPresent(logs::add);
    for (IpnsName log : logs) {
      if (!core.store.log(log).isPresent()) continue;
      new Intake(core, topic, log).take(SeqRanges.none());
      settle(topic, log);
    }
  }

  /** Large payloads that are whole here are not fetched again. */
  private void settle(String topic, IpnsName log) {
    LinkedBlocks linked = new LinkedBlocks(core);
    for (long seq : core.book.pendingLinked(log)) {
      boolean readable = linked.content(topic, log, seq).isPresent();
      if (readable && !linked.damage(topic, log, seq).isPresent()) {
        core.book.settleLinked(log, seq);
      }
    }
    core.book.commit();
  }
}
