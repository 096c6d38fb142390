package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.node.backup.BackupItems;
import org.tidelog.node.backup.Role;
import org.tidelog.node.backup.TopicItem;
import org.tidelog.node.home.Config;

/**
 * What is looked at in a backup before anything is made of it: who, which topics, how much. Refuses
 * what no home could hold.
 */
final class BackupSurvey implements BackupItems {
  private byte[] recoverySeed = {};
  private long timeMillis;
  private Optional<String> displayName = Optional.empty();
  private final List<TopicItem> topics = new ArrayList<>();
  private final Set<Digest> ids = new HashSet<>();
  private final Set<Role> roles = new HashSet<>();
  private long entries;

  byte[] recoverySeed() {
    return recoverySeed;
  }

  long timeMillis() {
    return timeMillis;
  }

  Optional<String> displayName() {
    return displayName;
  }

  List<TopicItem> topics() {
    return topics;
  }

  long entries() {
    return entries;
  }

  @Override
  public void device(byte[] seed, long millis, String name) throws MalformedException {
    recoverySeed = seed;
    timeMillis = millis;
    displayName = name.isEmpty() ? Optional.empty() : Optional.of(name);
    try {
      displayName.ifPresent(Homes::checkDisplayName);
      Config.of(displayName, false);
    } catch (TidelogException | IllegalArgumentException e) {
      throw new MalformedException("a display name that no device can have", e);
    }
  }

  @Override
  public void topic(TopicItem topic) throws MalformedException {
    try {
      Labels.check(topic.label());
    } catch (TidelogException e) {
      throw new MalformedException("a label that no topic can have", e);
    }
    if (topic.id().isPresent() && !ids.add(topic.id().get())) {
      throw new MalformedException("a topic that is there twice");
    }
    topics.add(topic);
    roles.clear();
  }

  @Override
  public void member(Role role, IpnsName log) throws MalformedException {
    boolean single = role == Role.OWN || role == Role.OWN_INDEX;
    if (!single) return;
    boolean gathers = !topics.get(topics.size() - 1).id().isPresent();
    if (gathers || !roles.add(role)) {
      throw new MalformedException("a log of the device's own too many");
    }
  }

  @Override
  public void cursor(String name, IpnsName log, SeqRanges delivered) throws MalformedException {
    if (name.indexOf('/') >= 0) throw new MalformedException("a cursor that no topic can have");
  }

  @Override
  public void log(IpnsName name, Optional<byte[]> record) {
    // Checked by the reader.
  }

  @Override
  public void proof(ForkProof proof) {
    // Checked by the reader.
  }

  @Override
  public void unsent(Optional<Head> paged) {
    // Checked by the reader.
  }

  @Override
  public void slice(StoredSlice slice) {
    entries += slice.outline().count();
  }

  @Override
  public void block(Codec codec, byte[] bytes) {
    // Named by its hash when it is stored.
  }
}
